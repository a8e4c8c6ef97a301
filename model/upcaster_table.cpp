#include <tusker/model/upcaster_table.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace tusker {

namespace {

auto key_of(const message_type& type) -> std::pair<std::string_view, schema_version> {
  return {type.name, type.version};
}

auto invalid(const upcast_step& step, const std::string& why) -> tl::unexpected<error> {
  return fail(model_errc::invalid_upcasters, "the step for " + to_string(step.from) + " " + why);
}

auto has_function(const upcast_step& step) -> bool {
  const auto* change = std::get_if<content_change>(&step.action);
  const auto* split = std::get_if<content_split>(&step.action);
  return (change == nullptr || *change) && (split == nullptr || *split);
}

auto is_name(std::string_view name) -> bool {
  return !name.empty() && name.size() <= 255;
}

/// Follows the steps from each that was not seen yet; a step that is met again while it is followed closes a circle.
class circle_search {
public:
  explicit circle_search(const upcaster_table& table) : table_(table) {}

  /// The types on the way around, the first one again at the end; empty when there is no circle.
  auto from(const upcast_step& step) -> std::vector<message_type> {
    if (std::find(done_.begin(), done_.end(), &step) != done_.end())
      return {};
    if (auto met = std::find(path_.begin(), path_.end(), &step); met != path_.end())
      return circle(met);
    path_.push_back(&step);
    for (const auto& target : step.to)
      if (const auto* next = table_.step_from(target.name, target.version))
        if (auto found = from(*next); !found.empty())
          return found;
    path_.pop_back();
    done_.push_back(&step);
    return {};
  }

private:
  using path = std::vector<const upcast_step*>;

  auto circle(path::const_iterator begin) const -> std::vector<message_type> {
    std::vector<message_type> types;
    for (auto at = begin; at != path_.end(); ++at)
      types.push_back((*at)->from);
    types.push_back((*begin)->from);
    return types;
  }

  const upcaster_table& table_;
  path path_;
  path done_;
};

} // namespace

upcaster_table::upcaster_table(std::vector<upcast_step> steps, std::vector<message_type> declared)
    : steps_(std::move(steps)), declared_(std::move(declared)), sorted_(declared_) {
  auto by_from = [](const auto& left, const auto& right) { return key_of(left.from) < key_of(right.from); };
  std::stable_sort(steps_.begin(), steps_.end(), by_from);
  std::sort(sorted_.begin(), sorted_.end());
}

auto upcaster_table::is_declared(std::string_view name, schema_version version) const -> bool {
  auto key = std::pair(name, version);
  auto at = std::lower_bound(sorted_.begin(), sorted_.end(), key,
                             [](const auto& type, const auto& wanted) { return key_of(type) < wanted; });
  return at != sorted_.end() && key_of(*at) == key;
}

auto upcaster_table::step_from(std::string_view name, schema_version version) const -> const upcast_step* {
  auto key = std::pair(name, version);
  auto at = std::lower_bound(steps_.begin(), steps_.end(), key,
                             [](const auto& step, const auto& wanted) { return key_of(step.from) < wanted; });
  return at != steps_.end() && key_of(at->from) == key ? &*at : nullptr;
}

auto upcaster_table::declared_version(std::string_view name) const -> const message_type* {
  auto at = std::find_if(sorted_.begin(), sorted_.end(), [&](const auto& type) { return type.name == name; });
  return at != sorted_.end() ? &*at : nullptr;
}

/// Every name an event may have: today's, then those that only steps know.
auto upcaster_table::known_names() const -> std::vector<std::string> {
  auto types = declared_;
  for (const auto& step : steps_)
    types.push_back(step.from);
  return names_of(types);
}

auto upcaster_table::check() const -> result<void> {
  for (std::size_t at = 0; at < steps_.size(); ++at) {
    if (at > 0 && steps_[at].from == steps_[at - 1].from)
      return invalid(steps_[at],
                     "is told twice; several changes of one version are one step (change_fields)");
    if (auto checked = check_step(steps_[at]); !checked)
      return checked;
  }
  return check_circles();
}

