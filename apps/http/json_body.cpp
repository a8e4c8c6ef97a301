#include <tusker/http/json_body.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace tusker {

namespace {

/// The first name in their order that two members of the object have; empty-handed: none.
auto name_given_twice(const std::vector<json_value>& members) -> const json_value* {
  std::vector<const json_value*> by_name;
  by_name.reserve(members.size());
  for (const auto& each : members)
    by_name.push_back(&each);
  std::sort(by_name.begin(), by_name.end(),
            [](const json_value* left, const json_value* right) { return left->key() < right->key(); });
  auto found =
      std::adjacent_find(by_name.begin(), by_name.end(), [](const json_value* left, const json_value* right) {
        return left->key() == right->key();
      });
  return found == by_name.end() ? nullptr : *found;
}

} // namespace

auto check_member_names(const json_value& root) -> result<void> {
  // A list of what is left, not a call for each level: nobody knows how deep it is.
  std::vector<json_value> left{root};
  while (!left.empty()) {
    auto value = left.back();
    left.pop_back();
    auto children = value.children();
    if (const auto* twice = value.is_object() ? name_given_twice(children) : nullptr)
      return fail(http_errc::bad_request,
                  "an object has the member " + quoted(twice->key()) + " twice; say it once");
    left.insert(left.end(), children.begin(), children.end());
  }
  return {};
}

} // namespace tusker
