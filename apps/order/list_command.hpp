#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace order_demo {

struct list_options {
  std::optional<std::string> status;   ///< None: any.
  std::optional<std::string> customer; ///< None: all.
  std::optional<std::uint64_t> limit;  ///< None: all.
};

/// `order list`: the orders, the newest first (see `order_summary`). JSON: an object a line with the members of
/// `order_summary_row` and `behind`, the number of events of the journal that the rows lack. A long list is read in
/// pages, each as the rows are then: a reader that stands still would keep a writer's read store from using its space
/// again.
[[nodiscard]] auto run_list(const list_options& wanted, const tusker::cli::data_options& options)
    -> tusker::cli::exit_status;

} // namespace order_demo
