#include <order/projections/order_summary.hpp>

#include <order/domain/order_validation.hpp>

#include <tusker/model/given_projection.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;
using tusker::in_stream;
using tusker::log_offset;

namespace {

auto at_second(int second) -> tusker::timestamp {
  return tusker::timestamp(std::chrono::seconds(second));
}

auto created(const std::string& id, const std::string& day) -> order_created {
  return {id, "c-1", day, "Ann", "France", {{"sku-1", 3, 1000, 10}}, 2700};
}

auto pending_row(const std::string& id, const std::string& day, std::uint64_t place) -> order_summary_row {
  order_summary_row row;
  row.order_id = id;
  row.customer_id = "c-1";
  row.status = order_status::pending;
  row.total_cents = 2700;
  row.ordered_on = day;
  row.place = log_offset(place);
  row.created = at_second(1);
  return row;
}

/// The ids of the rows in the order of an index.
auto ids_by(const std::string& index, std::vector<order_summary_row> rows) -> std::vector<std::string> {
  auto key_of = [&](const order_summary_row& row) {
    for (const auto& entry : order_summary::orders.entries_of(row))
      if (entry.index == index)
        return entry.key + order_summary::orders.key_of(row);
    return std::string();
  };
  std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  std::vector<std::string> ids;
  ids.reserve(rows.size());
  for (const auto& row : rows)
    ids.push_back(row.order_id);
  return ids;
}

} // namespace

TEST_CASE("an order that is placed has a row") {
  CHECK(given<order_summary>(in_stream("order-o-1", created("o-1", "2025-03-01")).at(at_second(1)))
            .then(order_summary::orders, pending_row("o-1", "2025-03-01", 1)));
}

TEST_CASE("an order's row knows when it was paid and confirmed") {
  auto row = pending_row("o-1", "2025-03-01", 1);
  row.status = order_status::confirmed;
  row.paid = at_second(2);
  row.confirmed = at_second(3);
  CHECK(given<order_summary>(in_stream("order-o-1", created("o-1", "2025-03-01")).at(at_second(1)),
                             in_stream("order-o-1", order_paid{"o-1", "p-1", 2700}).at(at_second(2)),
                             in_stream("order-o-1", order_confirmed{"o-1"}).at(at_second(3)))
            .then(order_summary::orders, row));
}

TEST_CASE("an order's row knows when and why it was cancelled") {
  auto row = pending_row("o-1", "2025-03-01", 1);
  row.status = order_status::cancelled;
  row.cancelled = at_second(5);
  row.cancel_reason = "too late";
  CHECK(given<order_summary>(in_stream("order-o-1", created("o-1", "2025-03-01")).at(at_second(1)),
                             in_stream("order-o-1", order_cancelled{"o-1", "too late"}).at(at_second(5)))
            .then(order_summary::orders, row));
}

TEST_CASE("the newest order is that of the latest day, and of one day the one that came last") {
  auto rows = std::vector{pending_row("a", "2025-03-01", 7), pending_row("b", "2025-03-02", 1),
                          pending_row("c", "2025-03-01", 9), pending_row("d", "1996-07-04", 10)};
  auto expected = std::vector<std::string>{"b", "c", "a", "d"};
  CHECK(ids_by("newest", rows) == expected);
  CHECK(ids_by("by_customer", rows) == expected);
  CHECK(ids_by("by_status", rows) == expected);
}

TEST_CASE("an order whose beginning is not there is an error, not half a row") {
  auto told = given<order_summary>(in_stream("order-o-1", order_confirmed{"o-1"}));
  REQUIRE(told.failure());
  CHECK(told.failure()->code() == tusker::model_errc::row_not_found);
}

TEST_CASE("the longest ids that an order can have fit into its indexes") {
  auto row = pending_row(std::string(order_id_bytes_max, 'x'), "2025-03-01", 1);
  row.customer_id = std::string(order_id_bytes_max, 'y');
  // What a read store takes of one index: the key, each zero byte twice, two bytes, and the row's key.
  for (const auto& entry : order_summary::orders.entries_of(row)) {
    auto zeros = static_cast<std::size_t>(std::count(entry.key.begin(), entry.key.end(), '\0'));
    CHECK(entry.key.size() + zeros + 2 + order_summary::orders.key_of(row).size() <= 500);
  }
}
