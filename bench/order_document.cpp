#include <tusker/bench/order_document.hpp>

#include <tusker/bench/mixed_bits.hpp>

#include <array>
#include <cassert>
#include <cstdio>

namespace tusker::bench {

namespace {

auto padded(std::uint64_t number, int digits) -> std::string {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%0*llu", digits, static_cast<unsigned long long>(number));
  return text.data();
}

auto item(std::uint64_t sku, std::uint64_t qty, std::uint64_t price) -> std::string {
  return R"({"sku":"sku-)" + padded(sku, 4) + R"(","qty":)" + std::to_string(qty) + R"(,"price":)" +
         std::to_string(price) + "}";
}

auto front(std::uint64_t number) -> std::string {
  return R"({"orderId":"o-)" + padded(number, 8) + R"(","customerId":"c-)" + padded(number % 1'000, 4) +
         R"(","currency":"EUR","items":[)";
}

constexpr std::array<const char*, 16> words{"steel",  "oak",   "small", "large", "garden", "kitchen",
                                            "lamp",   "chair", "blue",  "green", "cable",  "mount",
                                            "filter", "pump",  "cover", "set"};

auto described_item(std::uint64_t seed) -> std::string {
  auto bits = mixed_bits(seed);
  auto name = std::string(words[bits % 16]) + " " + words[bits / 16 % 16] + " " + words[bits / 256 % 16];
  return R"({"sku":"sku-)" + padded(bits / 4'096 % 10'000, 4) + R"(","name":")" + name + R"(","qty":)" +
         std::to_string(1 + bits / 65'536 % 9) + R"(,"price":)" +
         std::to_string(100 + bits / 1'048'576 % 9'900) + "}";
}

} // namespace

auto order_document(std::uint64_t number) -> std::string {
  auto price = 1'000 + number % 1'000;
  return front(number) + item(1, 1, 1'299) + "," + item(2, 2, 499) + "," + item(3, 3, price) +
         R"(],"total":)" + std::to_string(2'297 + 3 * price) + "}";
}

auto large_order_document(std::uint64_t number, std::size_t bytes) -> std::string {
  auto json = front(number) + described_item(mixed_bits(number));
  const std::string note = R"(],"note":")";
  for (std::uint64_t at = 1;; ++at) {
    auto next = "," + described_item(mixed_bits(number) + at);
    if (json.size() + next.size() + note.size() + 2 > bytes)
      break;
    json += next;
  }
  json += note;
  assert(json.size() + 2 <= bytes);
  for (std::uint64_t at = 0; json.size() + 2 < bytes; ++at)
    json += static_cast<char>('a' + mixed_bits(number + at) % 26);
  return json + "\"}";
}

} // namespace tusker::bench
