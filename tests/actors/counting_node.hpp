#pragma once

#include "counter.hpp"
#include "journal_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/codec.hpp>

#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

/// A deterministic node that hosts counters over a probed journal.
struct counting_node {
  explicit counting_node(const tusker::runtime_options& options = {})
      : counting_node(options, new journal_probe) {}

  auto add(std::string_view key, std::int64_t amount, tusker::dispatch_options options = {})
      -> tusker::pending<tusker::receipt> {
    return send(key, counting::add{amount}, std::move(options));
  }

  template <class Command>
  auto send(std::string_view key, const Command& command, tusker::dispatch_options options = {})
      -> tusker::pending<tusker::receipt> {
    return node->dispatch<counting::counter>(key, command, std::move(options));
  }

  [[nodiscard]] auto total(std::string_view key) -> std::int64_t {
    return node->load<counting::counter>(key)->state.total;
  }

  /// As a writer that goes around the runtime: adds to a counter with the epoch of the node.
  void add_around(std::string_view key, std::int64_t amount) {
    tusker::append_item item;
    item.stream = *tusker::stream_id::make("counter", key);
    item.shard = tusker::shard_of(item.stream, journal.shards());
    item.shard_epoch = tusker::epoch(1);
    item.events.push_back({{}, *tusker::encode_message(counting::added{amount}), {}, {}});
    (void)journal.append_around(item);
  }

  journal_probe& journal;
  tusker::deterministic_runtime node;

private:
  counting_node(const tusker::runtime_options& options, journal_probe* probe)
      : journal(*probe),
        node(
            std::move(*tusker::deterministic_runtime::open(options, std::unique_ptr<tusker::journal>(probe),
                                                           tusker::timestamp{std::chrono::hours(500'000)}))) {
    node->add<counting::counter>();
    if (auto started = node->start(); !started)
      throw std::logic_error(to_string(started.error()));
    node.run(); // the actors have begun and wait for commands
  }
};
