#pragma once

#include <tusker/model/position.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

/// A batch of the commit log: what one append made durable.
struct logged_batch {
  /// Counts up by one from batch to batch, from 1.
  std::uint64_t sequence = 0;
  /// The offset of the last event after this batch.
  log_offset head;
  /// Row changes, as `commit_log_batch` encodes them.
  std::string_view changes;

  friend auto operator==(const logged_batch&, const logged_batch&) -> bool = default;
};

/// The same with bytes of its own.
struct owned_batch {
  std::uint64_t sequence = 0;
  log_offset head;
  std::string changes;

  friend auto operator==(const owned_batch&, const owned_batch&) -> bool = default;
};

} // namespace tusker
