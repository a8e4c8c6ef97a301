#include "read_store_steps.hpp"

#include <tusker/model/codec.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/read_rows.hpp>
#include <tusker/persistence/open_rows.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

// Typed reads: what a table's declaration says, every engine finds.

namespace tusker::contract {

namespace {

using sample::must;

struct booking {
  std::string hotel;
  std::uint32_t number = 0;
  std::string guest;
  std::int64_t price = 0;
  bool is_paid = false;
  static constexpr auto schema = record("Booking", field("hotel", &booking::hotel),
                                        field("number", &booking::number), field("guest", &booking::guest),
                                        field("price", &booking::price), field("is_paid", &booking::is_paid));
};

/// The same rows, as code of another version would have them.
struct later_booking {
  std::string hotel;
  std::uint32_t number = 0;
  std::string room;
  static constexpr auto schema =
      record("Booking", field("hotel", &later_booking::hotel), field("number", &later_booking::number),
             field("room", &later_booking::room));
};

constexpr auto by_price = index("by_price", descending(&booking::price));
constexpr auto by_guest = index("by_guest", &booking::guest, &booking::price);
constexpr auto by_paid = index("by_paid", &booking::is_paid, descending(&booking::price));
constexpr auto bookings =
    table<booking>("bookings", key(&booking::hotel, &booking::number), by_price, by_guest, by_paid);
constexpr auto later_bookings =
    table<later_booking>("bookings", key(&later_booking::hotel, &later_booking::number));
/// Of members of the same types as `by_price`, and not of this table.
constexpr auto by_discount = index("by_discount", &booking::price);
constexpr auto by_number = index("by_number", &booking::number);

template <class Table>
concept reads_what_it_should_not = requires(const Table& of) {
  of.under("Ritz", 1U, "ann");
}
|| requires(const Table& of) {
  of.under(7);
}
|| requires(const Table& of) {
  of.under("Ritz", "1");
}
|| requires(const Table& of) {
  of.under("Ritz", 1.5);
}
|| requires(const Table& of) {
  of.by(by_number);
}
|| requires(const Table& of) {
  of.by(by_price, 1, 2);
}
|| requires(const Table& of) {
  of.by(by_paid, 1);
}
|| requires(const Table& of) {
  of.by(by_price, true);
}
|| requires(const Table& of) {
  of.by(by_price, 1).from(2);
}
|| requires(const Table& of) {
  of.by(by_guest).from(2);
};

template <class Table>
concept reads_what_it_should = requires(const Table& of) {
  of.under("Ritz", 1U);
  of.by(by_price, 1).backward();
  of.by(by_paid, true).from(7).before(3);
};

static_assert(reads_what_it_should<decltype(bookings)>);
static_assert(!reads_what_it_should_not<decltype(bookings)>);
static_assert(are_distinct_indexes(by_price, by_guest));
static_assert(!are_distinct_indexes(by_price, by_guest, by_price));

auto stored(const booking& row) -> put_row {
  return {std::string(bookings.name), bookings.key_of(row), must(encode(row)), bookings.entries_of(row)};
}

/// A store with some bookings, of one engine.
struct booked {
  read_store_under_test store{GENERATE(from_range(read_engines()))};

  booked() {
    (void)added(*store);
    commit_all(*store,
               step_to(*store, 7,
                       {stored({"Ritz", 1, "ann", 100, true}), stored({"Ritz", 2, "bob", 300, false}),
                        stored({"Ritz", 9, "ann", 200, true}), stored({"Astor", 5, "eve", 200, false}),
                        stored({"Astor", 6, "ann", -50, true})}));
  }

