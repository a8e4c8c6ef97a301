#include <tusker/model/json_document.hpp>

#include <tusker/model/json_parser.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/utf8.hpp>
#include <tusker/model/visitor.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// Listens to a parser only for what it says of a text that is not JSON.
class fault_listener {
public:
  [[nodiscard]] auto fault() const -> const std::string& { return fault_; }

  // The names from here on are nlohmann's SAX interface.
  auto null() -> bool { return true; }
  auto boolean(bool /*value*/) -> bool { return true; }
  auto number_integer(std::int64_t /*value*/) -> bool { return true; }
  auto number_unsigned(std::uint64_t /*value*/) -> bool { return true; }
  auto number_float(double /*value*/, const std::string& /*text*/) -> bool { return true; }
  auto string(std::string& /*value*/) -> bool { return true; }
  auto binary(nlohmann::json::binary_t& /*value*/) -> bool { return true; }
  auto start_object(std::size_t /*count*/) -> bool { return true; }
  auto end_object() -> bool { return true; }
  auto start_array(std::size_t /*count*/) -> bool { return true; }
  auto end_array() -> bool { return true; }
  auto key(std::string& /*name*/) -> bool { return true; }

  auto parse_error(std::size_t at, const std::string& token, const nlohmann::json::exception& /*why*/)
      -> bool {
    fault_ = "not JSON at byte " + std::to_string(at);
    // A message is read by people and logged as JSON: a token that is long or no text would spoil it.
    constexpr std::size_t token_bytes_max = 40;
    if (!token.empty() && token.size() <= token_bytes_max && is_utf8(token))
      fault_ += ", near '" + token + "'";
    return false;
  }

private:
  std::string fault_ = "not JSON";
};

/// What is wrong with a text that is not JSON. Takes its time: nobody waits for a refusal.
auto fault_of(std::string_view text) -> std::string {
  // The parser takes a zero byte for the end of its input.
  if (auto at = text.find('\0'); at != std::string_view::npos)
    return "not JSON at byte " + std::to_string(at + 1) + ", a zero byte";
  fault_listener listener;
  try {
    (void)nlohmann::json::sax_parse(text.begin(), text.end(), &listener);
  } catch (const nlohmann::json::exception& thrown) {
    return thrown.what();
  }
  return listener.fault();
}

} // namespace

auto json_document::parse(std::string_view text) -> result<json_document> {
  // Some more than a usual text has.
  constexpr std::size_t bytes_per_node = 10;
  constexpr std::size_t nodes_at_once_max = 64;
  json_document document;
  document.text_ = std::make_unique_for_overwrite<char[]>(text.size());
  std::copy(text.begin(), text.end(), document.text_.get());
  document.nodes_.reserve(std::min(text.size() / bytes_per_node + 2, nodes_at_once_max));
  json_parser parser(document.text_.get(), document.text_.get() + text.size(), document.nodes_);
  if (parser.parse())
    return document;
  return fail(model_errc::malformed_json, fault_of(text));
}

auto json_document::root() const -> json_value {
  return {*this, 0};
}

auto json_value::self() const -> const json_document::node& {
  return document_->nodes_[index_];
}

auto json_value::is_null() const -> bool {
  return std::holds_alternative<std::monostate>(self().content);
}

auto json_value::is_object() const -> bool {
  return std::holds_alternative<json_document::object_mark>(self().content);
}

auto json_value::is_array() const -> bool {
  return std::holds_alternative<json_document::array_mark>(self().content);
}

auto json_value::kind_name() const -> std::string_view {
  return std::visit(visitor{
                        [](std::monostate) { return std::string_view("null"); },
                        [](bool) { return std::string_view("boolean"); },
                        [](std::int64_t) { return std::string_view("integer"); },
                        [](std::uint64_t) { return std::string_view("integer"); },
                        [](double) { return std::string_view("number"); },
                        [](std::string_view) { return std::string_view("text"); },
                        [](json_document::array_mark) { return std::string_view("array"); },
                        [](json_document::object_mark) { return std::string_view("object"); },
                    },
                    self().content);
}

auto json_value::boolean() const -> std::optional<bool> {
  const auto* value = std::get_if<bool>(&self().content);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

auto json_value::integer() const -> std::optional<std::int64_t> {
  if (const auto* value = std::get_if<std::int64_t>(&self().content))
    return *value;
  const auto* value = std::get_if<std::uint64_t>(&self().content);
  if (value == nullptr || std::cmp_greater(*value, std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

auto json_value::unsigned_integer() const -> std::optional<std::uint64_t> {
  if (const auto* value = std::get_if<std::uint64_t>(&self().content))
    return *value;
  const auto* value = std::get_if<std::int64_t>(&self().content);
  if (value == nullptr || *value < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(*value);
}

auto json_value::number() const -> std::optional<double> {
  if (const auto* value = std::get_if<double>(&self().content))
    return *value;
  if (auto value = integer())
    return static_cast<double>(*value);
  if (auto value = unsigned_integer())
    return static_cast<double>(*value);
  return std::nullopt;
}

auto json_value::text() const -> const std::string_view* {
  return std::get_if<std::string_view>(&self().content);
}

auto json_value::member(std::string_view name) const -> std::optional<json_value> {
  if (!is_object())
    return std::nullopt;
  for (auto at = index_ + 1; at < self().next; at = document_->nodes_[at].next)
    if (document_->nodes_[at].key == name)
      return json_value(*document_, at);
  return std::nullopt;
}

auto json_value::children() const -> std::vector<json_value> {
  std::vector<json_value> values;
  if (is_object() || is_array())
    for (auto at = index_ + 1; at < self().next; at = document_->nodes_[at].next)
      values.push_back(json_value(*document_, at));
  return values;
}

auto json_value::key() const -> std::string_view {
  return self().key;
}

} // namespace tusker
