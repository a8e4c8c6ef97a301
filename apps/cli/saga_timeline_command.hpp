#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/saga_choice.hpp>

namespace tusker::cli {

enum class timeline_extent {
  ends, ///< Rows that are alike are put together, and of very many the first and the last are shown.
  all,  ///< A row for each move.
};

/// `saga timeline ID`: what an instance did, in order; what it undid is drawn as arrows back to the steps. JSON: all
/// moves, an object a line: `transition`, `at`, `input`, `input_detail`, `act`, `step`, `item`, `attempt`, `count`,
/// `due`, `detail`; what a move does not have is null.
[[nodiscard]] auto run_saga_timeline(const saga_choice& wanted, timeline_extent extent,
                                     const registered_types& types, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
