#include <order/history_command.hpp>

#include <order/stored_order.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/event_view.hpp>
#include <tusker/cli/read_only_journal.hpp>

namespace order_demo {

namespace {

auto print_events(const std::string& order_id, const tusker::cli::data_options& options)
    -> tusker::result<void> {
  auto journal = tusker::cli::open_read_only(options.data);
  if (!journal)
    return tusker::fail(journal.error());
  auto where = tusker::cli::inspect_terminal(1);
  return read_order_events(**journal, order_id,
                           [&](const tusker::recorded_event& event) -> tusker::result<void> {
                             tusker::cli::print(options.as_json ? tusker::cli::event_json(event)
                                                                : tusker::cli::event_text(event, where));
                             return {};
                           });
}

} // namespace

auto run_history(const std::string& order_id, const tusker::cli::data_options& options)
    -> tusker::cli::exit_status {
  auto printed = print_events(order_id, options);
  if (!printed)
    return tusker::cli::report_error("order", printed.error(), options.format());
  return tusker::cli::exit_status::ok;
}

} // namespace order_demo
