#include <order/projections/stock_levels.hpp>

namespace order_demo {

namespace {

template <class Change>
auto change_level(const std::string& sku, tusker::read_model& to, const Change& change)
    -> tusker::result<void> {
  return to.upsert(stock_levels::articles.at(sku), [&](stock_level& row) {
    change(row);
    row.available = row.received - row.reserved;
  });
}

} // namespace

auto stock_levels::on(const stock_received& happened, const tusker::event_context& /*at*/,
                      tusker::read_model& to) -> tusker::result<void> {
  return change_level(happened.sku, to, [&](stock_level& row) {
    row.name = happened.name;
    row.received += happened.quantity;
  });
}

auto stock_levels::on(const inventory_reserved& happened, const tusker::event_context& /*at*/,
                      tusker::read_model& to) -> tusker::result<void> {
  return change_level(happened.sku, to, [&](stock_level& row) { row.reserved += happened.quantity; });
}

auto stock_levels::on(const inventory_reservation_failed& happened, const tusker::event_context& /*at*/,
                      tusker::read_model& to) -> tusker::result<void> {
  return change_level(happened.sku, to, [](stock_level& row) { ++row.refused; });
}

auto stock_levels::on(const inventory_released& happened, const tusker::event_context& /*at*/,
                      tusker::read_model& to) -> tusker::result<void> {
  // A release that came before its reservation gives nothing back: its quantity is 0.
  return change_level(happened.sku, to, [&](stock_level& row) { row.reserved -= happened.quantity; });
}

auto stock_levels::answer(const find_stock& asked, const tusker::read_rows& from)
    -> tusker::result<find_stock::answer> {
  return from.get(articles.at(asked.sku));
}

} // namespace order_demo
