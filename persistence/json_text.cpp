#include <tusker/persistence/json_text.hpp>

#include <cstddef>

namespace tusker {

namespace {

auto is_space(char c) -> bool {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

auto end_of_space(std::string_view json, std::size_t at) -> std::size_t {
  while (at < json.size() && is_space(json[at]))
    ++at;
  return at;
}

/// Behind the JSON text that begins at `at`.
auto end_of_text(std::string_view json, std::size_t at) -> std::size_t {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\')
      ++at;
  return at + 1;
}

/// Behind the value that begins at `at`.
auto end_of_value(std::string_view json, std::size_t at) -> std::size_t {
  std::size_t depth = 0;
  while (at < json.size()) {
    auto c = json[at];
    if (c == '"') {
      at = end_of_text(json, at);
    } else if (c == '{' || c == '[') {
      ++depth;
      ++at;
    } else if (depth == 0 && (c == ',' || c == '}' || c == ']' || is_space(c))) {
      return at;
    } else {
      depth -= c == '}' || c == ']' ? 1 : 0;
      ++at;
    }
    if (depth == 0 && (c == '"' || c == '}' || c == ']'))
      return at;
  }
  return at;
}

} // namespace

auto compact_json_text(std::string_view json) -> std::string {
  std::string compact;
  compact.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    auto end = json[at] == '"' ? end_of_text(json, at) : at + 1;
    if (!is_space(json[at]))
      compact.append(json.substr(at, end - at));
    at = end;
  }
  return compact;
}

auto json_member_text(std::string_view object, std::string_view name) -> std::optional<std::string_view> {
  auto at = end_of_space(object, object.find('{') + 1);
  while (at < object.size() && object[at] == '"') {
    auto end_of_name = end_of_text(object, at);
    auto found = object.substr(at + 1, end_of_name - at - 2) == name;
    auto begin = end_of_space(object, end_of_space(object, end_of_name) + 1);
    auto end = end_of_value(object, begin);
    if (found)
      return object.substr(begin, end - begin);
    at = end_of_space(object, end_of_space(object, end) + 1);
  }
  return std::nullopt;
}

} // namespace tusker
