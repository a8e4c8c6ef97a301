#include <tusker/actors/runtime.hpp>
#include <tusker/model/upcasters.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <stdexcept>

// A journal that was written by an older program, under a runtime with today's types.

using namespace tusker;
using tusker_test::temporary_folder;

namespace {

// The program of a year ago.

struct opened_in_euros {
  std::string holder;
  std::int64_t euros = 0;
  static constexpr auto schema =
      event("Opened", 1, field("holder", &opened_in_euros::holder), field("euros", &opened_in_euros::euros));
};
struct moved_in_euros {
  std::int64_t in = 0;
  std::int64_t out = 0;
  static constexpr auto schema =
      event("Moved", 1, field("in", &moved_in_euros::in), field("out", &moved_in_euros::out));
};
struct looked_at {
  static constexpr auto schema = event("LookedAt", 1);
};
struct open_account {
  std::int64_t euros = 0;
  static constexpr auto schema = command("OpenAccount", 1, field("euros", &open_account::euros));
};
struct move_money {
  std::int64_t in = 0;
  std::int64_t out = 0;
  static constexpr auto schema =
      command("MoveMoney", 1, field("in", &move_money::in), field("out", &move_money::out));
};

struct old_account {
  static constexpr std::string_view type_name = "account";
  struct state {
    std::int64_t euros = 0;
    static constexpr auto schema = snapshot("AccountState", 1, field("euros", &state::euros));
  };
  using command = std::variant<open_account, move_money>;
  using event = std::variant<opened_in_euros, moved_in_euros, looked_at>;

  static auto decide(const state&, const open_account& wish, const context&) -> decision<old_account> {
    return opened_in_euros{"anna", wish.euros};
  }
  static auto decide(const state&, const move_money& wish, const context&) -> decision<old_account> {
    return {looked_at{}, moved_in_euros{wish.in, wish.out}};
  }
  static auto evolve(state, const opened_in_euros& opened) -> state { return {opened.euros}; }
  static auto evolve(state now, const moved_in_euros& moved) -> state {
    return {now.euros + moved.in - moved.out};
  }
  static auto evolve(state now, const looked_at&) -> state { return now; }
};

// The program of today.

struct account_opened {
  std::string owner;
  std::int64_t cents = 0;
  static constexpr auto schema = event("AccountOpened", 3, field("owner", &account_opened::owner),
                                       field("cents", &account_opened::cents));
};
struct deposited {
  std::int64_t cents = 0;
  static constexpr auto schema = event("Deposited", 1, field("cents", &deposited::cents));
};
struct withdrawn {
  std::int64_t cents = 0;
  static constexpr auto schema = event("Withdrawn", 1, field("cents", &withdrawn::cents));
};
struct withdraw {
  std::int64_t cents = 0;
  static constexpr auto schema = command("Withdraw", 1, field("cents", &withdraw::cents));
};
struct too_little_money {
  std::int64_t cents = 0;
  static constexpr auto schema = rejection("TooLittleMoney", 1, field("cents", &too_little_money::cents));
};

auto cents_of(const json_tree& euros) -> json_tree {
  return euros.get<std::int64_t>() * 100;
}

auto steps_to_today() -> upcasters {
  return upcasters{}
      .rename_type("Opened", 1, "AccountOpened")
      .rename_field("AccountOpened", 1, "holder", "owner")
      .change_fields("AccountOpened", 2, field_changes{}.rename("euros", "cents").change("cents", cents_of))
      .split("Moved", 1, {{"Deposited", 1}, {"Withdrawn", 1}},
             [](const json_tree& moved) {
               return std::vector<upcast_part>{{"Deposited", {{"cents", cents_of(moved.at("in"))}}},
                                               {"Withdrawn", {{"cents", cents_of(moved.at("out"))}}}};
             })
      .drop("LookedAt", 1, "nobody reads it");
}

/// The step from version 1 of AccountOpened is forgotten.
auto steps_with_a_gap() -> upcasters {
  return upcasters{}.rename_type("Opened", 1, "AccountOpened");
}

/// Nobody thought of the views, which nothing but the journal can know.
auto steps_without_views() -> upcasters {
  return upcasters{}
      .rename_type("Opened", 1, "AccountOpened", 2)
      .change_fields("AccountOpened", 2, field_changes{}.rename("holder", "owner").rename("euros", "cents"));
}

template <auto Steps>
struct account_with {
  static constexpr std::string_view type_name = "account";
  struct state {
    std::int64_t cents = 0;
    std::string owner;
    static constexpr auto schema =
        snapshot("AccountState", 2, field("cents", &state::cents), field("owner", &state::owner));
  };
  using command = std::variant<withdraw>;
  using event = std::variant<account_opened, deposited, withdrawn>;
  using rejection = std::variant<too_little_money>;

  static auto upcasters() -> tusker::upcasters { return Steps(); }

