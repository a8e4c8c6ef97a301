#include <tusker/cli/nearest_stream.hpp>

#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

namespace tusker::cli {

namespace {

constexpr std::size_t looked_at_max = 20'000;

auto names_of(const journal_reader& reader, const std::string& category) -> std::vector<std::string> {
  std::vector<std::string> names;
  // A hint is a courtesy: when it cannot be had, the message goes without it.
  if (auto streams = reader.list_streams(category, "", looked_at_max))
    std::transform(streams->begin(), streams->end(), std::back_inserter(names),
                   [](const auto& summary) { return summary.stream.name(); });
  return names;
}

} // namespace

auto nearest_stream(const journal_reader& reader, const stream_id& wanted) -> std::optional<stream_id> {
  auto names = names_of(reader, std::string(wanted.category()));
  if (names.empty())
    names = names_of(reader, "");
  auto nearest = stream_id::parse(nearest_name(wanted.name(), names));
  return nearest ? std::optional(*nearest) : std::nullopt;
}

} // namespace tusker::cli
