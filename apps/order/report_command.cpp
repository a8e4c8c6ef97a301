#include <order/report_command.hpp>

#include <order/order_report.hpp>
#include <order/order_rows.hpp>
#include <order/projections/order_summary.hpp>
#include <order/projections/revenue_by_day.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>

#include <cstdio>
#include <string>

namespace order_demo {

namespace {

auto read_report(const std::filesystem::path& data) -> tusker::result<order_report> {
  auto side = tusker::cli::open_read_side(data, tusker::open_mode::read_only);
  if (!side)
    return tusker::fail(side.error());
  return make_report(*side);
}

} // namespace

auto run_report(const tusker::cli::data_options& options) -> tusker::cli::exit_status {
  auto report = read_report(options.data);
  if (!report)
    return tusker::cli::report_error("order", report.error(), options.format());
  auto behind = behind_text(std::string(order_summary::name), report->summary_behind, options.data) +
                behind_text(std::string(revenue_by_day::name), report->revenue_behind, options.data);
  std::fputs(behind.c_str(), stderr);
  tusker::cli::print(options.as_json ? report_json(*report)
                                     : report_text(*report, tusker::cli::inspect_terminal(1)));
  return tusker::cli::exit_status::ok;
}

} // namespace order_demo
