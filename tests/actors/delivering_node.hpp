#pragma once

#include "counter.hpp"
#include "journal_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/typed_subscriber.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A deterministic node with a subscriber to the events of counters. The journal outlives it, as files do.
struct delivering_node {
  using added_events = tusker::events_from<counting::counter, counting::added>;

  /// One call of the handler.
  struct call {
    std::int64_t amount = 0;
    std::uint32_t attempt = 0;
    tusker::timestamp time{};
    std::string last_failure = {};
  };

  std::unique_ptr<journal_probe> log = std::make_unique<journal_probe>();
  tusker::runtime_options node_options = {};
  tusker::subscriber_options how = without_jitter();
  std::string name = "mailer";
  /// What the handler does besides being noted.
  std::function<tusker::result<void>(const counting::added&)> then;
  std::vector<call> calls;
  std::optional<tusker::deterministic_runtime> node;

  static auto without_jitter() -> tusker::subscriber_options {
    tusker::subscriber_options options;
    options.retries.jitter = 0;
    return options;
  }

  auto handler() {
    return [this](const counting::added& event,
                  const tusker::delivery_context& context) -> tusker::result<void> {
      calls.push_back(
          {event.amount, context.attempt().number, node->clock().now(), context.attempt().last_failure});
      return then ? then(event) : tusker::result<void>();
    };
  }

  /// Starts it, and lets it come to rest.
  void start() {
    begin();
    node->run();
  }
  /// Starts it and lets nothing run.
  void begin() {
    auto time = node ? node->clock().now() : tusker::timestamp{std::chrono::hours(500'000)};
    node = std::move(*tusker::deterministic_runtime::open(
        node_options, std::make_unique<tusker::forwarding_journal>(static_cast<tusker::journal&>(*log)),
        time));
    (*node)->add<counting::counter>().add_subscriber<added_events>(name, handler(), how);
    if (auto started = (*node)->start(); !started)
      throw std::logic_error(to_string(started.error()));
  }
  void stop() { (void)(*node)->shutdown(); }
  void restart() {
    stop();
    start();
  }

  void add(std::string_view key, std::int64_t amount) {
    (void)(*node)->dispatch<counting::counter>(key, counting::add{amount});
    node->run();
  }
  /// Adds 1, 2, … in this order.
  void add_many(int count, std::string_view key = "a") {
    for (auto at = 1; at <= count; ++at)
      add(key, at);
  }

  [[nodiscard]] auto amounts() const -> std::vector<std::int64_t> {
    std::vector<std::int64_t> all;
    for (const auto& each : calls)
      all.push_back(each.amount);
    return all;
  }
  [[nodiscard]] auto status() -> tusker::subscriber_status {
    return (*node)->subscriber_status_of(name).value();
  }
  [[nodiscard]] auto dead() -> std::vector<tusker::dead_letter> {
    return (*node)->dead_letters().value().letters;
  }
  [[nodiscard]] auto trace() const -> std::vector<std::string> {
    std::vector<std::string> types;
    auto slice = log->read_stream(tusker::delivery_stream(name), tusker::stream_version(1), {},
                                  tusker::read_direction::forward);
    for (const auto& event : slice.value().events)
      types.push_back(event.data.content.type);
    return types;
  }
  /// The answer to what was asked, once it is there.
  auto answer(const tusker::pending<std::uint64_t>& asked) -> tusker::result<std::uint64_t> {
    node->run();
    if (!asked.is_ready())
      throw std::logic_error("nobody has answered");
    return asked.get();
  }
};

/// A handler that fails on this amount.
[[nodiscard]] inline auto fails_on(std::int64_t amount) {
  return [amount](const counting::added& event) -> tusker::result<void> {
    if (event.amount == amount)
      return tusker::fail(tusker::model_errc::row_not_found, "there is no such thing");
    return {};
  };
}
