#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/stream_id.hpp>

#include <cstddef>
#include <string>

namespace tusker {

/// The longest key of a note, in bytes. An empty key is none.
inline constexpr std::size_t note_key_bytes_max = 200;

/// A small entry that the owner of a stream keeps beside its events: put, replaced and removed by items of that stream.
/// Unlike an event it leaves nothing behind when it is gone.
struct stream_note {
  /// Any bytes, zeros included. Notes of a stream stand in the order of these, byte by byte without a sign.
  std::string key;
  encoded_message content;

  friend auto operator==(const stream_note&, const stream_note&) -> bool = default;
};

/// Which notes of a stream a read is about; as it is made, all of them.
struct note_range {
  /// What their keys begin with.
  std::string prefix;
  /// Only keys behind this one, which itself need not be there. Empty: from the first on.
  std::string after;
};

/// A note and whose it is.
struct owned_note {
  stream_id owner;
  stream_note note;

  friend auto operator==(const owned_note&, const owned_note&) -> bool = default;
};

} // namespace tusker
