#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace tusker {

/// Which rows are surely not among those that were added: a Bloom filter of 32 KiB in which a row takes three bits of
/// one word. With 24,000 rows it takes one in fifty that is not there for one that may be. One thread adds; any number
/// look at the same time. Who is to find a row must have heard, in an ordered way, that it was added.
class row_filter {
public:
  row_filter();

  void add(std::uint8_t table, std::string_view key);
  /// False only if the row was not added.
  [[nodiscard]] auto may_have(std::uint8_t table, std::string_view key) const -> bool;

private:
  static constexpr std::size_t words = 4'096;

  std::unique_ptr<std::atomic<std::uint64_t>[]> bits_;
};

} // namespace tusker
