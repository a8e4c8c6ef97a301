#pragma once

#include <system_error>

namespace tusker {

/// What can go wrong with a journal.
enum class journal_errc {
  version_conflict =
      1,             ///< The stream has another version than the writer expected. Detail: `version_conflict`.
  command_id_reused, ///< The command id was used before, for another command.
  fenced,            ///< The writer's epoch is not the shard's: somebody else owns the shard now.
  too_large,         ///< An item is past one of `append_limits`.
  invalid_item, ///< An item contradicts itself: a shard that is not its stream's, a rejection with events.
  storage_full, ///< Disk or map is full. Nothing of the batch was written; what was there is kept.
  io_error,     ///< The disk failed. Whether the last batch is durable is unknown until the next open.
  corrupt,      ///< Stored bytes are not what was written.
  not_found,    ///< There is no journal here.
  locked,       ///< Another process owns the journal.
  unsupported_format, ///< A journal of another format version, or no journal at all.
  read_only,          ///< The journal was opened for reading.
  too_many_readers,   ///< More read transactions than `journal_options::readers_max`.
  command_expired,    ///< The command id is older than the receipts that are kept.
  stream_tombstoned,  ///< The stream was closed for good.
  events_truncated,   ///< Events that are needed were truncated, and no snapshot stands in for them.
};

[[nodiscard]] auto journal_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(journal_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::journal_errc> : std::true_type {};
