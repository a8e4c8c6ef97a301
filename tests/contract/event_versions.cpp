#include "engine.hpp"

#include <tusker/model/typed_aggregate.hpp>
#include <tusker/model/upcasters.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/stream_replay.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <filesystem>

// The golden journal was written under the schemas of its day. Here a program of later days reads it, whose types are
// made up: `Stepped` is called `Moved` by then and has been through two more versions.

namespace tusker::contract {

using namespace sample;

namespace {

struct moved {
  std::string label;
  std::int64_t metres = 0;
  std::string unit;
  static constexpr auto schema = event("Moved", 3, field("label", &moved::label),
                                       field("metres", &moved::metres), field("unit", &moved::unit));
};
struct rested {
  static constexpr auto schema = event("Rested", 1);
};

struct rest {
  static constexpr auto schema = command("Rest", 1);
};

struct walk {
  static constexpr std::string_view type_name = "payment";
  using state = std::string;
  using command = std::variant<rest>;
  using event = std::variant<moved, rested>;

  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}
        .rename_field("Stepped", 1, "mark", "label")
        .rename_type("Stepped", 2, "Moved", 1)
        .change_fields(
            "Moved", 1,
            field_changes{}
                .rename("n", "metres")
                .change("metres", [](const json_tree& steps) { return steps.get<std::int64_t>() * 2; }))
        .add_field("Moved", 2, "unit", "m");
  }

  static auto decide(const state&, const rest&, const context&) -> decision<walk> { return rested{}; }
  static auto evolve(const state& before, const moved& event) -> state {
    return before + event.label + std::to_string(event.metres) + event.unit + " ";
  }
  static auto evolve(state before, const rested&) -> state { return before; }
};

auto golden_journal(const tusker_test::temporary_folder& folder) -> std::unique_ptr<journal> {
  // A copy: to open a journal makes files beside it.
  auto copy = folder.path() / "old";
  std::filesystem::copy(std::filesystem::path(TUSKER_GOLDEN_DIR) / "format_1", copy,
                        std::filesystem::copy_options::recursive);
  auto options = journal_options();
  options.directory = copy;
  options.shards = shard_count(4);
  return must(open_lmdb_journal(options));
}

/// The state after the events of a stream behind `from`, or what went wrong.
auto walked(const journal& from_journal, std::string_view stream, stream_version from = empty_stream)
    -> std::string {
  typed_aggregate<walk> instance;
  auto version = replay_stream(from_journal, stream_named(stream), from, instance);
  return version ? instance.state() : to_string(version.error());
}

} // namespace

TEST_CASE("events of the golden journal are read as types of a later day") {
  tusker_test::temporary_folder folder;
  auto journal = golden_journal(folder);
  CHECK(walked(*journal, "payment-3") == "packed2m ");
  // Its first two events are truncated.
  CHECK(walked(*journal, "payment-1", stream_version(2)) == "cut6m cut8m ");
}

TEST_CASE("an event of the golden journal that no step takes on is told with its place") {
  tusker_test::temporary_folder folder;
  auto journal = golden_journal(folder);
  CHECK(walked(*journal, "order-1") ==
        "unsupported_schema_version: event order-1@2 at position 0:2: 'Stepped' has "
        "schema version 9, the latest that a step takes on is version 2");
  CHECK(walked(*journal, "parcel-1").find("unknown_event_type: event parcel-1@1 at position 0:") == 0);
}

} // namespace tusker::contract
