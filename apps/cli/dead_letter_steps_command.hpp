#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker::cli {

/// What is to be done about dead letters.
struct dead_letter_steps {
  dead_letter_choice choice;
  /// Those at these offsets, of the subscriber that is chosen; or all that are chosen.
  std::vector<std::uint64_t> offsets;
  bool is_all = false;
  bool is_dry = false; ///< Only say which.
  std::string reason;
};

/// Has dead letters delivered again. Where the program has their subscriber it runs a node until each has come through
/// or is a dead letter again; else the next node that runs does it.
[[nodiscard]] auto run_dead_letter_retry(const dead_letter_steps& wanted, const registered_types& types,
                                         const data_options& options) -> exit_status;

/// Gives dead letters up for good.
[[nodiscard]] auto run_dead_letter_drop(const dead_letter_steps& wanted, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
