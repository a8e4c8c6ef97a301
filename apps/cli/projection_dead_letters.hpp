#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/dead_letter_look.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/model/result.hpp>

#include <string>

namespace tusker::cli {

/// `projection dead-letters NAME`: the events that a projection went on without, a line each; a rebuild tries them
/// again. JSON: `log`, `offset`, `stream`, `version`, `type`, `time`, `failure`, an object a line.
[[nodiscard]] auto run_projection_dead_letters(const std::string& name, const data_options& options)
    -> exit_status;

/// How dead letters are listed.
enum class letter_format { line, json };

/// Prints the events that projections went on without and that are chosen: a line each, with the projection; or an
/// object a line with `origin` and `projection` besides what `projection dead-letters` prints. A journal without rows
/// has none. They hold no time at which they were given up, so a choice by that time leaves them out.
[[nodiscard]] auto print_projection_letters(const dead_letter_choice& choice, const data_options& options,
                                            letter_format format) -> result<void>;

} // namespace tusker::cli