auto upcaster_table::check_step(const upcast_step& step) const -> result<void> {
  if (auto checked = check_start(step); !checked)
    return checked;
  if (const auto* drop = std::get_if<dropped_for>(&step.action))
    return drop->reason.empty() ? invalid(step, "drops events without a reason") : result<void>();
  if (!has_function(step))
    return invalid(step, "has no function");
  if (step.to.empty())
    return invalid(step, "splits events into nothing; use drop, which gives a reason");
  return check_targets(step);
}

auto upcaster_table::check_start(const upcast_step& step) const -> result<void> {
  if (!is_name(step.from.name) || step.from.version == schema_version(0))
    return invalid(step, "begins with no type: a name has 1 to 255 bytes, versions count from 1");
  const auto* today = declared_version(step.from.name);
  if (today != nullptr && step.from.version >= today->version)
    return invalid(step, "would never run: the schema has version " + std::to_string(today->version.value()));
  return {};
}

auto upcaster_table::check_targets(const upcast_step& step) const -> result<void> {
  for (std::size_t at = 0; at < step.to.size(); ++at) {
    const auto& target = step.to[at];
    for (std::size_t other = 0; other < at; ++other)
      if (step.to[other].name == target.name)
        return invalid(step, "has two targets named " + tusker::quoted(target.name));
    if (!is_declared(target.name, target.version) && step_from(target.name, target.version) == nullptr)
      return invalid(step, "leads to " + to_string(target) + why_unreachable(target));
  }
  return {};
}

/// What is wrong with a target that is neither declared nor has a step of its own.
auto upcaster_table::why_unreachable(const message_type& target) const -> std::string {
  const auto* today = declared_version(target.name);
  if (today == nullptr)
    return ", which no schema declares and no step takes on" + name_hint(target.name, known_names());
  auto version = std::to_string(today->version.value());
  if (target.version > today->version)
    return ", but the schema has only version " + version;
  return ", from where no step leads on to version " + version + " of the schema";
}

auto upcaster_table::check_circles() const -> result<void> {
  circle_search search(*this);
  for (const auto& step : steps_) {
    auto circle = search.from(step);
    if (circle.empty())
      continue;
    auto way = to_string(circle.front());
    for (std::size_t at = 1; at < circle.size(); ++at)
      way += " → " + to_string(circle[at]);
    return fail(model_errc::invalid_upcasters, "the steps lead in a circle: " + way);
  }
  return {};
}

auto upcaster_table::unreadable(const message_type& type) const -> error {
  if (declared_version(type.name) != nullptr)
    return undeclared_error(type, declared_, model_errc::unknown_event_type);
  auto latest = std::find_if(steps_.rbegin(), steps_.rend(),
                             [&](const auto& step) { return step.from.name == type.name; });
  if (latest == steps_.rend()) {
    return {model_errc::unknown_event_type,
            tusker::quoted(type.name) + " is not a declared type" + name_hint(type.name, known_names())};
  }
  return {model_errc::unsupported_schema_version,
          tusker::quoted(type.name) + " has schema version " + std::to_string(type.version.value()) +
              ", the latest that a step takes on is version " + std::to_string(latest->from.version.value())};
}

auto upcaster_table::stored_names(std::string_view type) const -> std::vector<std::string> {
  auto names = std::vector<std::string>{std::string(type)};
  // Whatever leads to a name that is found is found too, until nothing is added.
  for (std::size_t at = 0; at < names.size(); ++at) {
    for (const auto& step : steps_) {
      auto leads_there = std::any_of(step.to.begin(), step.to.end(),
                                     [&](const auto& target) { return target.name == names[at]; });
      if (leads_there && std::find(names.begin(), names.end(), step.from.name) == names.end())
        names.push_back(step.from.name);
    }
  }
  return names;
}

} // namespace tusker
