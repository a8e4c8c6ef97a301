#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/published.hpp>
#include <tusker/model/result.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace tusker {

class publish_gate;

/// A message on its way to its topic, and the caller who waits for its receipt. Answered once. Safe for threads but for
/// `deadline`, which is the publisher's.
class open_publish {
public:
  struct parts {
    std::string topic;
    message_id id;
    encoded_message content;
    metadata meta;
    std::chrono::milliseconds timeout{};
    std::shared_ptr<pending_state<published>> caller;
    std::shared_ptr<runtime_counters> counters;
    std::shared_ptr<publish_gate> gate;
  };

  explicit open_publish(parts made_of) : made_of_(std::move(made_of)) {}
  open_publish(const open_publish&) = delete;
  auto operator=(const open_publish&) -> open_publish& = delete;
  ~open_publish() = default;

  [[nodiscard]] auto message() const -> const parts& { return made_of_; }
  [[nodiscard]] auto is_answered() const -> bool { return is_answered_; }

  /// When the caller is told that it took too long; set by the first publisher that has it.
  std::optional<std::chrono::steady_clock::time_point> deadline;

  /// Counts the answer, leaves the gate and tells the caller, if this is the first answer.
  void complete(result<published> answer);

private:
  parts made_of_;
  std::atomic<bool> is_answered_ = false;
};

} // namespace tusker
