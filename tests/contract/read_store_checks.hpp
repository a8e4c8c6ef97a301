#pragma once

#include "whole_log.hpp"

#include <tusker/persistence/read_store.hpp>

#include <cstdint>

/// The core of the read store's contract as checkers. Each is run against every engine, and against a store that is
/// broken in just that point, which it must find out (see read_store_controls.cpp). REQUIRES, of all: an empty store.
namespace tusker::contract {

/// Commits that are refused, for each reason there is, change neither rows nor offsets.
[[nodiscard]] auto faults_of_refused_commits(read_store& empty) -> fault_list;

/// Random puts, erases and clears, after each of which rows, index entries, counts and offset are those of a map.
[[nodiscard]] auto faults_of_random_writes(read_store& empty, std::uint32_t seed) -> fault_list;

} // namespace tusker::contract
