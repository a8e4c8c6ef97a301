#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/event_id.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker::cli {

// What became of a step by hand, in the words of the verbs and of the endpoint of a running node.

/// A trial changes nothing, and says what would be.
enum class step_kind { trial, deed };

struct append_report {
  std::string stream;
  stream_version version;
  std::optional<position> at; ///< None of a trial.
  event_id event;
  command_id under;
};

/// A line of JSON: `appended` (false of a trial), `stream`, `version`, `position` (null of a trial), `event_id`,
/// `command_id`.
[[nodiscard]] auto append_json(const append_report& report) -> std::string;

/// Reads it. Errors: those of `decode`.
[[nodiscard]] auto read_append_report(std::string_view json) -> result<append_report>;

/// A line of JSON: `done` (false of a trial), `stream`, `version`, `first` (the first version that was shown before),
/// `events` (how many went, or would).
[[nodiscard]] auto loss_json(const stream_loss_plan& plan, step_kind kind) -> std::string;

/// Reads it. Errors: those of `decode`; `model_errc::invalid_name`.
[[nodiscard]] auto read_loss_report(std::string_view json) -> result<stream_loss_plan>;

/// What a step that takes something away comes to. Errors: those of `plan_truncation` and `plan_tombstone`;
/// `cli_errc::not_found` with the nearest name.
[[nodiscard]] auto plan_of(const journal_reader& journal, const stream_step& step)
    -> result<stream_loss_plan>;

/// What an append would come to: nothing is written. Errors: those of `journal_reader::stream_head`;
/// `journal_errc::version_conflict`.
[[nodiscard]] auto try_append(const journal_reader& journal, const stream_step& step)
    -> result<append_report>;

/// What it came to.
[[nodiscard]] auto report_of(const stream_step& step, const stream_step_outcome& outcome) -> append_report;

} // namespace tusker::cli
