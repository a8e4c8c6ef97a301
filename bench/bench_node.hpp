#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/answer_book.hpp>
#include <tusker/bench/tally.hpp>
#include <tusker/model/result.hpp>

#include <CLI/CLI.hpp>

#include <cstdint>

namespace tusker::bench {

/// A started node that hosts tallies. Errors: those of `runtime::open` and `runtime::start`.
[[nodiscard]] auto start_tally_node(const runtime_options& options) -> result<runtime>;

/// Adds 1 to a tally.
auto add_one(runtime& node, std::uint64_t number) -> pending<receipt>;

/// Whether every tally is in the journal as the book says.
[[nodiscard]] auto are_tallies_right(const runtime& node, const answer_book& book) -> bool;

/// Adds `--durable`, which is `--durability` too, by its names in `enum_names<durability>`.
void add_durable_option(CLI::App& command, durability& durable);

/// Adds `--commits`, with what is set as its default.
void add_commits_option(CLI::App& command, commit_way& commits);

} // namespace tusker::bench
