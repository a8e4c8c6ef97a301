#include "fuzz_target.hpp"

#include <tusker/model/seen_token.hpp>
#include <tusker/persistence/byte_reader.hpp>

#include <algorithm>
#include <array>

// Tokens merge as sets of what was seen do, in whatever order their parts arrive.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {std::string("\x01\x05\x01\x03\x02\x07\x01\x00", 8), std::string("\x00\x01\x00\x02\x00\x03", 6)};
}

namespace {

auto union_of(const seen_token& left, const seen_token& right) -> seen_token {
  auto merged = left;
  merged.merge(right);
  return merged;
}

/// Few logs and offsets, so that they meet.
auto positions_of(std::string_view bytes) -> std::vector<position> {
  std::vector<position> positions;
  for (byte_reader in(bytes); !in.is_finished() && in.is_intact();) {
    auto log = log_id(in.little<std::uint8_t>() % 4U);
    positions.push_back({log, log_offset(in.little<std::uint8_t>())});
  }
  return positions;
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto positions = positions_of(text_of(data, size));
  std::array<seen_token, 3> parts;
  seen_token all;
  std::array<log_offset, 4> furthest{};
  for (std::size_t at = 0; at < positions.size(); ++at) {
    parts.at(at % parts.size()).merge(positions[at]);
    all.merge(positions[at]);
    auto& offset = furthest.at(positions[at].log.value());
    offset = std::max(offset, positions[at].offset);
  }
  const auto& [a, b, c] = parts;
  require(union_of(union_of(a, b), c) == all, "parts that are merged are not the whole");
  require(union_of(a, union_of(b, c)) == all && union_of(union_of(c, a), b) == all,
          "the order of merging counts");
  require(union_of(all, a) == all && union_of(all, all) == all, "merging again changes a token");
  for (std::uint32_t log = 0; log < furthest.size(); ++log)
    require(all.offset_of(log_id(log)) == furthest.at(log), "a token has not the furthest offset of a log");
  return 0;
}
