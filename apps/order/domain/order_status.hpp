#pragma once

#include <tusker/model/enum_names.hpp>

namespace order_demo {

/// Where an order stands:
///
/// none ─ place ─▶ pending ─ mark paid ─▶ paid ─ confirm ─▶ confirmed
///                    └────── cancel ───────┴─── cancel ──▶ cancelled
enum class order_status { none, pending, paid, confirmed, cancelled };

} // namespace order_demo

template <>
inline constexpr auto tusker::enum_names<order_demo::order_status> = tusker::names<order_demo::order_status>({
    {order_demo::order_status::none, "none"},
    {order_demo::order_status::pending, "pending"},
    {order_demo::order_status::paid, "paid"},
    {order_demo::order_status::confirmed, "confirmed"},
    {order_demo::order_status::cancelled, "cancelled"},
});
