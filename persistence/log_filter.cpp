#include <tusker/persistence/log_filter.hpp>

#include <algorithm>
#include <string_view>

namespace tusker {

namespace {

template <class Wanted, class Value>
auto has(const std::vector<Wanted>& wanted, const Value& value) -> bool {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

} // namespace

auto passes(const recorded_event& event, const log_filter& filter) -> bool {
  return has(filter.types, event.data.content.type) && has(filter.categories, event.stream.category()) &&
         has(filter.shards, event.shard) && event.stream.name().starts_with(filter.stream_prefix);
}

} // namespace tusker
