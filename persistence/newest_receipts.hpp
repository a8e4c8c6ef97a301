#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/persistence/journal_rows.hpp>
#include <tusker/persistence/lmdb_names.hpp>

#include <cstdint>
#include <unordered_map>

namespace tusker {

/// Of each shard the command whose receipt stands last. Receipts stand in the order of their commands' ids, which begin
/// with a time, so nearly every command is beyond all of its shard and has none: nothing need be looked up for it. What
/// is known may only be too late, since receipts that were dropped may have been the last ones.
class newest_receipts {
public:
  /// Whether no receipt of the shard has this command's id or a later one. Looks the last one up when it is asked for
  /// the first time. Errors: as `journal_rows::find`; a key that is none is `journal_errc::corrupt`.
  [[nodiscard]] auto is_beyond(const journal_rows& rows, MDB_dbi receipts, shard_id shard, command_id command)
      -> result<bool>;

  /// A receipt was put.
  void note(shard_id shard, command_id command);

private:
  std::unordered_map<std::uint16_t, command_id> newest_; ///< By shard; nil: none.
};

} // namespace tusker
