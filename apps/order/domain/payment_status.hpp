#pragma once

#include <tusker/model/enum_names.hpp>

namespace order_demo {

/// Where an order's payment stands. The outcome may also come without a request, and a refund before either:
///
///   none ─▶ requested ─▶ processed ─▶ refunded
///     │         ├──────▶ failed         ▲
///     └─────────┴───────────────────────┘
///
/// failed and refunded are final.
enum class payment_status { none, requested, processed, failed, refunded };

} // namespace order_demo

template <>
inline constexpr auto
    tusker::enum_names<order_demo::payment_status> = tusker::names<order_demo::payment_status>({
        {order_demo::payment_status::none, "none"},
        {order_demo::payment_status::requested, "requested"},
        {order_demo::payment_status::processed, "processed"},
        {order_demo::payment_status::failed, "failed"},
        {order_demo::payment_status::refunded, "refunded"},
    });
