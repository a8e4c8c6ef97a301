#pragma once

#include <tusker/model/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace order_demo {

/// Units that are set aside for an order.
struct open_reservation {
  std::string order_id;
  std::int64_t quantity = 0;

  static constexpr auto schema =
      tusker::record("OpenReservation", tusker::field("order_id", &open_reservation::order_id),
                     tusker::field("quantity", &open_reservation::quantity));

  friend auto operator==(const open_reservation&, const open_reservation&) -> bool = default;
};

/// How many of the latest released reservation ids are remembered. A reservation and its release are sent
/// moments apart; one that overtakes this many others is not expected.
inline constexpr std::size_t released_ids_max = 1'000;

/// All that is known of one article's stock.
struct inventory_state {
  std::string sku; ///< Empty before the first event.
  std::string name;
  std::uint64_t deliveries = 0;                         ///< How often stock was received.
  std::int64_t on_hand = 0;                             ///< Units received.
  std::int64_t reserved = 0;                            ///< Those of them that are set aside.
  std::map<std::string, open_reservation> reservations; ///< By id. Each has at least 1 unit of those on hand.
  std::vector<std::string>
      released; ///< The latest ids, the oldest overwritten once there are `released_ids_max`.
  std::uint64_t released_count = 0; ///< How many ids were ever put there.

  /// Units that can still be reserved.
  [[nodiscard]] auto available() const -> std::int64_t { return on_hand - reserved; }

  [[nodiscard]] auto is_released(std::string_view reservation_id) const -> bool;

  /// Remembers a released id in place of the oldest one.
  void remember_released(const std::string& reservation_id);

  static constexpr auto schema =
      tusker::snapshot("InventoryState", 1, tusker::field("sku", &inventory_state::sku),
                       tusker::field("name", &inventory_state::name),
                       tusker::field("deliveries", &inventory_state::deliveries),
                       tusker::field("on_hand", &inventory_state::on_hand),
                       tusker::field("reserved", &inventory_state::reserved),
                       tusker::field("reservations", &inventory_state::reservations),
                       tusker::field("released", &inventory_state::released),
                       tusker::field("released_count", &inventory_state::released_count));

  friend auto operator==(const inventory_state&, const inventory_state&) -> bool = default;
};

} // namespace order_demo
