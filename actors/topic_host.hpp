#pragma once

#include <tusker/actors/command_book.hpp>
#include <tusker/actors/pending.hpp>
#include <tusker/actors/publish_gate.hpp>
#include <tusker/actors/publish_options.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/actors/wall_clock.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/published.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/topic.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tusker {

/// The topics of a runtime, as the runtime sees them.
///
///   add… ─ open ─ (the gate opens) ─ publish… ─ (the gate is shut)
///
/// Safe for threads.
class topic_host {
public:
  topic_host(const runtime_options& options, std::shared_ptr<runtime_counters> counters,
             std::shared_ptr<const wall_clock> clock, std::shared_ptr<command_book> book);

  /// What is wrong with it, `open` says.
  void add(topic_type type);

  /// Errors: `runtime_errc::duplicate_type`; `model_errc::invalid_name`, `invalid_upcasters`.
  [[nodiscard]] auto open() -> result<void>;

  /// Errors: `runtime_errc::unknown_topic`, with the nearest name.
  [[nodiscard]] auto find(std::string_view topic) const -> result<std::shared_ptr<const topic_type>>;

  auto publish(std::string_view topic, result<encoded_message> message, const publish_options& options)
      -> pending<published>;

  [[nodiscard]] auto gate() const -> const std::shared_ptr<publish_gate>& { return gate_; }

private:
  [[nodiscard]] auto check(std::string_view topic, const result<encoded_message>& message,
                           const publish_options& options, const metadata& meta) const -> result<void>;
  [[nodiscard]] auto refusal(gate_verdict verdict) const -> error;

  std::size_t message_bytes_max_;
  std::chrono::milliseconds default_timeout_;
  std::shared_ptr<runtime_counters> counters_;
  std::shared_ptr<const wall_clock> clock_;
  std::shared_ptr<command_book> book_;
  std::shared_ptr<publish_gate> gate_;
  mutable std::mutex mutex_; // guards what follows
  std::map<std::string, std::shared_ptr<const topic_type>, std::less<>> topics_;
  result<void> fault_; ///< The first thing that was wrong with a topic that was added.
};

} // namespace tusker
