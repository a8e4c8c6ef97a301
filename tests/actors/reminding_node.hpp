#pragma once

#include "journal_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/timed_command.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

/// An aggregate that sets and cancels timers, and what a test needs to watch them.
namespace reminding {

struct planned {
  std::string name;
  static constexpr auto schema = tusker::event("Planned", 1, tusker::field("name", &planned::name));
};

struct reminded {
  std::string note;
  tusker::timestamp at;
  static constexpr auto schema = tusker::event("Reminded", 1, tusker::field("note", &reminded::note),
                                               tusker::field("at", &reminded::at));
};

/// Accepted when it is `nothing`, refused when it is `no`; `throw` throws until it is mended, `again` sets the same
/// timer again, once.
struct remind {
  std::string note;
  tusker::timestamp due;
  static constexpr auto schema =
      tusker::command("Remind", 1, tusker::field("note", &remind::note), tusker::field("due", &remind::due));
};

struct plan {
  std::string name;
  tusker::timestamp due;
  std::string note;
  static constexpr auto schema =
      tusker::command("Plan", 1, tusker::field("name", &plan::name), tusker::field("due", &plan::due),
                      tusker::field("note", &plan::note));
};

struct drop {
  std::string name;
  tusker::timestamp due;
  static constexpr auto schema =
      tusker::command("Drop", 1, tusker::field("name", &drop::name), tusker::field("due", &drop::due));
};

struct not_now {
  static constexpr auto schema = tusker::rejection("NotNow", 1);
};

struct diary {
  static constexpr std::string_view type_name = "diary";
  static inline bool is_mended = false; ///< A test that sets it sets it back.
  struct state {
    std::map<std::string, std::int64_t> notes; ///< How often it was reminded of each.
    tusker::timestamp last;
  };
  using command = std::variant<plan, drop, remind>;
  using event = std::variant<planned, reminded>;
  using rejection = std::variant<not_now>;

  static auto decide(const state&, const plan& wish, const tusker::context&) -> tusker::decision<diary> {
    return tusker::decision<diary>(planned{wish.name})
        .set_timer(wish.name, wish.due, remind{wish.note, wish.due});
  }
  static auto decide(const state&, const drop& wish, const tusker::context&) -> tusker::decision<diary> {
    return tusker::decision<diary>(tusker::nothing_happened{}).cancel_timer(wish.name, wish.due);
  }
  static auto decide(const state& now, const remind& wish, const tusker::context& given)
      -> tusker::decision<diary> {
    if (wish.note == "no")
      return not_now{};
    if (wish.note == "nothing")
      return tusker::nothing_happened{};
    if (wish.note == "throw" && !is_mended)
      throw std::runtime_error("a fault in decide");
    auto decided = tusker::decision<diary>(reminded{wish.note, given.now()});
    if (wish.note == "again" && !now.notes.contains("again"))
      decided.set_timer("again", wish.due, wish);
    return decided;
  }
  static auto evolve(state now, const planned&) -> state { return now; }
  static auto evolve(state now, const reminded& event) -> state {
    ++now.notes[event.note];
    now.last = event.at;
    return now;
  }
};

/// A deterministic node that hosts diaries over a probed journal.
struct node {
  explicit node(const tusker::runtime_options& options = {}) : node(options, new journal_probe) {}

  [[nodiscard]] auto now() -> tusker::timestamp { return runtime.clock().now(); }

  template <class Command>
  auto send(std::string_view key, const Command& command, tusker::dispatch_options options = {})
      -> tusker::pending<tusker::receipt> {
    return runtime->dispatch<diary>(key, command, std::move(options));
  }

  /// How often the diary was reminded of that.
  [[nodiscard]] auto count(std::string_view key, const std::string& note) -> std::int64_t {
    auto loaded = runtime->load<diary>(key)->state;
    auto found = loaded.notes.find(note);
    return found == loaded.notes.end() ? 0 : found->second;
  }

  [[nodiscard]] auto timers() -> std::vector<tusker::pending_timer> { return runtime->timers().value(); }
  [[nodiscard]] auto dead() -> std::vector<tusker::dead_command> {
    return runtime->dead_commands().value().commands;
  }
  /// The answer to what was asked, once it is there.
  auto answer(const tusker::pending<std::uint64_t>& asked) -> tusker::result<std::uint64_t> {
    runtime.run();
    if (!asked.is_ready())
      throw std::logic_error("nobody has answered");
    return asked.get();
  }

  /// As a writer that goes around the runtime: changes timers of a diary with the epoch of the node.
  void change_around(std::string_view key, std::vector<tusker::timer_entry> set,
                     std::vector<tusker::timer_key> cancelled) {
    tusker::append_item item;
    item.stream = *tusker::stream_id::make("diary", key);
    item.shard = tusker::shard_of(item.stream, journal.shards());
    item.shard_epoch = tusker::epoch(1);
    item.timers = std::move(set);
    item.timers_cancelled = std::move(cancelled);
    (void)journal.append_around(item);
  }

  journal_probe& journal;
  tusker::deterministic_runtime runtime;

private:
  node(const tusker::runtime_options& options, journal_probe* probe)
      : journal(*probe),
        runtime(
            std::move(*tusker::deterministic_runtime::open(options, std::unique_ptr<tusker::journal>(probe),
                                                           tusker::timestamp{std::chrono::hours(500'000)}))) {
    runtime->add<diary>();
    if (auto started = runtime->start(); !started)
      throw std::logic_error(to_string(started.error()));
    runtime.run(); // the actors have begun and wait
  }
};

/// A timer of a diary as it stands in the journal.
[[nodiscard]] inline auto timer_of(std::string_view key, std::string name, tusker::timestamp due,
                                   std::string note) -> tusker::timer_entry {
  auto command = tusker::encode_message(remind{std::move(note), due}).value();
  return tusker::make_timer(*tusker::stream_id::make("diary", key), due,
                            {std::move(name), std::move(command), {}})
      .value();
}

} // namespace reminding
