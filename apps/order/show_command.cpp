#include <order/show_command.hpp>

#include <order/order_text.hpp>
#include <order/stored_order.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/model/codec.hpp>

namespace order_demo {

namespace {

auto render(const std::string& order_id, const tusker::cli::data_options& options)
    -> tusker::result<std::string> {
  auto journal = tusker::cli::open_read_only(options.data);
  if (!journal)
    return tusker::fail(journal.error());
  auto stored = load_order(**journal, order_id);
  if (!stored)
    return tusker::fail(stored.error());
  if (!options.as_json)
    return order_text(*stored, tusker::cli::inspect_terminal(1));
  return tusker::encode(stored->state).map([&](const std::string& json) {
    return tusker::cli::with_json_member(json, "version", std::to_string(stored->version.value())) + "\n";
  });
}

} // namespace

auto run_show(const std::string& order_id, const tusker::cli::data_options& options)
    -> tusker::cli::exit_status {
  auto text = render(order_id, options);
  if (!text)
    return tusker::cli::report_error("order", text.error(), options.format());
  tusker::cli::print(*text);
  return tusker::cli::exit_status::ok;
}

} // namespace order_demo
