#pragma once

#include "counter.hpp"
#include "read_store_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/actors/projection_run.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/typed_projection.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>

namespace counting {

struct total_row {
  std::string counter;
  std::int64_t total = 0;
  std::int64_t events = 0;
  static constexpr auto schema =
      tusker::record("Total", tusker::field("counter", &total_row::counter),
                     tusker::field("total", &total_row::total), tusker::field("events", &total_row::events));

  friend auto operator==(const total_row&, const total_row&) -> bool = default;
};

/// The totals of all counters. A row counts its events, so one that is handled twice or skipped is seen.
struct totals {
  static constexpr std::string_view name = "totals";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<counter>;
  using event = std::variant<added>;

  static constexpr auto rows =
      tusker::table<total_row>("totals", tusker::key(&total_row::counter),
                               tusker::index("by_total", tusker::descending(&total_row::total)));

  /// What a test lets the handler do after it has changed the row.
  static inline std::function<tusker::result<void>(const added&)> then;

  static auto on(const added& event, const tusker::event_context& context, tusker::read_model& to)
      -> tusker::result<void> {
    auto changed = to.upsert(rows.at(std::string(context.stream().key())), [&](total_row& row) {
      row.total += event.amount;
      ++row.events;
    });
    return changed && then ? then(event) : changed;
  }
};

} // namespace counting

/// A deterministic node that projects totals. Journal and read store outlive it, as files do.
struct projecting_node {
  projecting_node() { counting::totals::then = nullptr; }
  projecting_node(const projecting_node&) = delete;
  auto operator=(const projecting_node&) -> projecting_node& = delete;
  ~projecting_node() { counting::totals::then = nullptr; }

  std::unique_ptr<tusker::journal> log = std::move(*tusker::open_memory_journal());
  std::shared_ptr<read_store_probe> store = std::make_shared<read_store_probe>();
  tusker::runtime_options node_options = {};
  tusker::projection_options how = {};
  std::uint32_t version = counting::totals::version; ///< Of the code.
  std::optional<tusker::deterministic_runtime> node;

  /// Starts it, and lets it come to rest.
  void start() {
    begin();
    node->run();
  }
  /// Starts it and lets nothing run.
  void begin() {
    node = std::move(
        *tusker::deterministic_runtime::open(node_options, std::make_unique<tusker::forwarding_journal>(*log),
                                             store, tusker::timestamp{std::chrono::hours(500'000)}));
    auto type = tusker::describe_projection<counting::totals>().value();
    type.version = tusker::projection_version(version);
    (*node)->add<counting::counter>().add_projection(std::move(type), how);
    if (auto started = (*node)->start(); !started)
      throw std::logic_error(to_string(started.error()));
  }
  void stop() {
    (void)(*node)->shutdown();
    node.reset();
  }

  /// Gives it time enough for all that it waits for, one thing after the other.
  void let_time_pass() {
    for (auto minute = 0; minute < 10; ++minute)
      node->advance(std::chrono::minutes(1));
  }

  void add(std::string_view key, std::int64_t amount) {
    (void)(*node)->dispatch<counting::counter>(key, counting::add{amount});
    node->run();
  }
  /// Adds 1, 2, … in this order, each third to another counter.
  void add_many(int count) {
    for (auto at = 1; at <= count; ++at)
      add(at % 3 == 0 ? "fizz" : "a", at);
  }

  [[nodiscard]] auto status() -> tusker::projection_status {
    return (*node)->projection_status_of("totals").value();
  }
  [[nodiscard]] auto entry() const -> tusker::projection_entry {
    return store->find_projection("totals").value().value();
  }
  [[nodiscard]] auto row(const std::string& key) const -> std::optional<counting::total_row> {
    using counting::totals;
    auto bytes = store->get(entry().serving.number, totals::rows.name,
                            totals::rows.key_of(std::tuple(std::string(key))));
    return *bytes ? std::optional(tusker::decode<counting::total_row>(**bytes).value()) : std::nullopt;
  }
  [[nodiscard]] auto digest() const -> std::string { return *store->digest(entry().serving.number); }

  /// The digest of the rows that a run over the whole journal makes in a store of its own.
  [[nodiscard]] auto digest_of_replay() const -> std::string {
    std::shared_ptr<tusker::read_store> fresh = std::move(*tusker::open_memory_read_store());
    auto type = std::make_shared<const tusker::projection_type>(
        tusker::describe_projection<counting::totals>().value());
    auto model = fresh->add_projection(type->name, type->version).value().serving.number;
    auto progress = std::make_shared<tusker::projection_progress>();
    auto run = tusker::projection_run({type, fresh, {}, how, progress},
                                      {type->name, model, tusker::log_id(0), {}}, tusker::before_all_events);
    auto slice = log->read_log(tusker::log_id(0), tusker::before_all_events, {100'000}, {}).value();
    while (run.take_in(slice, tusker::timestamp(), 0).wants == tusker::run_outcome::what::wait) {
    }
    return *fresh->digest(model);
  }
};
