#include <order/demo_report.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>

#include <cmath>
#include <utility>

namespace order_demo {

namespace {

using tusker::cli::fixed;
using tusker::cli::grouped;
using tusker::cli::json_field;
using tusker::cli::terminal;
using tusker::cli::text_style;

/// More digits than mean something only make the line long.
auto rounded(double number, int digits) -> double {
  auto scale = std::pow(10.0, digits);
  return std::round(number * scale) / scale;
}

/// How it went, in one sentence.
auto verdict(const demo_report& report, const terminal& where) -> std::string {
  auto all = grouped(report.orders);
  if (report.interrupted) {
    auto given_up = report.stopped == 0
                        ? std::string("all of them were answered.")
                        : grouped(report.stopped) + " commands were given up, and may be stored or not.";
    return tusker::cli::styled("✘", text_style::bad, where) + " Interrupted after " + all +
           " orders: " + given_up +
           " What was acknowledged is durable; run it again on the same data to go on.";
  }
  if (!report.is_all_well()) {
    return tusker::cli::styled("✘", text_style::bad, where) + " " + grouped(report.verified) + " of " + all +
           " orders were read back equal to the input; standard error says what is wrong.";
  }
  auto good = report.orders == 0 ? "There were no orders."
                                 : "All " + all + " orders were read back equal to the input.";
  return tusker::cli::styled("✔", text_style::good, where) + " " + good;
}

auto where_it_is(const demo_report& report) -> std::string {
  if (!report.data)
    return "  The journal was temporary and is removed. To keep it: order demo --data DIR";
  return "  The journal is in " + tusker::cli::printable(*report.data) +
         "; look around with: order report --data " + tusker::cli::printable(*report.data);
}

} // namespace

auto demo_report::is_all_well() const -> bool {
  return !interrupted && stopped == 0 && malformed == 0 && rejected == 0 && failed == 0 &&
         verified == orders && (place_only || stored.open == 0) && sagas.open == 0 && sagas.stuck == 0 &&
         dead_letters == 0;
}

auto to_json_line(const demo_report& report) -> std::string {
  tusker::json_writer out;
  out.begin_object();
  json_field(out, "orders", report.orders);
  json_field(out, "placed", report.placed);
  json_field(out, "duplicates", report.duplicates);
  json_field(out, "rejected", report.rejected);
  json_field(out, "confirmed", report.stored.confirmed);
  out.key("cancelled");
  out.begin_object();
  json_field(out, "out_of_stock", report.stored.out_of_stock);
  json_field(out, "payment_declined", report.stored.payment_declined);
  json_field(out, "other", report.stored.other);
  out.end_object();
  json_field(out, "revenue_cents", report.stored.revenue_cents);
  json_field(out, "stock_left", report.stock_left);
  json_field(out, "dead_letters", report.dead_letters);
  out.key("sagas");
  out.begin_object();
  json_field(out, "completed", report.sagas.completed);
  json_field(out, "compensated", report.sagas.compensated);
  json_field(out, "stuck", report.sagas.stuck);
  json_field(out, "open", report.sagas.open);
  out.end_object();
  json_field(out, "retries", report.retries);
  json_field(out, "events", report.events);
  json_field(out, "seconds", rounded(report.seconds, 3));
  json_field(out, "orders_per_second", rounded(report.orders_per_second, 1));
  json_field(out, "p50_ms", rounded(report.p50_ms, 3));
  json_field(out, "p99_ms", rounded(report.p99_ms, 3));
  json_field(out, "mean_batch", rounded(report.mean_batch, 1));
  json_field(out, "peak_live_actors", report.peak_live_actors);
  json_field(out, "rss_anon_mb", rounded(report.rss_anon_mb, 1));
  json_field(out, "malformed", report.malformed);
  json_field(out, "failed", report.failed);
  json_field(out, "verified", report.verified);
  json_field(out, "interrupted", report.interrupted);
  json_field(out, "stopped", report.stopped);
  json_field(out, "left_behind", report.left_behind);
  json_field(out, "data", report.data);
  out.end_object();
  return tusker::cli::json_line(std::move(out));
}

auto to_text(const demo_report& report, const terminal& where) -> std::string {
  using tusker::cli::alignment;
  tusker::cli::text_table table({{"Order demo", alignment::left}, {"", alignment::right}});
  table.add_row({"Orders in the input", grouped(report.orders)});
  table.add_row({"  placed", grouped(report.placed)});
  table.add_row({"  duplicates", grouped(report.duplicates)});
  table.add_row({"  rejected", grouped(report.rejected)});
  table.add_row({"  read back equal", grouped(report.verified)});
  table.add_rule();
  table.add_row({"Confirmed", grouped(report.stored.confirmed)});
  table.add_row({"  revenue, cents", grouped(static_cast<std::uint64_t>(report.stored.revenue_cents))});
  table.add_row({"Cancelled: out of stock", grouped(report.stored.out_of_stock)});
  table.add_row({"Cancelled: payment declined", grouped(report.stored.payment_declined)});
  if (report.stored.other > 0)
    table.add_row({"Cancelled: other reasons", grouped(report.stored.other)});
  if (report.stored.open > 0)
    table.add_row({"Not fulfilled yet", grouped(report.stored.open)});
  if (report.sagas.stuck > 0)
    table.add_row({"Sagas that are stuck", grouped(report.sagas.stuck)});
  if (report.dead_letters > 0)
    table.add_row({"Dead letters", grouped(report.dead_letters)});
  table.add_row({"Payments asked for again", grouped(report.retries)});
  table.add_row({"Units left in stock", grouped(static_cast<std::uint64_t>(report.stock_left))});
  if (report.failed > 0)
    table.add_row({"Failed commands", grouped(report.failed)});
  if (report.stopped > 0)
    table.add_row({"Given up at the end", grouped(report.stopped)});
  if (report.left_behind > 0)
    table.add_row({"Actors that did not end", grouped(report.left_behind)});
  if (report.malformed > 0)
    table.add_row({"Malformed lines", grouped(report.malformed)});
  table.add_rule();
  table.add_row({"Orders per second", fixed(report.orders_per_second, 0)});
  table.add_row({"Seconds", fixed(report.seconds, 3)});
  table.add_row({"Median latency, ms", fixed(report.p50_ms, 2)});
  table.add_row({"99th percentile, ms", fixed(report.p99_ms, 2)});
  table.add_rule();
  table.add_row({"Events stored", grouped(report.events)});
  table.add_row({"Commands per commit", fixed(report.mean_batch, 1)});
  table.add_row({"Most aggregates in memory", grouped(report.peak_live_actors)});
  table.add_row({"Memory, MiB", fixed(report.rss_anon_mb, 0)});
  return table.to_text(where) + verdict(report, where) + "\n" + where_it_is(report) + "\n";
}

} // namespace order_demo
