#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/saga_choice.hpp>

namespace tusker::cli {

/// `saga show ID`: where an instance stands: its phase and why, how many items of each step are done, and what is under
/// way, with deadlines. JSON: one object, with the keys of `saga ls`, `started`, `stuck_in`, `stands_at` (`step`,
/// `why`), `waits` (an operator's wish that no node has carried out yet), `steps` (with counts) and `open` (`step`,
/// `item`, `state`, `attempt`, `call`, `target`, `due`).
[[nodiscard]] auto run_saga_show(const saga_choice& wanted, const registered_types& types,
                                 const data_options& options) -> exit_status;

} // namespace tusker::cli
