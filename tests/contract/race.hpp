#pragma once

#include "whole_log.hpp"

#include <tusker/persistence/journal.hpp>

namespace tusker::contract {

struct race_options {
  std::size_t clients = 8;
  std::size_t readers = 2;
  /// How many appends each client has to get in.
  std::size_t wins_each = 12;
};

/// Lets several clients append to one stream, each exactly behind the version it saw, while readers read the log.
/// Faults: a version with more or fewer than one winner; a reader that saw a gap, or an event that was not announced
/// by `head` or by the slice itself. REQUIRES: an empty journal.
[[nodiscard]] auto faults_of_race(journal& empty, const race_options& options) -> fault_list;

} // namespace tusker::contract
