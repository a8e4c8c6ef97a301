#pragma once

#include "counter.hpp"
#include "read_store_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/forwarding_read_store.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Subscriptions with checkpoints, on a node that dies and is started again.
namespace tusker::checkpointing {

using numbers = std::vector<std::uint64_t>;

/// A read store whose process can die: what it is given from then on reaches nobody.
struct mortal_store final : forwarding_read_store {
  explicit mortal_store(read_store& engine) : forwarding_read_store(engine) {}

  bool is_dead = false;

  auto commit(const read_commit& step) -> result<commit_verdict> override {
    return is_dead ? result<commit_verdict>(read_committed{}) : forwarding_read_store::commit(step);
  }
};

/// A journal that counts the events that were read of it.
struct counting_reads final : forwarding_journal {
  explicit counting_reads(journal& engine) : forwarding_journal(engine) {}

  mutable std::size_t events = 0;

  [[nodiscard]] auto read_log(log_id log, log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice> override {
    auto slice = forwarding_journal::read_log(log, after, limit, filter);
    if (slice)
      events += slice->events.size();
    return slice;
  }
};

/// A deterministic node that outlives nothing; journal and read store outlive it, as files do.
struct node_with_checkpoints {
  std::unique_ptr<journal> log = std::move(*open_memory_journal());
  std::shared_ptr<read_store_probe> store = std::make_shared<read_store_probe>();
  std::shared_ptr<mortal_store> process;
  counting_reads* reads = nullptr; ///< Of the node that runs.
  std::optional<deterministic_runtime> node;
  numbers told;

  void start() {
    process = std::make_shared<mortal_store>(*store);
    auto counting = std::make_unique<counting_reads>(*log);
    reads = counting.get();
    node = std::move(*deterministic_runtime::open({}, std::move(counting), process,
                                                  timestamp{std::chrono::hours(500'000)}));
    (*node)->add<counting::counter>();
    if (auto started = (*node)->start(); !started)
      throw std::logic_error(to_string(started.error()));
    node->run();
  }
  void stop() {
    (void)(*node)->shutdown();
    node.reset();
  }
  /// As a kill does: nothing that happens on the way out reaches journal or store.
  void kill() {
    process->is_dead = true;
    stop();
  }
  void add_many(int count) {
    for (auto at = 0; at < count; ++at)
      (void)(*node)->dispatch<counting::counter>("a", counting::add{1});
    node->run();
  }
  [[nodiscard]] auto handler() -> event_handler {
    return [this](const recorded_event& event) -> result<void> {
      if (!process->is_dead)
        told.push_back(event.at.offset.value());
      return {};
    };
  }
  [[nodiscard]] auto subscribe(const subscribe_options& options, event_handler handler) -> subscription {
    auto made = (*node)->subscribe(options, std::move(handler));
    if (!made)
      throw std::logic_error(to_string(made.error()));
    return std::move(*made);
  }
  [[nodiscard]] auto stored(const std::string& name = "mails") const -> log_offset {
    auto entry = store->find_projection(checkpoint_entry_name(name, log_id(0)).value()).value();
    return entry ? entry->serving.offset_of(log_id(0)) : before_all_events;
  }
};

inline auto named(std::string name, std::uint64_t offsets_max = 1'000, std::size_t batch = 1'000)
    -> subscribe_options {
  subscribe_options options;
  options.checkpoint = std::move(name);
  options.checkpoint_offsets_max = offsets_max;
  options.batch_events_max = batch;
  return options;
}

inline auto up_to(std::uint64_t last) -> numbers {
  numbers all;
  all.reserve(last);
  for (std::uint64_t at = 1; at <= last; ++at)
    all.push_back(at);
  return all;
}

} // namespace tusker::checkpointing
