#include <tusker/model/json_tree.hpp>

#include <tusker/model/json_document.hpp>
#include <tusker/model/json_writer.hpp>
#include <tusker/model/model_errc.hpp>

#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tusker {

namespace {

auto to_tree(const json_value& value, std::size_t depth_left) -> std::optional<json_tree>;

auto to_array(const json_value& value, std::size_t depth_left) -> std::optional<json_tree> {
  auto array = json_tree::array();
  for (const auto& element : value.children()) {
    auto tree = to_tree(element, depth_left);
    if (!tree)
      return std::nullopt;
    array.push_back(std::move(*tree));
  }
  return array;
}

auto to_object(const json_value& value, std::size_t depth_left) -> std::optional<json_tree> {
  auto object = json_tree::object();
  // The tree's own look-up is linear, so a large object would take the square of its members.
  auto& members =
      static_cast<std::vector<json_tree::object_t::value_type>&>(object.get_ref<json_tree::object_t&>());
  std::unordered_set<std::string_view> names;
  for (const auto& member : value.children()) {
    if (!names.insert(member.key()).second)
      continue; // Of members with the same name the first counts, as everywhere.
    auto tree = to_tree(member, depth_left);
    if (!tree)
      return std::nullopt;
    members.emplace_back(std::string(member.key()), std::move(*tree));
  }
  return object;
}

/// None when it nests too deep.
auto to_tree(const json_value& value, std::size_t depth_left) -> std::optional<json_tree> {
  if (value.is_object() || value.is_array()) {
    if (depth_left == 0)
      return std::nullopt;
    return value.is_object() ? to_object(value, depth_left - 1) : to_array(value, depth_left - 1);
  }
  if (const auto* text = value.text())
    return json_tree(std::string(*text));
  if (auto flag = value.boolean())
    return json_tree(*flag);
  // An integer of at least 0 is unsigned, as nlohmann's own parser has it.
  if (auto natural = value.unsigned_integer())
    return json_tree(*natural);
  if (auto integer = value.integer())
    return json_tree(*integer);
  if (auto number = value.number())
    return json_tree(*number);
  return json_tree(nullptr);
}

void write(json_writer& out, const json_tree& tree, std::size_t depth_left);

void write_children(json_writer& out, const json_tree& tree, std::size_t depth_left) {
  if (depth_left == 0)
    return out.refuse("it nests deeper than " + std::to_string(json_tree_depth_max) + " levels");
  if (tree.is_array()) {
    out.begin_array();
    for (const auto& element : tree)
      write(out, element, depth_left - 1);
    return out.end_array();
  }
  out.begin_object();
  for (const auto& [name, member] : tree.get_ref<const json_tree::object_t&>()) {
    out.key(name);
    write(out, member, depth_left - 1);
  }
  out.end_object();
}

void write(json_writer& out, const json_tree& tree, std::size_t depth_left) {
  switch (tree.type()) {
  case json_tree::value_t::null:
    return out.null();
  case json_tree::value_t::boolean:
    return out.boolean(tree.get<bool>());
  case json_tree::value_t::number_integer:
    return out.integer(tree.get<std::int64_t>());
  case json_tree::value_t::number_unsigned:
    return out.unsigned_integer(tree.get<std::uint64_t>());
  case json_tree::value_t::number_float:
    return out.number(tree.get<double>());
  case json_tree::value_t::string:
    return out.text(tree.get_ref<const std::string&>());
  case json_tree::value_t::array:
  case json_tree::value_t::object:
    return write_children(out, tree, depth_left);
  case json_tree::value_t::binary:
  case json_tree::value_t::discarded:
    break;
  }
  out.refuse("it has no form in JSON");
}

} // namespace

auto parse_tree(std::string_view text) -> result<json_tree> {
  auto document = json_document::parse(text);
  if (!document)
    return fail(document.error());
  auto tree = to_tree(document->root(), json_tree_depth_max);
  if (!tree) {
    return fail(model_errc::schema_mismatch,
                "it nests deeper than " + std::to_string(json_tree_depth_max) + " levels");
  }
  return std::move(*tree);
}

auto write_tree(const json_tree& tree) -> result<std::string> {
  json_writer out;
  write(out, tree, json_tree_depth_max);
  return std::move(out).finish();
}

} // namespace tusker