  static auto decide(const state& now, const withdraw& wish, const context&) -> decision<account_with> {
    if (wish.cents > now.cents)
      return too_little_money{now.cents};
    return withdrawn{wish.cents};
  }
  static auto evolve(state, const account_opened& opened) -> state { return {opened.cents, opened.owner}; }
  static auto evolve(state now, const deposited& event) -> state {
    return {now.cents + event.cents, now.owner};
  }
  static auto evolve(state now, const withdrawn& event) -> state {
    return {now.cents - event.cents, now.owner};
  }
};

using account = account_with<steps_to_today>;

auto options_in(const temporary_folder& folder) -> runtime_options {
  runtime_options options;
  options.journal.directory = folder.path() / "journal";
  return options;
}

template <class Account>
auto start(const runtime_options& options) -> runtime {
  auto node = runtime::open(options).value();
  if (auto started = node.add<Account>().start(); !started)
    throw std::logic_error(to_string(started.error()));
  return node;
}

/// Opened with 5 euros; then 3 came in and 2 went out. The streams: Opened, LookedAt, Moved.
void a_year_ago(const runtime_options& options) {
  auto node = start<old_account>(options);
  REQUIRE(node.dispatch<old_account>("a", open_account{5}).get());
  REQUIRE(node.dispatch<old_account>("a", move_money{3, 2}).get()->version == stream_version(3));
  REQUIRE(node.shutdown());
}

/// Writes into the account's stream around the runtime.
void append(const runtime_options& options, std::vector<event_data> events, retention_change retention = {}) {
  auto journal = open_lmdb_journal(options.journal).value();
  append_item item;
  item.stream = *stream_id::make("account", "a");
  item.shard = shard_of(item.stream, journal->shards());
  item.shard_epoch = journal->shard_owners().value()[item.shard.value()].current;
  item.events = std::move(events);
  item.retention = retention;
  REQUIRE(std::holds_alternative<appended>(journal->append(std::span(&item, 1)).value().front()));
}

} // namespace

TEST_CASE("an aggregate whose events were written by an older program is recovered and decides rightly") {
  temporary_folder folder;
  a_year_ago(options_in(folder));
  auto node = start<account>(options_in(folder));
  CHECK(node.dispatch<account>("a", withdraw{601}).get().error().code() == runtime_errc::rejected);
  auto taken = node.dispatch<account>("a", withdraw{600}, {.expected = exact(3)}).get();
  REQUIRE(taken);
  CHECK(taken->version == stream_version(4));
  auto loaded = node.load<account>("a").value();
  CHECK(loaded.state.cents == 0);
  CHECK(loaded.state.owner == "anna");
  CHECK(loaded.version == stream_version(4));
  CHECK(node.dispatch<account>("a", withdraw{1}).get().error().code() == runtime_errc::rejected);
}

TEST_CASE("a runtime whose steps do not lead to today's types does not start") {
  temporary_folder folder;
  auto node = runtime::open(options_in(folder)).value();
  auto started = node.add<account_with<steps_with_a_gap>>().start();
  REQUIRE_FALSE(started);
  CHECK(to_string(started.error()) == "invalid_upcasters: account: the step for 'Opened' version 1 leads to "
                                      "'AccountOpened' version 1, from where "
                                      "no step leads on to version 3 of the schema");
}

TEST_CASE("an event that no step takes on stops its aggregate, and nothing is decided on the others") {
  temporary_folder folder;
  a_year_ago(options_in(folder));
  auto node = start<account_with<steps_without_views>>(options_in(folder));
  auto answer = node.dispatch<account_with<steps_without_views>>("a", withdraw{1}).get();
  REQUIRE_FALSE(answer);
  CHECK(
      to_string(answer.error())
          .find("unknown_event_type: event account-a@2 at position 0:2: 'LookedAt' is not a declared type") ==
      0);
}

TEST_CASE("an event of a version newer than the program is told with its place") {
  temporary_folder folder;
  a_year_ago(options_in(folder));
  append(options_in(folder), {{{}, {"Deposited", schema_version(2), R"({"cents":1})"}, {}, {}}});
  auto node = start<account>(options_in(folder));
  CHECK(
      to_string(node.dispatch<account>("a", withdraw{1}).get().error()) ==
      "unsupported_schema_version: event account-a@4 at position 0:4: 'Deposited' has schema version 2, this "
      "program knows version 1");
}

TEST_CASE("a snapshot of an older state is never taken for today's: the events are read from the first") {
  temporary_folder folder;
  auto options = options_in(folder);
  options.snapshot_every_events = 1;
  a_year_ago(options);
  auto node = start<account>(options);
  CHECK(node.journal().read_snapshot(*stream_id::make("account", "a")).value()->state.version ==
        schema_version(1));
  REQUIRE(node.dispatch<account>("a", withdraw{600}).get());
  CHECK(node.stats().snapshots_passed_over == 1);
  CHECK(node.load<account>("a")->state.cents == 0);
  // Today's snapshot has taken its place.
  CHECK(node.journal().read_snapshot(*stream_id::make("account", "a")).value()->state.version ==
        schema_version(2));
}

TEST_CASE("where the events before an older snapshot are truncated, nothing is decided") {
  temporary_folder folder;
  auto options = options_in(folder);
  options.snapshot_every_events = 1;
  a_year_ago(options);
  append(options, {}, truncate_events{stream_version(2)});
  {
    // The program that wrote the snapshot still reads it.
    auto node = start<old_account>(options);
    CHECK(node.load<old_account>("a")->state.euros == 6);
  }
  auto node = start<account>(options);
  auto answer = node.dispatch<account>("a", withdraw{1}).get();
  REQUIRE_FALSE(answer);
  CHECK(to_string(answer.error()) ==
        "events_truncated: the stream 'account-a' begins with version 2, version 1 is "
        "needed and no snapshot stands in for it");
}
