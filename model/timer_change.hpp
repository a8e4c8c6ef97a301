#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// That a timer be set, or cancelled.
struct timer_wish {
  std::string name;
  timestamp due;
  /// The command that it brings; none cancels it.
  std::optional<result<encoded_message>> command;
};

/// Timers that one step of a stream cancels, and then sets.
struct timer_change {
  std::vector<timer_entry> set;
  std::vector<timer_key> cancelled;

  friend auto operator==(const timer_change&, const timer_change&) -> bool = default;
};

/// What the wishes of an aggregate come to, in their order: the last one about a timer counts. Errors: those of
/// `make_timer`; that of a wish's command.
[[nodiscard]] auto to_timer_change(const stream_id& owner, const std::vector<timer_wish>& wishes,
                                   const metadata& meta) -> result<timer_change>;

} // namespace tusker
