#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/run.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/aggregate.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker/persistence/dead_command_steps.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/offline_append.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <variant>
#include <vector>

// What an operator does about commands that were given up, with a program that knows their target and with one that
// does not.

using namespace tusker;
using tusker_test::temporary_folder;

namespace {

struct switch_on {
  std::int64_t watts = 0;
  static constexpr auto schema = command("SwitchOn", 1, field("watts", &switch_on::watts));
};
struct switched_on {
  static constexpr auto schema = event("SwitchedOn", 1);
};
struct no_power {
  static constexpr auto schema = rejection("NoPower", 1);
};

struct lamp {
  static constexpr std::string_view type_name = "lamp";
  using state = std::int64_t;
  using command = std::variant<switch_on>;
  using event = std::variant<switched_on>;
  using rejection = std::variant<no_power>;

  static auto decide(state, const switch_on& wish, const context&) -> decision<lamp> {
    if (wish.watts > 1'000)
      return no_power{};
    return switched_on{};
  }
  static auto evolve(state times, const switched_on&) -> state { return times + 1; }
};

/// Cannot make rows of anything.
struct bulbs {
  static constexpr std::string_view name = "bulbs";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<lamp>;
  using event = std::variant<switched_on>;

  static auto on(const switched_on&, const event_context&, read_model&) -> result<void> {
    return fail(model_errc::row_not_found, "there is no such bulb");
  }
};

/// What a run of a program came to.
struct outcome {
  int status = 0;
  std::string printed;
};

/// A journal in a folder, and programs that look into it.
class operators_desk {
public:
  operators_desk() { (void)open(); }

  /// A command of a timer of lamp 1 that was given up.
  auto bury(std::string name, timestamp died) -> uuid {
    auto journal = open();
    auto owner = stream_id::make("lamp", "1").value();
    auto timer =
        make_timer(owner, died, {std::move(name), encode_message(switch_on{60}).value(), {}}).value();
    append_item setting;
    setting.stream = owner;
    setting.shard = shard_of(owner, journal->shards());
    setting.shard_epoch = epoch_now(*journal, setting.shard).value();
    setting.timers = {timer};
    REQUIRE(append_offline(*journal, setting));
    auto item = bury_timer(*journal, {setting.shard, setting.shard_epoch}, timer,
                           {3, {{died, "no_handler: nobody handles SwitchOn"}}}, died);
    REQUIRE(append_offline(*journal, item));
    return decode<dead_command>(item->notes.at(0).content.json)->id;
  }

  [[nodiscard]] auto run(std::vector<std::string> words, bool knows_lamps = false) -> outcome {
    cli::program_setup setup{.name = "house", .description = "Lamps"};
    if (knows_lamps)
      setup.types.add<lamp>();
    words.insert(words.begin(), "house");
    words.insert(words.end(), {"--data", data().string()});
    std::vector<const char*> arguments;
    arguments.reserve(words.size());
    for (const auto& word : words)
      arguments.push_back(word.c_str());
    return captured([&] { return cli::run(static_cast<int>(arguments.size()), arguments.data(), setup); });
  }

  /// Switches a lamp on, of which the projection of bulbs makes a dead letter.
  void fail_to_project() {
    runtime_options options;
    options.journal.directory = data();
    projection_options how;
    how.when_failing = failing_event_policy::dead_letter;
    how.retries.attempts_max = 1;
    auto node = runtime::open(options).value();
    REQUIRE(node.add<lamp>().add_projection<bulbs>(how).start());
    REQUIRE(node.dispatch<lamp>("1", switch_on{60}).get());
    while (node.projection_status_of("bulbs")->dead_letters == 0)
      std::this_thread::yield();
    REQUIRE(node.shutdown());
  }

  [[nodiscard]] auto times_lit() -> std::uint64_t {
    return open()->stream_head(stream_id::make("lamp", "1").value()).value().value();
  }

private:
  [[nodiscard]] auto data() const -> std::filesystem::path { return folder_.path() / "data"; }

  auto open() -> std::unique_ptr<journal> {
    journal_options options;
    options.directory = data();
    return open_lmdb_journal(options).value();
  }

  template <class Run>
  auto captured(const Run& of) -> outcome {
    auto path = folder_.path() / "printed";
    (void)std::fflush(stdout);
    auto kept = ::dup(STDOUT_FILENO);
    auto* file = std::fopen(path.c_str(), "w");
    (void)::dup2(::fileno(file), STDOUT_FILENO);
    auto status = of();
    (void)std::fflush(stdout);
    (void)::dup2(kept, STDOUT_FILENO);
    (void)::close(kept);
    (void)std::fclose(file);
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return {status, text.str()};
  }

