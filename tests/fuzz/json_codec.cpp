#include "fuzz_target.hpp"
#include "sample_message.hpp"

#include <tusker/model/utf8.hpp>

#include <nlohmann/json.hpp>

// Messages read by their schema from any text: what is read can be written, and comes back; by way of a document it is
// the same, as are the errors; and another implementation of JSON finds the same in it.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  auto canonical = encode(full_message()).value();
  auto tree = nlohmann::json::parse(canonical);
  tree["unknown"] = {1, {{"x", nullptr}}};
  tree["note"] = nullptr;
  return {canonical, encode(message{}).value(), tree.dump(1, '\t', true)};
}

namespace {

/// Whether a name stands twice in the message or in its table; there the implementations choose differently.
auto has_doubles(const json_value& value) -> bool {
  std::map<std::string, int> names;
  for (const auto& member : value.children())
    if ((value.is_object() && ++names[std::string(member.key())] > 1) || has_doubles(member))
      return true;
  return false;
}

void check_document(std::string_view text, const result<message>& value) {
  message by_document;
  auto read = decode_document_into(text, by_document);
  require(read.has_value() == value.has_value(),
          "plain reading and a document do not agree what can be read");
  if (read)
    require(encode(by_document) == encode(*value), "plain reading and a document find different values");
  else
    require(read.error().message() == value.error().message(),
            "plain reading has another error than a document");
}

void check_fields(const message& value, const nlohmann::json& tree) {
  require(tree.at("flag").get<bool>() == value.flag, "a flag was read otherwise");
  require(tree.at("number").get<std::int64_t>() == value.number, "a number was read otherwise");
  require(tree.at("count").get<std::uint64_t>() == value.count, "a count was read otherwise");
  require(tree.at("small").get<std::int64_t>() == value.small, "a small number was read otherwise");
  require(tree.at("ratio").get<double>() == value.ratio, "a ratio was read otherwise");
  require(static_cast<float>(tree.at("coarse").get<double>()) == value.coarse, "a float was read otherwise");
  require(tree.at("text").get<std::string>() == value.text, "a text was read otherwise");
  require(tree.at("where").get<std::string>() == name_of(value.where), "an enum was read otherwise");
  require(tree.at("parts").size() == value.parts.size(), "parts were read otherwise");
  require(tree.at("table").size() == value.table.size(), "a table was read otherwise");
  require((tree.contains("note") && !tree.at("note").is_null()) == value.note.has_value(),
          "an optional was read otherwise");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto text = text_of(data, size);
  auto value = decode<message>(text);
  check_document(text, value);
  if (!value) {
    require(is_utf8(value.error().message()), "a message about a text is no text");
    return 0;
  }
  auto written = encode(*value);
  require(written.has_value(), "a message that was read cannot be written");
  auto again = decode<message>(*written);
  require(again == *value, "a message that was written is not read back");
  require(encode(*again) == *written, "a message is written otherwise the second time");
  if (!has_doubles(json_document::parse(text)->root()))
    check_fields(*value, nlohmann::json::parse(text));
  return 0;
}
