#pragma once

#include "whole_log.hpp"

#include <tusker/persistence/journal.hpp>

/// The core of the contract as checkers. Each is run against every engine, and against a journal that is broken in
/// just that point, which it must find out (see controls.cpp). REQUIRES, of all: an empty journal.
namespace tusker::contract {

/// The four expected versions, met and not met.
[[nodiscard]] auto faults_of_expected_versions(journal& empty) -> fault_list;

/// Appends to one stream within one batch, some of them refused.
[[nodiscard]] auto faults_of_chains(journal& empty) -> fault_list;

/// A command id sent again, in the same batch and later, with its own content and with another.
[[nodiscard]] auto faults_of_receipts(journal& empty) -> fault_list;

/// An item with everything an item can hold is there as a whole.
[[nodiscard]] auto faults_of_whole_items(journal& empty) -> fault_list;

/// What is truncated or closed is not shown, keeps its places, and a closed stream takes nothing.
[[nodiscard]] auto faults_of_retention(journal& empty) -> fault_list;

/// Notes are put, replaced and removed, and read in their order, by prefix and behind a key.
[[nodiscard]] auto faults_of_notes(journal& empty) -> fault_list;

/// A refused item leaves nothing at all.
[[nodiscard]] auto faults_of_refused_items(journal& empty) -> fault_list;

/// Claims of a shard, and appends under epochs that are and are not the shard's.
[[nodiscard]] auto faults_of_fencing(journal& empty) -> fault_list;

} // namespace tusker::contract
