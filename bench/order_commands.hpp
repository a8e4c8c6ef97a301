#pragma once

#include <tusker/bench/stored_order.hpp>

#include <cstdint>
#include <string>

namespace tusker::bench {

/// The key of order `number`: eight digits.
[[nodiscard]] auto order_key(std::uint64_t number) -> std::string;

/// What creates order `number`, and adds item `k`.
[[nodiscard]] auto creation_of(std::uint64_t number) -> create_order;
[[nodiscard]] auto addition_of(std::uint64_t k) -> add_item;

} // namespace tusker::bench
