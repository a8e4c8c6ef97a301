#include <tusker/model/typed_projection.hpp>

#include <tusker/model/given_projection.hpp>
#include <tusker/model/projection_dead_letter.hpp>
#include <tusker/model/upcasters.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

struct nothing_to_do {
  static constexpr auto schema = command("NothingToDo", 1);
};
struct no_reason {
  static constexpr auto schema = rejection("NoReason", 1);
};
struct opened {
  std::string owner;
  static constexpr auto schema = event("Opened", 1, field("owner", &opened::owner));
};
struct paid_in {
  std::int64_t cents = 0;
  static constexpr auto schema = event("PaidIn", 2, field("cents", &paid_in::cents));
};
struct looked_at {
  static constexpr auto schema = event("LookedAt", 1);
};
/// Another aggregate's event of the same name as an account's.
struct shop_opened {
  std::int64_t tills = 0;
  static constexpr auto schema = event("Opened", 1, field("tills", &shop_opened::tills));
};
struct sold {
  std::string account;
  static constexpr auto schema = event("Sold", 1, field("account", &sold::account));
};

/// Payments were once written as `Paid`, and several at once.
struct account {
  static constexpr std::string_view type_name = "account";
  using state = std::int64_t;
  using command = std::variant<nothing_to_do>;
  using event = std::variant<opened, paid_in, looked_at>;
  using rejection = std::variant<no_reason>;

  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}
        .rename_type("Paid", 1, "PaidIn")
        .rename_field("PaidIn", 1, "amount", "cents")
        .split("PaidTwice", 1, {{"PaidIn", 2}, {"LookedAt", 1}}, [](const json_tree& both) {
          return std::vector<upcast_part>{{"PaidIn", {{"cents", both.at("first")}}},
                                          {"LookedAt", json_tree::object()},
                                          {"PaidIn", {{"cents", both.at("second")}}}};
        });
  }
  static auto decide(state, const nothing_to_do&, const context&) -> decision<account> { return no_reason{}; }
  static auto evolve(state now, const opened&) -> state { return now; }
  static auto evolve(state now, const paid_in& event) -> state { return now + event.cents; }
  static auto evolve(state now, const looked_at&) -> state { return now; }
};

struct shop {
  static constexpr std::string_view type_name = "shop";
  using state = std::int64_t;
  using command = std::variant<nothing_to_do>;
  using event = std::variant<shop_opened, sold>;
  using rejection = std::variant<no_reason>;

  static auto decide(state, const nothing_to_do&, const context&) -> decision<shop> { return no_reason{}; }
  static auto evolve(state now, const shop_opened&) -> state { return now; }
  static auto evolve(state now, const sold&) -> state { return now; }
};

struct balance_row {
  std::string account;
  std::string owner;
  std::int64_t cents = 0;
  std::int64_t sales = 0;
  static constexpr auto schema =
      record("Balance", field("account", &balance_row::account), field("owner", &balance_row::owner),
             field("cents", &balance_row::cents), field("sales", &balance_row::sales));
};

struct balances {
  static constexpr std::string_view name = "balances";
  static constexpr std::uint32_t version = 3;
  using aggregates = std::tuple<account, shop>;
  using event = std::variant<opened, paid_in, sold>;

  static constexpr auto accounts = table<balance_row>("accounts", key(&balance_row::account));

  static auto on(const opened& event, const event_context& context, read_model& to) -> result<void> {
    return to.put(accounts, {std::string(context.stream().key()), event.owner, 0, 0});
  }
  static auto on(const paid_in& event, const event_context& context, read_model& to) -> result<void> {
    return to.update(accounts.at(std::string(context.stream().key())),
                     [&](balance_row& row) { row.cents += event.cents; });
  }
  static auto on(const sold& event, const event_context&, read_model& to) -> result<void> {
    return to.update(accounts.at(event.account), [](balance_row& row) { ++row.sales; });
  }
};

static_assert(projection<balances>);
static_assert(!projection<account>);

using name_list = std::vector<std::string>;

} // namespace

TEST_CASE("a projection is asked for by the names under which its events may be stored, old ones included") {
  auto type = describe_projection<balances>().value();
  CHECK(type.name == "balances");
  CHECK(type.version == projection_version(3));
  CHECK(stored_types_of(type.sources) == name_list{"Opened", "Paid", "PaidIn", "PaidTwice", "Sold"});
  CHECK(categories_of(type.sources) == name_list{"account", "shop"});
}

TEST_CASE("a projection makes rows of the events of several aggregates") {
  CHECK(given<balances>(in_stream("account-1", opened{"ann"}, paid_in{5}, paid_in{7}),
                        in_stream("account-2", opened{"bob"}), in_stream("shop-x", sold{"1"}))
            .then(balances::accounts, balance_row{"2", "bob", 0, 0}, balance_row{"1", "ann", 12, 1}));
}

TEST_CASE("a projection reads old events as today's, split ones as all that it wants of them") {
  CHECK(given<balances>(in_stream("account-1", opened{"ann"}, stored("Paid", 1, R"({"amount":5})"),
                                  stored("PaidTwice", 1, R"({"first":10,"second":20})")))
            .then(balances::accounts, balance_row{"1", "ann", 35, 0}));
}

TEST_CASE("an event is wanted of the aggregate that declares it, not of another that has its name") {
  CHECK(given<balances>(in_stream("shop-x", shop_opened{2}), in_stream("till-1", opened{"eve"}))
            .then(balances::accounts));
}

TEST_CASE("what a projection does not want does not reach it") {
  CHECK(given<balances>(in_stream("account-1", looked_at{}, stored("NeverHeardOf", 1, "{}")))
            .then(balances::accounts));
}

TEST_CASE("an event that a projection cannot take is an error with its place") {
  auto orphan = given<balances>(in_stream("account-1", opened{"ann"}), in_stream("shop-x", sold{"nobody"}));
  REQUIRE(orphan.failure());
  CHECK(orphan.failure()->code() == model_errc::row_not_found);
  CHECK(orphan.failure()->message().find("shop-x@1 at position 0:2") != std::string::npos);
  CHECK_FALSE(orphan.then(balances::accounts));

  auto unreadable = given<balances>(in_stream("account-1", stored("PaidIn", 1, "{}")));
  REQUIRE(unreadable.failure());
  CHECK(unreadable.failure()->code() == model_errc::schema_mismatch);
  auto newer = given<balances>(in_stream("account-1", stored("PaidIn", 9, "{}")));
  REQUIRE(newer.failure());
  CHECK(newer.failure()->code() == model_errc::unsupported_schema_version);
}

TEST_CASE("a specification that does not hold says which rows there are") {
  auto outcome = given<balances>(in_stream("account-1", opened{"ann"})).then(balances::accounts);
  CHECK_FALSE(outcome);
  CHECK(outcome.message().find("ann") != std::string::npos);
}

TEST_CASE("a dead letter names its event and stands in the order of events") {
  auto event = recorded_event{
      stream_id::make("account", "1").value(), stream_version(4), {log_id(2), log_offset(9)}, {}, {}};
  event.data.content.type = "PaidIn";
  auto letter = dead_letter_of(event, "no such row");
  CHECK(letter.stream == "account-1");
  CHECK(letter.version == stream_version(4));
  auto later = letter;
  later.offset = log_offset(300);
  CHECK(dead_letter_table.key_of(letter) < dead_letter_table.key_of(later));
}