  [[nodiscard]] auto rows() const -> read_rows { return must(open_rows(*store, summary)); }
};

auto numbers(const std::vector<booking>& rows) -> std::vector<std::uint32_t> {
  std::vector<std::uint32_t> found;
  found.reserve(rows.size());
  for (const auto& row : rows)
    found.push_back(row.number);
  return found;
}

template <class Range>
auto numbers_in(const read_rows& rows, const Range& range) -> std::vector<std::uint32_t> {
  return numbers(must(rows.scan(range)).rows);
}

using list = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("a row is read by the values of its key") {
  booked of;
  auto rows = of.rows();
  CHECK(must(rows.get(bookings.at("Ritz", 2)))->guest == "bob");
  CHECK_FALSE(must(rows.get(bookings.at("Ritz", 3))));
  CHECK(rows.offset() == log_offset(7));
  CHECK(rows.projection() == summary);
}

TEST_CASE("a range of a table is all of it, or what is under the first values of its key") {
  booked of;
  auto rows = of.rows();
  CHECK(numbers_in(rows, bookings.all()) == list{5, 6, 1, 2, 9});
  CHECK(numbers_in(rows, bookings.all().backward()) == list{9, 2, 1, 6, 5});
  CHECK(numbers_in(rows, bookings.under("Ritz")) == list{1, 2, 9});
  CHECK(numbers_in(rows, bookings.under("Ritz", 9U)) == list{9});
  CHECK(numbers_in(rows, bookings.under("Rit")).empty());
  CHECK(numbers_in(rows, bookings.all().from("B")) == list{1, 2, 9});
}

TEST_CASE("a range of an index has the index's order, and the rows that have the values given") {
  booked of;
  auto rows = of.rows();
  CHECK(numbers_in(rows, bookings.by(by_price)) == list{2, 5, 9, 1, 6});
  CHECK(numbers_in(rows, bookings.by(by_price).backward()) == list{6, 1, 9, 5, 2});
  CHECK(numbers_in(rows, bookings.by(by_price, 200)) == list{5, 9});
  CHECK(numbers_in(rows, bookings.by(by_guest, "ann")) == list{6, 1, 9});
  CHECK(numbers_in(rows, bookings.by(by_guest, "ann", 100)) == list{1});
  CHECK(numbers_in(rows, bookings.by(by_paid, true)) == list{9, 1, 6});
}

TEST_CASE("a range begins and ends at values of the next part, in the order of the rows") {
  booked of;
  auto rows = of.rows();
  CHECK(numbers_in(rows, bookings.under("Ritz").from(2U)) == list{2, 9});
  CHECK(numbers_in(rows, bookings.under("Ritz").after(2U)) == list{9});
  CHECK(numbers_in(rows, bookings.under("Ritz").up_to(2U)) == list{1, 2});
  CHECK(numbers_in(rows, bookings.under("Ritz").before(2U)) == list{1});
  CHECK(numbers_in(rows, bookings.under("Ritz").from(2U).before(9U).backward()) == list{2});
  CHECK(numbers_in(rows, bookings.by(by_price).from(200).up_to(100)) == list{5, 9, 1});
  CHECK(numbers_in(rows, bookings.by(by_price).after(200).backward()) == list{6, 1});
  CHECK(numbers_in(rows, bookings.by(by_paid, true).from(199)) == list{1, 6});
}

TEST_CASE("a range that ends before it begins is empty, in both directions") {
  booked of;
  auto rows = of.rows();
  auto nothing = bookings.under("Ritz").from(9U).before(1U);
  CHECK(numbers_in(rows, nothing).empty());
  CHECK(numbers_in(rows, nothing.backward()).empty());
  CHECK(must(rows.count(nothing)) == row_count{});
  auto none = bookings.by(by_price).from(100).up_to(200);
  CHECK(numbers_in(rows, none).empty());
  CHECK(numbers_in(rows, none.backward()).empty());
}

TEST_CASE("pages of a range have all its rows once, whatever their size") {
  booked of;
  auto rows = of.rows();
  auto size = GENERATE(as<std::size_t>(), 1, 2, 3, 5, 9);
  for (const auto& range : {bookings.by(by_price), bookings.by(by_price).backward()}) {
    auto page = must(rows.scan(range, {.rows_max = size}));
    auto all = page.rows;
    while (!page.next.empty()) {
      CHECK(page.rows.size() == size);
      page = must(rows.scan(range, {.rows_max = size, .after = page.next}));
      all.insert(all.end(), page.rows.begin(), page.rows.end());
    }
    CHECK(numbers(all) == numbers_in(rows, range));
  }
}

TEST_CASE("a page goes on from a token of the same range alone, and a foreign one is told") {
  booked of;
  auto rows = of.rows();
  auto token = must(rows.scan(bookings.under("Ritz"), {.rows_max = 1})).next;
  auto refused = [&](const auto& range, const std::string& after) {
    auto page = rows.scan(range, {.after = after});
    if (page)
      return false;
    CHECK(page.error().code() == model_errc::foreign_token);
    CHECK(page.error().message().find("table 'bookings'") != std::string::npos);
    return true;
  };
  CHECK_FALSE(refused(bookings.under("Ritz"), token));
  CHECK(refused(bookings.under("Astor"), token));
  CHECK(refused(bookings.all(), token));
  CHECK(refused(bookings.under("Ritz").backward(), token));
  CHECK(refused(bookings.under("Ritz").from(1U), token));
  CHECK(refused(bookings.by(by_guest, "Ritz"), token));
  CHECK(refused(later_bookings.under("Astor"), token));
  auto changed = token;
  changed.back() = changed.back() == '0' ? '1' : '0';
  for (const auto& none : {changed, token + "0", token.substr(2), std::string("no token"), std::string("0"),
                           std::string(20'000, '0')}) {
    CHECK(refused(bookings.under("Ritz"), none));
  }
}

TEST_CASE("rows of a range are counted, up to a limit that the answer names") {
  booked of;
  auto rows = of.rows();
  CHECK(must(rows.count(bookings.all(), 1)) == row_count{5});
  CHECK(must(rows.count(bookings.under("Ritz"))) == row_count{3});
  CHECK(must(rows.count(bookings.by(by_guest, "ann"), 2)) == row_count{2, count_kind::at_least});
  CHECK(must(rows.count(bookings.by(by_price).from(200))) == row_count{4});
}

TEST_CASE("an index that the table does not have is an error that names those it has") {
  booked of;
  auto rows = of.rows();
  auto page = rows.scan(bookings.by(by_discount, 100));
  REQUIRE_FALSE(page);
  CHECK(page.error().code() == model_errc::unknown_index);
  CHECK(page.error().message() ==
        "projection 'order_summary', table 'bookings': table 'bookings' has no such "
        "index 'by_discount'; known: by_price, by_guest, by_paid");
  CHECK_FALSE(rows.count(bookings.by(by_discount)));
}

TEST_CASE("a row that cannot be read as today's names projection and table") {
  booked of;
  auto rows = of.rows();
  auto names_both = [](const error& failure) {
    CHECK(failure.code() == model_errc::schema_mismatch);
    CHECK(failure.message().find("projection 'order_summary', table 'bookings': Booking") == 0);
    CHECK(failure.message().find("room") != std::string::npos);
  };
  names_both(rows.get(later_bookings.at("Ritz", 1)).error());
  names_both(rows.scan(later_bookings.all()).error());
}

TEST_CASE("the rows of a projection that is not there are an error") {
  booked of;
  CHECK_FALSE(open_rows(*of.store, "nobody"));
}

} // namespace tusker::contract
