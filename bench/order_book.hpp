#pragma once

#include <tusker/bench/bought_order.hpp>
#include <tusker/model/enum_names.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tusker::bench {

enum class order_standing { created, reserved, paid, confirmed, cancelled };

/// What the workloads that read make of an order.
struct book_entry {
  std::string customer;
  std::int64_t total = 0;
  order_standing status = order_standing::created;
};

/// What a book of the orders 0 to n - 1 comes to.
struct book_totals {
  std::uint64_t orders = 0;
  std::uint64_t confirmed = 0;
  std::int64_t sum = 0;

  void add(std::int64_t total, order_standing status) {
    ++orders;
    confirmed += status == order_standing::confirmed ? 1 : 0;
    sum += total;
  }

  friend auto operator==(const book_totals&, const book_totals&) -> bool = default;
};

/// What the histories of so many orders must come to.
[[nodiscard]] auto totals_of_history(std::uint64_t orders) -> book_totals;

/// All orders, in memory: the same for everybody who is compared.
class order_book {
public:
  void create(std::string order, std::string customer, std::int64_t total) {
    entries_.insert_or_assign(std::move(order), book_entry{std::move(customer), total});
  }
  /// An order that is not there is not made.
  void move_to(const std::string& order, order_standing status) {
    if (auto found = entries_.find(order); found != entries_.end())
      found->second.status = status;
  }

  void take(order_created&& event) {
    create(std::move(event.order_id), std::move(event.customer_id), event.total);
  }
  void take(const inventory_reserved& event) { move_to(event.order_id, order_standing::reserved); }
  void take(const payment_processed& event) { move_to(event.order_id, order_standing::paid); }
  void take(const order_confirmed& event) { move_to(event.order_id, order_standing::confirmed); }
  void take(const order_cancelled& event) { move_to(event.order_id, order_standing::cancelled); }

  [[nodiscard]] auto totals() const -> book_totals;

private:
  std::unordered_map<std::string, book_entry> entries_;
};

} // namespace tusker::bench

template <>
inline constexpr auto tusker::enum_names<tusker::bench::order_standing> =
    tusker::names<tusker::bench::order_standing>({{tusker::bench::order_standing::created, "created"},
                                                  {tusker::bench::order_standing::reserved, "reserved"},
                                                  {tusker::bench::order_standing::paid, "paid"},
                                                  {tusker::bench::order_standing::confirmed, "confirmed"},
                                                  {tusker::bench::order_standing::cancelled, "cancelled"}});
