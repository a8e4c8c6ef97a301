#include "fuzz_target.hpp"
#include "json_grammar.hpp"

#include <tusker/model/json_document.hpp>
#include <tusker/model/utf8.hpp>

#include <nlohmann/json.hpp>

#include <bit>
#include <map>
#include <set>

// The JSON reader: it takes what the grammar of RFC 8259 takes and nothing else, and holds what a tree of the parser
// behind it holds.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {
      R"({"flag": true, "none": null, "list": [1, -2, 2.5e3, "x"], "deep": {"a": {"b": [[], {}]}}})",
      R"([9223372036854775807, -9223372036854775808, 18446744073709551615, 18446744073709551616, -0, -0.0])",
      R"("\"\\\/\b\f\n\r\t\u00e4\ud83d\udc18\u0000.")",
      R"({"a": 1, "a": 2, "b": {"c": 1, "c": [2]}})",
      "\xEF\xBB\xBF{}",
      "[1e308, 1e-400, 0.1, 123456789012345678901234567890]",
      std::string(200, '[') + std::string(200, ']')};
}

namespace {

auto is_same(const json_value& found, const nlohmann::json& wanted) -> bool;

auto is_same_array(const json_value& found, const nlohmann::json& wanted) -> bool {
  auto elements = found.children();
  if (!found.is_array() || elements.size() != wanted.size())
    return false;
  for (std::size_t at = 0; at < elements.size(); ++at)
    if (!is_same(elements[at], wanted[at]))
      return false;
  return true;
}

/// Of members with the same name the first counts here and the last there, so only names that stand once compare.
auto is_same_object(const json_value& found, const nlohmann::json& wanted) -> bool {
  std::map<std::string, std::vector<json_value>> members;
  for (const auto& member : found.children())
    members[std::string(member.key())].push_back(member);
  if (!found.is_object() || members.size() != wanted.size())
    return false;
  for (const auto& [name, values] : members) {
    auto in_tree = wanted.find(name);
    if (in_tree == wanted.end() || !found.member(name))
      return false;
    if (values.size() == 1 && (!is_same(values[0], *in_tree) || !is_same(*found.member(name), *in_tree)))
      return false;
  }
  return true;
}

auto is_same_number(const json_value& found, const nlohmann::json& wanted) -> bool {
  if (wanted.is_number_unsigned())
    return found.unsigned_integer() == wanted.get<std::uint64_t>();
  if (wanted.is_number_integer())
    return found.integer() == wanted.get<std::int64_t>();
  return found.number() && !found.integer() && !found.unsigned_integer() &&
         std::bit_cast<std::uint64_t>(*found.number()) == std::bit_cast<std::uint64_t>(wanted.get<double>());
}

auto is_same(const json_value& found, const nlohmann::json& wanted) -> bool {
  if (wanted.is_object())
    return is_same_object(found, wanted);
  if (wanted.is_array())
    return is_same_array(found, wanted);
  if (wanted.is_number())
    return is_same_number(found, wanted);
  if (wanted.is_string())
    return found.text() != nullptr && is_utf8(*found.text()) && *found.text() == wanted.get<std::string>();
  if (wanted.is_boolean())
    return found.boolean() == wanted.get<bool>();
  return found.is_null();
}

/// The contract passes over a byte order mark in front, as RFC 8259 allows.
auto without_mark(std::string_view text) -> std::string_view {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto text = text_of(data, size);
  auto document = json_document::parse(text);
  // The parts of a number may be out of the reader's range though the number is not: 0e999.
  auto is_out_of_range =
      !document && document.error().message().find(" is out of range") != std::string::npos;
  require(is_out_of_range || document.has_value() == is_json(without_mark(text)),
          "the reader and the grammar differ about a text");
  if (!document) {
    require(is_utf8(document.error().message()) && document.error().message().size() < 200,
            "a message about a text is no text, or is long");
    return 0;
  }
  require(is_same(document->root(), nlohmann::json::parse(text)),
          "a document holds something else than the text");
  return 0;
}
