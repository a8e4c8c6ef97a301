#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tusker::cli {

enum class event_form {
  current, ///< As today's types say it, where the program has them.
  stored,  ///< As it stands in the journal.
};

enum class event_list_end {
  head,         ///< The list ends with what there is.
  interruption, ///< It goes on with what comes.
};

struct event_list_options {
  std::vector<std::string> types;      ///< Only these, in the names of the wanted form; none: all.
  std::vector<std::string> categories; ///< Only of these streams; none: all.
  std::uint64_t after = 0;             ///< Only those behind this position.
  std::optional<std::uint64_t> limit;  ///< None: all.
  event_form form = event_form::current;
  event_list_end end = event_list_end::head;
};

/// `events`: the events of the journal in their order. JSON: an object a line with the keys of `cli::event_json`, and
/// `index` where it is not the first of those that a stored event stands for. What a stored event no longer says is not
/// shown. Ends with `not_found` when a type is none of the program's, with `interrupted` when it followed the journal
/// until then.
[[nodiscard]] auto run_event_list(const event_list_options& wanted, const registered_types& types,
                                  const data_options& options) -> exit_status;

} // namespace tusker::cli
