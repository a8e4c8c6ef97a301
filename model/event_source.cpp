#include <tusker/model/event_source.hpp>

#include <tusker/model/located_error.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace tusker {

namespace {

auto contains(const std::vector<std::string>& names, std::string_view wanted) -> bool {
  return std::find(names.begin(), names.end(), wanted) != names.end();
}

void make_distinct(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// None when no event of that name in that category is wanted.
auto source_of(std::span<const event_source> sources, const recorded_event& event) -> const event_source* {
  auto category = event.stream.category();
  auto found = std::find_if(sources.begin(), sources.end(), [&](const event_source& source) {
    return source.category == category && contains(source.stored, event.data.content.type);
  });
  return found == sources.end() ? nullptr : &*found;
}

auto take_old(const event_source& source, const recorded_event& stored, const event_taker& take)
    -> result<void> {
  auto upcast = source.chain.upcast(stored);
  if (!upcast)
    return fail(upcast.error());
  for (const auto& [current, index] : upcast->current) {
    if (!contains(source.wanted, current.data.content.type))
      continue;
    if (auto taken = take(current, index); !taken)
      return fail(located(upcast_as(taken.error(), stored.data.content, current.data.content), stored));
  }
  return {};
}

} // namespace

auto make_event_source(std::string category, upcaster_chain chain, std::vector<std::string> wanted)
    -> event_source {
  std::vector<std::string> stored;
  for (const auto& type : wanted) {
    auto names = chain.stored_names(type);
    stored.insert(stored.end(), names.begin(), names.end());
  }
  make_distinct(stored);
  return {std::move(category), std::move(chain), std::move(wanted), std::move(stored)};
}

auto stored_types_of(std::span<const event_source> sources) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& source : sources)
    names.insert(names.end(), source.stored.begin(), source.stored.end());
  make_distinct(names);
  return names;
}

auto categories_of(std::span<const event_source> sources) -> std::vector<std::string> {
  std::vector<std::string> names;
  names.reserve(sources.size());
  for (const auto& source : sources)
    names.push_back(source.category);
  make_distinct(names);
  return names;
}

auto for_each_wanted(std::span<const event_source> sources, const recorded_event& stored,
                     const event_taker& take) -> result<void> {
  const auto* source = source_of(sources, stored);
  if (source == nullptr)
    return {};
  if (!source->chain.is_current(stored.data.content))
    return take_old(*source, stored, take);
  if (!contains(source->wanted, stored.data.content.type))
    return {};
  if (auto taken = take(stored, 0); !taken)
    return fail(located(taken.error(), stored));
  return {};
}

} // namespace tusker
