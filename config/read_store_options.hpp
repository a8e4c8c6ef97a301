#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace tusker {

/// How much one commit to a read store may hold. Past a limit it is refused with `read_store_errc::too_large`. How long
/// keys and names may be is the contract's: see `read_write.hpp`.
struct read_store_limits {
  /// One row's value, in bytes. 1 to 64 MiB.
  std::size_t value_bytes_max = std::size_t{1} << 20U;
  /// Rows put and erased, and index entries of those put: so many together. 1 to 65,536.
  std::size_t commit_entries_max = 16'384;
  /// Keys, values and index keys together, in bytes. At least `value_bytes_max`, at most 256 MiB.
  std::size_t commit_bytes_max = std::size_t{16} << 20U;
};

struct read_store_options {
  /// The folder that holds the store; made with mode 0700 when it is not there.
  std::filesystem::path directory = {};
  open_mode mode = open_mode::create_or_open;
  /// The id of the journal whose events the rows are made of. A store of another journal is refused. Nil takes the
  /// store of whichever journal, and cannot make one.
  uuid journal = {};
  /// How far the data file can grow before its map has to be made larger, in bytes of address space. From 1 MiB to
  /// 16 TiB.
  std::uint64_t map_bytes = std::uint64_t{64} << 30U;
  /// The most the data file may grow to, in bytes: past it commits are refused with `storage_full`. From `map_bytes`
  /// to 16 TiB.
  std::uint64_t map_bytes_max = std::uint64_t{1} << 40U;
  /// Reads that may be open at one time, over all processes. From 8 to 65,536.
  unsigned readers_max = 1024;
  /// A read that takes longer is counted, since it keeps old pages from being used again. From 1 ms to an hour.
  std::chrono::milliseconds long_read{1'000};
  read_store_limits limits = {};
};

/// Where a node keeps the read store beside its journal. The folder can be deleted whenever nobody has it open: the
/// projections are then built anew.
[[nodiscard]] inline auto read_store_folder(const std::filesystem::path& journal_directory)
    -> std::filesystem::path {
  return journal_directory / "read";
}

/// Errors: `config_errc::out_of_range`, `config_errc::missing`, with the option's name.
[[nodiscard]] auto check(const read_store_limits& limits) -> result<void>;
[[nodiscard]] auto check(const read_store_options& options) -> result<void>;

} // namespace tusker
