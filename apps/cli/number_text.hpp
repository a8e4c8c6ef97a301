#pragma once

#include <cstdint>
#include <string>

namespace tusker::cli {

/// `1,234,567`: for people.
[[nodiscard]] auto grouped(std::uint64_t number) -> std::string;

/// An amount of cents as people write money: `1,234.50`, `-0.05`. Without a sign of a currency, for orders have
/// none.
[[nodiscard]] auto money_text(std::int64_t cents) -> std::string;

/// A number with so many digits after the point, and groups before it: `12,345.7`.
[[nodiscard]] auto fixed(double number, int digits) -> std::string;

} // namespace tusker::cli
