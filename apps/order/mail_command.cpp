#include <order/mail_command.hpp>

#include <order/coming_to_rest.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/node_watch.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/program_log.hpp>

#include <string>
#include <utility>

namespace order_demo {

namespace {

using tusker::fail;
using tusker::result;
using tusker::cli::exit_status;

auto start_node(const mail_options& mail, const tusker::cli::program_wiring& wiring,
                const tusker::cli::data_options& options, const tusker::cli::program_log& log)
    -> result<tusker::runtime> {
  const auto* how = wiring.types.queue_parts().how(mailroom_name);
  if (how == nullptr)
    return fail(tusker::cli::cli_errc::usage,
                std::string("queue '") + mailroom_name + "' is left out by " + wiring.file);
  auto settings = wiring.config.node;
  settings.log = log.sink();
  settings.journal.directory = options.data;
  settings.journal.mode = tusker::open_mode::open_existing;
  auto node = tusker::runtime::open(settings);
  if (!node)
    return node;
  auto types = wiring.types;
  add_mailroom(types, mail, *how);
  types.add_to(*node);
  types.add_subscribers_to(*node, options.data);
  if (auto started = node->start(); !started)
    return fail(started.error());
  return node;
}

auto deliver(const mail_options& mail, const tusker::cli::program_wiring& wiring,
             const tusker::cli::data_options& options) -> result<tusker::subscriber_status> {
  tusker::cli::catch_interruptions();
  tusker::cli::program_log log(wiring.config.log, options.program);
  auto node = start_node(mail, wiring, options, log);
  if (!node)
    return fail(node.error());
  tusker::cli::node_watch changes(*node, log.sink(), wiring.config.log.look_every);
  auto status = await_rest(*node, mailroom_name);
  changes.finish();
  if (!status)
    return status;
  if (auto ended = node->shutdown(); !ended)
    return fail(ended.error());
  return status;
}

} // namespace

auto run_mail(const mail_options& mail, const tusker::cli::program_wiring& wiring,
              const tusker::cli::data_options& options) -> exit_status {
  auto status = deliver(mail, wiring, options);
  if (!status)
    return tusker::cli::report_error(options.program, status.error(), options.format());
  if (options.as_json) {
    tusker::json_writer out;
    out.begin_object();
    tusker::cli::json_field(out, "handled", status->handled);
    tusker::cli::json_field(out, "failed_attempts", status->failed_attempts);
    tusker::cli::json_field(out, "dead_letters", status->dead_letters);
    tusker::cli::json_field(out, "position", status->position);
    tusker::cli::json_field(out, "parked", std::uint64_t{status->parked});
    out.end_object();
    tusker::cli::print(tusker::cli::json_line(std::move(out)));
  } else {
    tusker::cli::print(std::to_string(status->handled) + " letters written, " +
                       std::to_string(status->dead_letters) + " given up (order dead-letter ls)\n");
  }
  return tusker::cli::was_interrupted() ? exit_status::interrupted : exit_status::ok;
}

} // namespace order_demo
