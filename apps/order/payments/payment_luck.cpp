#include <order/payments/payment_luck.hpp>

#include <tusker/model/content_hash.hpp>

#include <array>
#include <cstddef>

namespace order_demo {

namespace {

/// A number from 0 to 99, each for about as many ids.
auto lot_of(std::string_view payment_id) -> std::uint32_t {
  auto parts = std::array<std::string_view, 2>{"payment luck", payment_id};
  auto hash = tusker::hash_of(parts);
  std::uint32_t number = 0;
  for (std::size_t at = 0; at < sizeof number; ++at)
    number = (number << 8U) | hash.bytes.at(at);
  return number % 100U;
}

} // namespace

auto luck_of(std::string_view payment_id, const stand_in_options& options) -> payment_luck {
  auto lot = lot_of(payment_id);
  if (lot < options.transient_percent)
    return payment_luck::transient_failure;
  if (lot < options.transient_percent + options.timeout_percent)
    return payment_luck::no_answer;
  return payment_luck::good;
}

} // namespace order_demo
