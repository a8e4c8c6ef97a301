#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker {

inline constexpr std::size_t timer_name_bytes_max = 200;

/// What a timer of an aggregate holds: the command that it brings to its owner when it is due.
struct timed_command {
  /// The name under which it was set.
  std::string name;
  encoded_message command;
  /// Of whoever set it; the command is carried out with it.
  metadata meta;

  friend auto operator==(const timed_command&, const timed_command&) -> bool = default;
};

/// The one timer of its owner that has that name and is due at that time: the same for the same three, always. Its id
/// is a UUIDv7 of the due time, so timers stand in order in the journal. Errors: `model_errc::invalid_name` (1 to 200
/// bytes of UTF-8), `malformed_time` (a due time outside of the years 1970 to 9999).
[[nodiscard]] auto timer_key_of(const stream_id& owner, std::string_view name, timestamp due)
    -> result<timer_key>;

/// A timer as it goes to the journal. Errors: those of `timer_key_of`; `model_errc::not_encodable`.
[[nodiscard]] auto make_timer(const stream_id& owner, timestamp due, const timed_command& content)
    -> result<timer_entry>;

/// What a stored timer holds. Errors: `model_errc::unknown_command_type` for one that was not made by `make_timer`;
/// those of the codec.
[[nodiscard]] auto timed_command_in(const timer_entry& timer) -> result<timed_command>;

} // namespace tusker
