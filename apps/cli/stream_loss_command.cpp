#include <tusker/cli/stream_loss_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/cli/stream_step_report.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/random_id.hpp>

#include <string>
#include <utility>
#include <variant>

namespace tusker::cli {

namespace {

auto read_step(const stream_loss_options& wanted) -> result<stream_step> {
  auto stream = stream_id::parse(wanted.stream);
  if (!stream)
    return fail(cli_errc::usage, stream.error().message());
  stream_step step;
  step.stream = std::move(*stream);
  if (wanted.before)
    step.change = truncate_events{stream_version(*wanted.before)};
  else
    step.change = tombstone_stream{};
  step.under = command_id(random_uuid(wall_time()));
  return step;
}

/// `3 of 5 events of the stream 'order-1'`
auto loss_text(const stream_loss_plan& plan) -> std::string {
  auto shown = plan.version.next().value() - plan.first.value();
  return grouped(plan.events) + " of " + grouped(shown) + " events of the stream '" +
         printable(plan.stream.name()) + "'";
}

auto question(const stream_loss_plan& plan, const stream_loss_options& wanted) -> std::string {
  auto text = loss_text(plan) + " will be gone for good";
  return text + (wanted.before ? "." : ", and nothing can be appended to it any more.");
}

/// A truncation that takes nothing needs nobody's word.
auto obtain_word(const stream_loss_plan& plan, const stream_loss_options& wanted) -> result<void> {
  return plan.events > 0 || !wanted.before ? obtain_consent(question(plan, wanted), wanted.agreed)
                                           : result<void>();
}

/// Of a stream that has grown since somebody was asked more would go than he was told.
void expect_what_was_told(const stream_loss_plan& plan, stream_step& step) {
  if (std::holds_alternative<tombstone_stream>(step.change))
    step.expected = plan.version;
}

/// The body of `POST /streams/NAME/truncate` and `/tombstone`.
auto body_of(const stream_step& step, step_kind kind) -> std::string {
  json_writer out;
  out.begin_object();
  if (const auto* truncation = std::get_if<truncate_events>(&step.change))
    json_field(out, "before", truncation->before);
  json_field(out, "expected", to_string(step.expected));
  json_field(out, "dry_run", kind == step_kind::trial);
  out.end_object();
  return json_line(std::move(out));
}

auto ask_for(running_node& node, const stream_step& step, step_kind kind) -> result<stream_loss_plan> {
  const auto* verb = std::holds_alternative<tombstone_stream>(step.change) ? "tombstone" : "truncate";
  return node.post(target_of({"streams", step.stream.name(), verb}), body_of(step, kind))
      .and_then([](const std::string& answer) { return read_loss_report(answer); });
}

/// Has the node that runs do it.
auto take_away_by(running_node& node, stream_step step, const stream_loss_options& wanted)
    -> result<stream_loss_plan> {
  auto plan = ask_for(node, step, step_kind::trial);
  if (!plan || wanted.agreed.is_dry)
    return plan;
  if (auto agreed = obtain_word(*plan, wanted); !agreed)
    return fail(agreed.error());
  expect_what_was_told(*plan, step);
  return ask_for(node, step, step_kind::deed);
}

auto take_away_locally(stream_step step, const stream_loss_options& wanted, const data_options& options)
    -> result<stream_loss_plan> {
  auto journal = wanted.agreed.is_dry ? open_read_only(options.data) : open_to_write(options);
  auto plan = journal ? plan_of(**journal, step) : fail(journal.error());
  if (!plan || wanted.agreed.is_dry)
    return plan;
  if (auto agreed = obtain_word(*plan, wanted); !agreed)
    return fail(agreed.error());
  expect_what_was_told(*plan, step);
  auto done = take_step(**journal, step, wall_time());
  return done ? plan : fail(done.error());
}

auto take_away(const stream_loss_options& wanted, const data_options& options) -> result<stream_loss_plan> {
  auto step = read_step(wanted);
  if (!step)
    return fail(step.error());
  auto node = running_node::find(options.data);
  return node ? take_away_by(*node, std::move(*step), wanted)
              : take_away_locally(std::move(*step), wanted, options);
}

} // namespace

auto run_stream_loss(const stream_loss_options& wanted, const data_options& options) -> exit_status {
  auto plan = take_away(wanted, options);
  if (!plan)
    return report_error(options.program, plan.error(), options.format());
  if (options.as_json)
    print(loss_json(*plan, wanted.agreed.is_dry ? step_kind::trial : step_kind::deed));
  else
    print(loss_text(*plan) + (wanted.agreed.is_dry ? " would be gone\n" : " are gone\n"));
  return exit_status::ok;
}

} // namespace tusker::cli
