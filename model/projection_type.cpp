#include <tusker/model/projection_type.hpp>

#include <tusker/model/located_error.hpp>

#include <algorithm>
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

} // namespace

auto projection_type::stored_types() const -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& source : sources)
    names.insert(names.end(), source.stored.begin(), source.stored.end());
  make_distinct(names);
  return names;
}

auto projection_type::categories() const -> std::vector<std::string> {
  std::vector<std::string> names;
  names.reserve(sources.size());
  for (const auto& source : sources)
    names.push_back(source.category);
  make_distinct(names);
  return names;
}

auto projection_type::handle(const recorded_event& event, read_model& to) const -> result<void> {
  const auto* source = source_of(event);
  if (source == nullptr)
    return {};
  if (!source->chain.is_current(event.data.content))
    return handle_old(*source, event, to);
  if (!contains(source->wanted, event.data.content.type))
    return {};
  if (auto handled = on(event, 0, to); !handled)
    return fail(located(handled.error(), event));
  return {};
}

/// None when no event of that name in that category is wanted.
auto projection_type::source_of(const recorded_event& event) const -> const projection_source* {
  auto category = event.stream.category();
  auto found = std::find_if(sources.begin(), sources.end(), [&](const projection_source& source) {
    return source.category == category && contains(source.stored, event.data.content.type);
  });
  return found == sources.end() ? nullptr : &*found;
}

auto projection_type::handle_old(const projection_source& source, const recorded_event& event,
                                 read_model& to) const -> result<void> {
  auto upcast = source.chain.upcast(event);
  if (!upcast)
    return fail(upcast.error());
  for (const auto& [current, index] : upcast->current) {
    if (!contains(source.wanted, current.data.content.type))
      continue;
    if (auto handled = on(current, index, to); !handled)
      return fail(located(upcast_as(handled.error(), event.data.content, current.data.content), event));
  }
  return {};
}

auto make_projection_source(std::string category, upcaster_chain chain, std::vector<std::string> wanted)
    -> projection_source {
  std::vector<std::string> stored;
  for (const auto& type : wanted) {
    auto names = chain.stored_names(type);
    stored.insert(stored.end(), names.begin(), names.end());
  }
  make_distinct(stored);
  return {std::move(category), std::move(chain), std::move(wanted), std::move(stored)};
}

} // namespace tusker
