#include <tusker/persistence/row_filter.hpp>

#include <xxhash.h>

namespace tusker {

namespace {

/// Where a row stands in the filter: a word, and three bits in it.
struct filter_place {
  std::size_t word;
  std::uint64_t bits;
};

auto place_of(std::uint8_t table, std::string_view key, std::size_t words) -> filter_place {
  constexpr unsigned word_bits = 6; // of a hash, to choose one of 64
  constexpr std::uint64_t word_mask = 63;
  auto hash = XXH3_64bits_withSeed(key.data(), key.size(), table);
  std::uint64_t bits = 0;
  for (unsigned taken = 0; taken < 3 * word_bits; taken += word_bits)
    bits |= std::uint64_t{1} << ((hash >> taken) & word_mask);
  return {static_cast<std::size_t>(hash >> 32U) % words, bits};
}

} // namespace

row_filter::row_filter() : bits_(std::make_unique<std::atomic<std::uint64_t>[]>(words)) {}

void row_filter::add(std::uint8_t table, std::string_view key) {
  auto place = place_of(table, key, words);
  auto& word = bits_[place.word];
  // Nobody else changes it.
  word.store(word.load(std::memory_order_relaxed) | place.bits, std::memory_order_relaxed);
}

auto row_filter::may_have(std::uint8_t table, std::string_view key) const -> bool {
  auto place = place_of(table, key, words);
  return (bits_[place.word].load(std::memory_order_relaxed) & place.bits) == place.bits;
}

} // namespace tusker
