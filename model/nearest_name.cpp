#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace tusker {

namespace {

auto lower(char c) -> char {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Levenshtein's distance, where two neighbours that are swapped are one mistake ("optimal string alignment"), one row
/// at a time; upper and lower case are the same letter.
auto edit_distance(std::string_view left, std::string_view right) -> std::size_t {
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  auto are_same = [&](std::size_t i, std::size_t j) { return lower(left[i]) == lower(right[j]); };
  for (std::size_t i = 0; i < left.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      row[j + 1] = std::min({last[j] + (are_same(i, j) ? 0 : 1), last[j + 1] + 1, row[j] + 1});
      if (i > 0 && j > 0 && are_same(i, j - 1) && are_same(i - 1, j))
        row[j + 1] = std::min(row[j + 1], before_last[j - 1] + 1);
    }
  }
  return row.back();
}

} // namespace

auto nearest_name(std::string_view wanted, std::span<const std::string> known) -> std::string {
  const std::string* nearest = nullptr;
  auto least = std::max<std::size_t>(wanted.size() / 3, 1) + 1;
  for (const auto& name : known) {
    auto distance = edit_distance(wanted, name);
    if (distance < least) {
      least = distance;
      nearest = &name;
    }
  }
  return nearest != nullptr ? *nearest : std::string();
}

auto name_hint(std::string_view wanted, std::span<const std::string> known) -> std::string {
  constexpr std::size_t listed_max = 20;
  std::string hint;
  if (auto nearest = nearest_name(wanted, known); !nearest.empty())
    hint += "; did you mean '" + nearest + "'?";
  if (known.empty())
    return hint + "; none is known";
  hint += hint.empty() ? "; known: " : " Known: ";
  for (std::size_t at = 0; at < known.size() && at < listed_max; ++at)
    hint += (at == 0 ? "" : ", ") + known[at];
  if (known.size() > listed_max)
    hint += " and " + std::to_string(known.size() - listed_max) + " more";
  return hint;
}

} // namespace tusker
