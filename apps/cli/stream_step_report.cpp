#include <tusker/cli/stream_step_report.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_stream.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <cstdint>
#include <variant>

namespace tusker::cli {

namespace {

struct told_position {
  log_id log;
  log_offset offset;
  static constexpr auto schema =
      record("Position", field("log", &told_position::log), field("offset", &told_position::offset));
};

struct told_append {
  std::string stream;
  stream_version version;
  std::optional<told_position> at;
  event_id event;
  command_id under;
  static constexpr auto schema =
      record("Append", field("stream", &told_append::stream), field("version", &told_append::version),
             field("position", &told_append::at), field("event_id", &told_append::event),
             field("command_id", &told_append::under));
};

struct told_loss {
  std::string stream;
  stream_version version;
  stream_version first;
  std::uint64_t events = 0;
  static constexpr auto schema =
      record("Loss", field("stream", &told_loss::stream), field("version", &told_loss::version),
             field("first", &told_loss::first), field("events", &told_loss::events));
};

} // namespace

auto append_json(const append_report& report) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "appended", report.at.has_value());
  json_field(out, "stream", report.stream);
  json_field(out, "version", report.version);
  out.key("position");
  if (report.at) {
    out.begin_object();
    json_field(out, "log", report.at->log);
    json_field(out, "offset", report.at->offset);
    out.end_object();
  } else {
    out.null();
  }
  json_field(out, "event_id", report.event);
  json_field(out, "command_id", report.under);
  out.end_object();
  return json_line(std::move(out));
}

auto read_append_report(std::string_view json) -> result<append_report> {
  auto told = decode<told_append>(json);
  if (!told)
    return fail(told.error());
  auto at = told->at ? std::optional(position{told->at->log, told->at->offset}) : std::nullopt;
  return append_report{std::move(told->stream), told->version, at, told->event, told->under};
}

auto loss_json(const stream_loss_plan& plan, step_kind kind) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "done", kind == step_kind::deed);
  json_field(out, "stream", plan.stream.name());
  json_field(out, "version", plan.version);
  json_field(out, "first", plan.first);
  json_field(out, "events", plan.events);
  out.end_object();
  return json_line(std::move(out));
}

auto read_loss_report(std::string_view json) -> result<stream_loss_plan> {
  auto told = decode<told_loss>(json);
  if (!told)
    return fail(told.error());
  return stream_id::parse(told->stream).map([&](stream_id stream) {
    return stream_loss_plan{std::move(stream), told->version, told->first, told->events};
  });
}

auto plan_of(const journal_reader& journal, const stream_step& step) -> result<stream_loss_plan> {
  const auto* truncation = std::get_if<truncate_events>(&step.change);
  auto plan = truncation != nullptr ? plan_truncation(journal, step.stream, truncation->before)
                                    : plan_tombstone(journal, step.stream);
  if (plan || plan.error().code() != journal_errc::not_found)
    return plan;
  auto nearest = nearest_stream(journal, step.stream);
  return fail(cli_errc::not_found,
              plan.error().message() + (nearest ? "; did you mean '" + nearest->name() + "'?" : ""));
}

auto try_append(const journal_reader& journal, const stream_step& step) -> result<append_report> {
  auto head = journal.stream_head(step.stream);
  if (!head)
    return fail(head.error());
  if (!is_met(step.expected, *head))
    return fail(outcome_of(step, version_conflict{step.expected, *head}).error());
  return append_report{step.stream.name(), head->next(), std::nullopt, event_id_of(step), step.under};
}

auto report_of(const stream_step& step, const stream_step_outcome& outcome) -> append_report {
  return {step.stream.name(), outcome.version, outcome.at, event_id_of(step), step.under};
}

} // namespace tusker::cli
