#include <tusker/model/field_changes.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <utility>

namespace tusker {

namespace {

/// Renames in place, so that the order of the members stays.
auto rename_member(json_tree& object, const std::string& from, const std::string& to) -> result<void> {
  if (!object.contains(from) || from == to)
    return {};
  if (object.contains(to))
    return fail(model_errc::upcast_failed,
                "cannot rename the field " + tusker::quoted(from) + ": there is a " + tusker::quoted(to));
  auto renamed = json_tree::object();
  for (auto& [name, value] : object.get_ref<json_tree::object_t&>())
    renamed.emplace(name == from ? to : name, std::move(value));
  object = std::move(renamed);
  return {};
}

} // namespace

auto field_changes::rename(std::string from, std::string to) -> field_changes& {
  changes_.emplace_back([from = std::move(from), to = std::move(to)](json_tree& object) {
    return rename_member(object, from, to);
  });
  return *this;
}

auto field_changes::add(std::string name, json_tree value) -> field_changes& {
  changes_.emplace_back([name = std::move(name), value = std::move(value)](json_tree& object) {
    object.emplace(name, json_tree(value));
    return result<void>();
  });
  return *this;
}

auto field_changes::change(std::string name, std::function<json_tree(json_tree)> change) -> field_changes& {
  changes_.emplace_back([name = std::move(name), change = std::move(change)](json_tree& object) {
    if (auto member = object.find(name); member != object.end())
      *member = change(std::move(*member));
    return result<void>();
  });
  return *this;
}

auto field_changes::remove(std::string name) -> field_changes& {
  changes_.emplace_back([name = std::move(name)](json_tree& object) {
    object.erase(name);
    return result<void>();
  });
  return *this;
}

auto field_changes::apply(json_tree object) const -> result<json_tree> {
  for (const auto& change : changes_)
    if (auto changed = change(object); !changed)
      return fail(changed.error());
  return object;
}

} // namespace tusker
