#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/stream_version.hpp>

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace tusker {

/// Where an aggregate notes what a command led to, for a sender who wants to know more than its receipt says and need
/// not read it from the journal then. Safe for threads: a command that is sent again may be carried out by one actor
/// while another one still holds it.
class command_witness {
public:
  /// The command's events are durable, and the last of them has that version.
  void note(stream_version last, std::vector<encoded_message> events) {
    std::lock_guard lock(mutex_);
    noted_ = {last, std::move(events)};
  }

  /// The events whose last one has that version; none where nobody noted them: then they are in the stream alone.
  [[nodiscard]] auto take(stream_version last) -> std::optional<std::vector<encoded_message>> {
    std::lock_guard lock(mutex_);
    if (!noted_ || noted_->first != last)
      return std::nullopt;
    return std::exchange(noted_, std::nullopt)->second;
  }

private:
  std::mutex mutex_; // guards what follows
  std::optional<std::pair<stream_version, std::vector<encoded_message>>> noted_;
};

} // namespace tusker
