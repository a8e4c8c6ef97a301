#pragma once

#include <tusker/model/enum_names.hpp>

namespace order_demo {

/// Where an order's payment stands: none ─▶ processed | failed. Both are final.
enum class payment_status { none, processed, failed };

} // namespace order_demo

template <>
inline constexpr auto
    tusker::enum_names<order_demo::payment_status> = tusker::names<order_demo::payment_status>({
        {order_demo::payment_status::none, "none"},
        {order_demo::payment_status::processed, "processed"},
        {order_demo::payment_status::failed, "failed"},
    });
