#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/saga_choice.hpp>
#include <tusker/persistence/saga_wish.hpp>

namespace tusker::cli {

/// What an operator wants of an instance of a saga.
struct saga_wish_options {
  saga_choice choice;
  saga_wish wish;
  bool is_dry = false; ///< Only say whether it can be.
};

/// `saga retry ID`, `saga compensate ID --reason R`: the node that runs carries the wish out; while none runs, it
/// is left with the journal, for the next one. Ends with `failed` when the instance cannot do so as it stands, or a
/// wish was left before. JSON: `saga`, `key`, `wish`, `left`, `carried_out`.
[[nodiscard]] auto run_saga_wish(const saga_wish_options& wanted, const registered_types& types,
                                 const data_options& options) -> exit_status;

} // namespace tusker::cli
