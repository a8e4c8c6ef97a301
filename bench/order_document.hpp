#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tusker::bench {

/// The event `OrderCreated` of order `number` as JSON, some 205 bytes: the document all workloads share.
[[nodiscard]] auto order_document(std::uint64_t number) -> std::string;

/// An order with as many items as make exactly `bytes` bytes of JSON, with names, prices and amounts that differ
/// from item to item. REQUIRES: at least 200 bytes.
[[nodiscard]] auto large_order_document(std::uint64_t number, std::size_t bytes) -> std::string;

} // namespace tusker::bench
