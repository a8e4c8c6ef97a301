#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/persistence/read_store.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>

/// A projection whose rows are a function of its offset, so that one question tells whether a store is sound: are
/// these the rows of that offset, exactly?
namespace tusker::faults {

[[nodiscard]] auto read_options_in(const std::filesystem::path& site) -> read_store_options;

/// Where the projection is; 0 also when it is not there. None when its rows are not those of its offset.
[[nodiscard]] auto projected_to(const read_store& store) -> std::optional<std::uint64_t>;

/// Commits the rows of the next event; adds the projection if it has to.
[[nodiscard]] auto project_next(read_store& store) -> result<void>;

} // namespace tusker::faults
