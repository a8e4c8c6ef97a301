#pragma once

#include <tusker/cli/read_side.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/read_rows.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/typed_projection.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace order_demo {

/// The rows of one projection at one moment, and how many events of the journal they lack.
struct projected_rows {
  tusker::read_rows rows;
  std::uint64_t behind = 0;
};

/// Errors: `tusker::cli::cli_errc::not_found` when the projection has no rows yet, or only those of another version of
/// its code; the message says what is to be done.
[[nodiscard]] auto rows_of(const tusker::cli::read_side& side, const tusker::projection_type& projection)
    -> tusker::result<projected_rows>;

template <tusker::projection P>
[[nodiscard]] auto rows_of(const tusker::cli::read_side& side) -> tusker::result<projected_rows> {
  auto type = tusker::describe_projection<P>();
  if (!type)
    return tusker::fail(type.error());
  return rows_of(side, *type);
}

/// `order: the rows of order_summary lack the last 12 events…`, for standard error; empty when they lack none.
[[nodiscard]] auto behind_text(const std::string& projection, std::uint64_t behind,
                               const std::filesystem::path& data) -> std::string;

} // namespace order_demo
