#pragma once

#include <tusker/model/enum_names.hpp>

namespace order_demo {

/// Why stock could not be reserved.
enum class reservation_failure {
  unknown_sku,        ///< No stock of this article was ever received.
  insufficient_stock, ///< Fewer units are free than were asked for.
  released,           ///< The reservation was released before it arrived.
};

} // namespace order_demo

template <>
inline constexpr auto
    tusker::enum_names<order_demo::reservation_failure> = tusker::names<order_demo::reservation_failure>({
        {order_demo::reservation_failure::unknown_sku, "unknown_sku"},
        {order_demo::reservation_failure::insufficient_stock, "insufficient_stock"},
        {order_demo::reservation_failure::released, "released"},
    });
