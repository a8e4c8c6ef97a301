#pragma once

#include <tusker/bench/raw_environment.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>

namespace tusker::bench {

/// What a table of LMDB holds.
struct table_content {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0; ///< Of keys and values.
};

/// Walks over all rows, whose values it does not look at. Errors: as `lmdb_error`.
[[nodiscard]] auto content_of(const raw_environment& env, const char* table) -> result<table_content>;

} // namespace tusker::bench