  temporary_folder folder_;
};

auto has(const outcome& of, const std::string& text) -> bool {
  return of.printed.find(text) != std::string::npos;
}

constexpr timestamp a_year_ago{std::chrono::hours(480'000)};

} // namespace

TEST_CASE("dead commands are listed, shown and exported with what they say") {
  operators_desk desk;
  auto id = to_string(desk.bury("dusk", a_year_ago));
  for (const auto& words : {std::vector<std::string>{"dead-letter", "ls", "--json"},
                            std::vector<std::string>{"dead-letter", "export", "--origin", "timer"},
                            std::vector<std::string>{"dead-letter", "show", id, "--json"}}) {
    auto told = desk.run(words);
    CHECK(told.status == 0);
    for (const auto* part : {R"("origin":"timer")", R"("target":"lamp-1")", R"("name":"dusk")",
                             R"("attempts_made":3)", R"("content":{"watts":60})"})
      CHECK(has(told, part));
    CHECK(has(told, id));
  }
  auto line = desk.run({"dead-letter", "ls"});
  CHECK(has(line, id + "  timer dusk  lamp-1  SwitchOn  3 attempts  no_handler"));
  auto text = desk.run({"dead-letter", "show", id});
  CHECK(has(text, "SwitchOn for lamp-1, due"));
  CHECK(has(text, "\"watts\": 60"));
  for (const auto& none : {std::vector<std::string>{"dead-letter", "ls", "--origin", "command"},
                           std::vector<std::string>{"dead-letter", "ls", "--type", "SwitchOff"},
                           std::vector<std::string>{"dead-letter", "ls", "--since", "2200-01-01"}})
    CHECK(desk.run(none).printed.empty());
}

TEST_CASE("a dead command is tried again at once by a program that has its target") {
  operators_desk desk;
  desk.bury("dusk", a_year_ago);
  desk.bury("dawn", a_year_ago);
  auto told = desk.run({"dead-letter", "retry", "--all", "--json"}, true);
  CHECK(told.status == 0);
  CHECK(told.printed == "{\"chosen\":2,\"retried\":2,\"left\":0,\"delivered\":true}\n");
  CHECK(desk.times_lit() == 2);
  CHECK(desk.run({"dead-letter", "ls"}).printed.empty());
  CHECK(desk.run({"timer", "ls"}).printed.empty());
}

TEST_CASE("a program that does not have the target leaves a timer for the next that has") {
  operators_desk desk;
  auto id = to_string(desk.bury("dusk", a_year_ago));
  auto told = desk.run({"dead-letter", "retry", id, "--json"});
  CHECK(told.printed == "{\"chosen\":1,\"retried\":1,\"left\":0,\"delivered\":false}\n");
  CHECK(desk.run({"dead-letter", "ls"}).printed.empty());
  CHECK(has(desk.run({"timer", "ls", "--json"}), id));
  CHECK(desk.times_lit() == 0);
}

TEST_CASE("what a projection went on without is listed beside the others, and is not for retry") {
  operators_desk desk;
  desk.fail_to_project();
  auto id = to_string(desk.bury("dusk", a_year_ago));
  auto all = desk.run({"dead-letter", "ls", "--json"});
  CHECK(has(all, id));
  for (const auto* part : {R"("origin":"projection")", R"("projection":"bulbs")", R"("type":"SwitchedOn")",
                           "there is no such bulb"})
    CHECK(has(all, part));
  CHECK(has(desk.run({"dead-letter", "ls", "--origin", "projection"}),
            "projection bulbs  1  lamp-1@1  SwitchedOn"));
  CHECK_FALSE(has(desk.run({"dead-letter", "ls", "--limit", "1"}), "bulbs"));
  CHECK_FALSE(has(desk.run({"dead-letter", "ls", "--since", "2000-01-01"}), "bulbs"));
  CHECK_FALSE(has(desk.run({"dead-letter", "ls", "--origin", "timer"}), "bulbs"));
  auto told = desk.run({"dead-letter", "retry", "--all", "--origin", "projection"});
  CHECK(told.status == static_cast<int>(cli::exit_status::usage));
  CHECK(
      has(desk.run({"dead-letter", "drop", "--all", "--reason", "no", "--yes", "--json"}), R"("dropped":1)"));
  CHECK(has(desk.run({"dead-letter", "ls"}), "bulbs"));
}

TEST_CASE("dead commands are dropped with a reason, after a look at how many") {
  operators_desk desk;
  auto first = to_string(desk.bury("dusk", a_year_ago));
  auto second = to_string(desk.bury("dawn", a_year_ago));
  auto dry = desk.run({"dead-letter", "drop", first, second, "--reason", "no lamp", "--dry-run", "--json"});
  CHECK(dry.printed == "{\"chosen\":2,\"would_drop\":2}\n");
  auto told = desk.run({"dead-letter", "drop", first, "--reason", "no lamp", "--yes", "--json"});
  CHECK(told.printed == "{\"chosen\":1,\"dropped\":1}\n");
  CHECK_FALSE(has(desk.run({"dead-letter", "ls"}), first));
  CHECK(has(desk.run({"dead-letter", "ls"}), second));
  CHECK(desk.run({"dead-letter", "show", first}).status == static_cast<int>(cli::exit_status::not_found));
}
