#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace tusker {

/// Counts by the names of types. Past `names_max` names what is new counts as `other`, so that it stays small whatever
/// comes. Any thread may use it at any time.
class type_tally {
public:
  static constexpr std::size_t names_max = 256;

  void add(std::string_view type, std::uint64_t count);
  [[nodiscard]] auto read() const -> std::map<std::string, std::uint64_t, std::less<>>;

private:
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

} // namespace tusker
