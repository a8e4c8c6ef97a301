#pragma once

#include <tusker/model/command_outcome.hpp>
#include <tusker/model/content_hash.hpp>

namespace tusker {

/// What a journal keeps under (stream, command id): what the command came to, and the hash that tells it from
/// another command under the same id.
struct stored_receipt {
  content_hash hash;
  command_outcome outcome;

  friend auto operator==(const stored_receipt&, const stored_receipt&) -> bool = default;
};

} // namespace tusker
