#include <tusker/model/upcasters.hpp>

#include <utility>

namespace tusker {

auto upcasters::to_next_version(std::string type, std::uint16_t version, content_change change)
    -> upcasters& {
  auto from = message_type{std::move(type), schema_version(version)};
  // The number after the greatest is 0, which the check refuses.
  auto to = message_type{from.name, from.version.next()};
  steps_.push_back({std::move(from), {std::move(to)}, std::move(change)});
  return *this;
}

auto upcasters::rename_field(std::string type, std::uint16_t version, std::string from, std::string to)
    -> upcasters& {
  return change_fields(std::move(type), version, field_changes{}.rename(std::move(from), std::move(to)));
}

auto upcasters::add_field(std::string type, std::uint16_t version, std::string field, json_tree value)
    -> upcasters& {
  return change_fields(std::move(type), version, field_changes{}.add(std::move(field), std::move(value)));
}

auto upcasters::change_field(std::string type, std::uint16_t version, std::string field,
                             std::function<json_tree(json_tree)> change) -> upcasters& {
  return change_fields(std::move(type), version, field_changes{}.change(std::move(field), std::move(change)));
}

auto upcasters::change_fields(std::string type, std::uint16_t version, field_changes changes) -> upcasters& {
  return to_next_version(std::move(type), version, [changes = std::move(changes)](json_tree object) {
    return changes.apply(std::move(object));
  });
}

auto upcasters::step(std::string type, std::uint16_t version, std::function<json_tree(json_tree)> change)
    -> upcasters& {
  content_change action; // stays empty when there is no function, which the check refuses
  if (change) {
    action = [change = std::move(change)](json_tree object) {
      return result<json_tree>(tl::in_place, change(std::move(object)));
    };
  }
  return to_next_version(std::move(type), version, std::move(action));
}

auto upcasters::rename_type(std::string type, std::uint16_t version, std::string to) -> upcasters& {
  return rename_type(std::move(type), version, std::move(to), version);
}

auto upcasters::rename_type(std::string type, std::uint16_t version, std::string to, std::uint16_t to_version)
    -> upcasters& {
  steps_.push_back({{std::move(type), schema_version(version)},
                    {{std::move(to), schema_version(to_version)}},
                    same_content{}});
  return *this;
}

auto upcasters::split(std::string type, std::uint16_t version, std::vector<target> targets,
                      content_split parts) -> upcasters& {
  std::vector<message_type> to;
  to.reserve(targets.size());
  for (auto& one : targets)
    to.push_back({std::move(one.type), schema_version(one.version)});
  steps_.push_back({{std::move(type), schema_version(version)}, std::move(to), std::move(parts)});
  return *this;
}

auto upcasters::drop(std::string type, std::uint16_t version, std::string reason) -> upcasters& {
  steps_.push_back({{std::move(type), schema_version(version)}, {}, dropped_for{std::move(reason)}});
  return *this;
}

auto upcasters::include(const upcasters& others) -> upcasters& {
  auto copy = others.steps_; // `others` may be this one
  steps_.insert(steps_.end(), copy.begin(), copy.end());
  return *this;
}

} // namespace tusker
