#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal.hpp>

#include <filesystem>

namespace tusker::contract {

/// What a golden journal is made and opened with.
[[nodiscard]] auto golden_options(const std::filesystem::path& folder) -> journal_options;

/// All that format 1 could hold when it was pinned, made of constants.
void write_golden(journal& to);

/// Checks that both show the same: events, streams, owners, timers, outbox entries, snapshots, notes, receipts.
void compare_golden(const journal& one, const journal& other);

} // namespace tusker::contract
