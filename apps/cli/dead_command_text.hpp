#pragma once

#include <tusker/model/dead_command.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <string>

namespace tusker::cli {

// Commands that were given up, for people and for programs. Errors of all: those of reading notes.

/// One line of a list.
[[nodiscard]] auto command_line_of(const dead_command& dead) -> std::string;

/// All that is known of it, with what it says and all its attempts.
[[nodiscard]] auto command_text(const journal_reader& journal, const dead_command& dead)
    -> result<std::string>;

/// The same as an object of JSON, in a line.
[[nodiscard]] auto command_json(const journal_reader& journal, const dead_command& dead)
    -> result<std::string>;

} // namespace tusker::cli
