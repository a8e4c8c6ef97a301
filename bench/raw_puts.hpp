#pragma once

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// Puts records of a message's size into a new LMDB environment, each in a transaction of its own that is durable when
/// it returns, from so many threads at once. Returns the seconds. Errors: as `lmdb_error`.
[[nodiscard]] auto put_durably(const std::filesystem::path& folder, std::uint64_t puts, unsigned threads)
    -> result<double>;

} // namespace tusker::bench
