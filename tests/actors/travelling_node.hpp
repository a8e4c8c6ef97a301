#pragma once

#include "journal_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker_test/trip_saga.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace travelling {

/// A deterministic node that hosts trips and their booking. Over a journal of its own, or over one that is there.
struct node {
  explicit node(const tusker::runtime_options& options = {}) : node(options, new journal_probe) {}
  node(const tusker::runtime_options& options, journal_probe* probe)
      : journal(*probe),
        runtime(
            std::move(*tusker::deterministic_runtime::open(options, std::unique_ptr<tusker::journal>(probe),
                                                           tusker::timestamp{std::chrono::hours(500'000)}))) {
    probe->can_reopen = true;
    runtime->add<trip>().add<seat>().add<fare>().add_saga<booking>();
    if (auto started = runtime->start(); !started)
      throw std::logic_error(to_string(started.error()));
    runtime.run();
  }

  /// Plans a trip, and lets everybody do what they can without time or the outside.
  void plan(const std::string& name, std::vector<std::string> seats) {
    auto planned = runtime->dispatch<trip>(name, plan_trip{name, std::move(seats), 500});
    run();
    for (int second = 0; second < 30 && !planned.is_ready(); ++second)
      runtime.advance(std::chrono::seconds(1));
    if (!planned.is_ready() || !planned.get())
      throw std::logic_error("the trip was not planned");
  }
  template <class Command>
  auto send(std::string_view key, const Command& command) -> tusker::result<tusker::receipt> {
    auto sent = [&] {
      if constexpr (tusker::is_alternative_of<Command, trip::command>)
        return runtime->dispatch<trip>(key, command);
      else if constexpr (tusker::is_alternative_of<Command, seat::command>)
        return runtime->dispatch<seat>(key, command);
      else
        return runtime->dispatch<fare>(key, command);
    }();
    run();
    // A part that died is started again after a while.
    for (int second = 0; second < 30 && !sent.is_ready(); ++second)
      runtime.advance(std::chrono::seconds(1));
    if (!sent.is_ready())
      throw std::logic_error("the command was not answered");
    return sent.get();
  }
  void run() { runtime.run(); }
  /// In steps of a second, as retries need their turns.
  void pass(std::chrono::seconds time) {
    for (auto left = time; left > std::chrono::seconds(0); left -= std::chrono::seconds(1))
      runtime.advance(std::chrono::seconds(1));
  }

  [[nodiscard]] auto look(std::string_view key) -> tusker::saga_look {
    return runtime->saga_of("booking", key).value().value_or(tusker::saga_look{});
  }
  [[nodiscard]] auto phase(std::string_view key) -> tusker::saga_phase { return look(key).phase; }
  [[nodiscard]] auto trip_is(std::string_view key) -> std::string {
    return runtime->load<trip>(key)->state.now;
  }
  [[nodiscard]] auto holder(std::string_view seat_name) -> std::string {
    return runtime->load<seat>(seat_name)->state.holder;
  }
  [[nodiscard]] auto events_of(std::string_view category, std::string_view key) const
      -> std::vector<tusker::recorded_event> {
    auto stream = tusker::stream_id::make(category, key).value();
    return journal.read_stream(stream, {}, {}, tusker::read_direction::forward)->events;
  }
  [[nodiscard]] auto types_of(std::string_view category, std::string_view key) const
      -> std::vector<std::string> {
    std::vector<std::string> types;
    for (const auto& event : events_of(category, key))
      types.push_back(event.data.content.type);
    return types;
  }
  [[nodiscard]] auto outbox_is_empty() -> bool {
    for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard)
      if (!journal.read_outbox(tusker::shard_id(shard), std::nullopt, 1)->empty())
        return false;
    return true;
  }
  [[nodiscard]] auto timers() -> std::size_t { return runtime->timers().value().size(); }

  journal_probe& journal;
  tusker::deterministic_runtime runtime;
};

} // namespace travelling
