#include <tusker/model/read_table.hpp>

#include <tusker/model/specified_rows.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>

using namespace tusker;

namespace {

enum class stage { open, closed };

struct ticket {
  std::string owner;
  std::uint32_t number = 0;
  std::int64_t price = 0;
  std::optional<timestamp> paid;
  stage at = stage::open;

  static constexpr auto schema =
      record("Ticket", field("owner", &ticket::owner), field("number", &ticket::number),
             field("price", &ticket::price), field("paid", &ticket::paid), field("at", &ticket::at));

  friend auto operator==(const ticket&, const ticket&) -> bool = default;
};

} // namespace

template <>
inline constexpr auto tusker::enum_names<stage> = tusker::names<stage>({{stage::open, "open"},
                                                                        {stage::closed, "closed"}});

namespace {

constexpr auto tickets = table<ticket>("tickets", key(&ticket::owner, &ticket::number),
                                       index("by_price", descending(&ticket::price), &ticket::owner),
                                       index("by_stage", &ticket::at, &ticket::paid));

auto index_key(const ticket& row, std::string_view name) -> std::string {
  auto entries = tickets.entries_of(row);
  auto found = std::find_if(entries.begin(), entries.end(),
                            [&](const index_entry& entry) { return entry.index == name; });
  REQUIRE(found != entries.end());
  return found->key;
}

auto at_second(int second) -> timestamp {
  return timestamp(std::chrono::seconds(second));
}

} // namespace

TEST_CASE("a row stands where its key says, and a place with these values is the same") {
  auto row = ticket{"ann", 7, 100, {}, stage::open};
  auto expected = ordered_key().text("ann").natural(7);
  CHECK(tickets.key_of(row) == expected.view());
  CHECK(tickets.key_of(tickets.at("ann", 7).values) == expected.view());
}

TEST_CASE("an index orders rows by its members, descending where it says so") {
  auto cheap = ticket{"ann", 1, -5, {}, stage::open};
  auto dear = ticket{"ann", 2, 900, {}, stage::open};
  CHECK(index_key(dear, "by_price") < index_key(cheap, "by_price"));
  CHECK(tickets.key_of(cheap) < tickets.key_of(dear));
}

TEST_CASE("an index has enums by name, and rows without a value before those with one") {
  auto unpaid = ticket{"ann", 1, 1, {}, stage::open};
  auto early = ticket{"ann", 2, 1, at_second(-3), stage::open};
  auto late = ticket{"ann", 3, 1, at_second(3), stage::open};
  auto closed = ticket{"ann", 4, 1, at_second(9), stage::closed};
  CHECK(index_key(closed, "by_stage") < index_key(unpaid, "by_stage"));
  CHECK(index_key(unpaid, "by_stage") < index_key(early, "by_stage"));
  CHECK(index_key(early, "by_stage") < index_key(late, "by_stage"));
}

TEST_CASE("rows are put, read, changed and erased by the members of their key") {
  specified_rows rows;
  auto row = ticket{"ann", 7, 100, {}, stage::open};
  CHECK(rows.get(tickets.at("ann", 7)).value() == std::nullopt);
  REQUIRE(rows.put(tickets, row));
  CHECK(rows.get(tickets.at("ann", 7)).value() == row);
  REQUIRE(rows.update(tickets.at("ann", 7), [](ticket& old) { old.at = stage::closed; }));
  CHECK(rows.get(tickets.at("ann", 7)).value()->at == stage::closed);
  REQUIRE(rows.erase(tickets.at("ann", 7)));
  CHECK(rows.rows("tickets").empty());
}

TEST_CASE("an upsert changes the row that is there, or one that has its key alone") {
  specified_rows rows;
  auto raise = [](ticket& row) { row.price += 5; };
  REQUIRE(rows.upsert(tickets.at("ann", 7), raise));
  REQUIRE(rows.upsert(tickets.at("ann", 7), raise));
  CHECK(rows.get(tickets.at("ann", 7)).value() == ticket{"ann", 7, 10, {}, stage::open});
  REQUIRE(rows.clear(tickets));
  CHECK(rows.rows("tickets").empty());
}

TEST_CASE("to change a row that is not there, or a row's key, is an error and changes nothing") {
  specified_rows rows;
  auto missing = rows.update(tickets.at("bob", 1), [](ticket&) {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code() == model_errc::row_not_found);
  REQUIRE(rows.put(tickets, {"ann", 7, 100, {}, stage::open}));
  auto moved = rows.update(tickets.at("ann", 7), [](ticket& row) { row.owner = "bob"; });
  REQUIRE_FALSE(moved);
  CHECK(moved.error().code() == model_errc::row_key_changed);
  CHECK(rows.rows("tickets").size() == 1);
}

TEST_CASE("a row that is not of the declared schema is an error that names the table") {
  specified_rows rows;
  auto where = tickets.at("ann", 7);
  REQUIRE(rows.put_bytes("tickets", tickets.key_of(where.values), R"({"owner":"ann"})", {}));
  auto read = rows.get(where);
  REQUIRE_FALSE(read);
  CHECK(read.error().code() == model_errc::schema_mismatch);
  CHECK(read.error().message().find("tickets") != std::string::npos);
  auto unwritable = rows.put(tickets, {"\xFF", 7, 100, {}, stage::open});
  REQUIRE_FALSE(unwritable);
  CHECK(unwritable.error().code() == model_errc::not_encodable);
}
