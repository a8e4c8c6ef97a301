#include <tusker/cli/stream_loss_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_stream.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <utility>

namespace tusker::cli {

namespace {

auto plan_of(const journal_reader& journal, const stream_loss_options& wanted) -> result<stream_loss_plan> {
  auto stream = stream_id::parse(wanted.stream);
  if (!stream)
    return fail(cli_errc::usage, stream.error().message());
  auto plan = wanted.before ? plan_truncation(journal, *stream, stream_version(*wanted.before))
                            : plan_tombstone(journal, *stream);
  if (plan || plan.error().code() != journal_errc::not_found)
    return plan;
  auto nearest = nearest_stream(journal, *stream);
  return fail(cli_errc::not_found,
              plan.error().message() + (nearest ? "; did you mean '" + nearest->name() + "'?" : ""));
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

auto take_away(const stream_loss_options& wanted, const data_options& options) -> result<stream_loss_plan> {
  auto journal = wanted.agreed.is_dry ? open_read_only(options.data) : open_to_write(options);
  auto plan = journal ? plan_of(**journal, wanted) : fail(journal.error());
  if (!plan || wanted.agreed.is_dry)
    return plan;
  // A truncation that takes nothing needs nobody's word.
  if (plan->events > 0 || !wanted.before)
    if (auto agreed = obtain_consent(question(*plan, wanted), wanted.agreed); !agreed)
      return fail(agreed.error());
  auto done = wanted.before
                  ? truncate_stream(**journal, plan->stream, stream_version(*wanted.before), wall_time())
                  : close_stream(**journal, plan->stream, wall_time());
  return done ? plan : fail(done.error());
}

auto report_json(const stream_loss_plan& plan, bool is_dry) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "done", !is_dry);
  json_field(out, "stream", plan.stream.name());
  json_field(out, "version", plan.version);
  json_field(out, "events", plan.events);
  out.end_object();
  return json_line(std::move(out));
}

} // namespace

auto run_stream_loss(const stream_loss_options& wanted, const data_options& options) -> exit_status {
  auto plan = take_away(wanted, options);
  if (!plan)
    return report_error(options.program, plan.error(), options.format());
  if (options.as_json)
    print(report_json(*plan, wanted.agreed.is_dry));
  else
    print(loss_text(*plan) + (wanted.agreed.is_dry ? " would be gone\n" : " are gone\n"));
  return exit_status::ok;
}

} // namespace tusker::cli
