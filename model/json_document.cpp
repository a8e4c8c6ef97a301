#include <tusker/model/json_document.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/utf8.hpp>
#include <tusker/model/visitor.hpp>

#include <nlohmann/json.hpp>

#include <limits>
#include <utility>

namespace tusker {

/// Receives the parser's events and lays them down as nodes, parents before children.
class json_document_builder {
public:
  explicit json_document_builder(json_document& document) : document_(document) {}

  [[nodiscard]] auto fault() const -> const std::string& { return fault_; }

  // The names from here on are nlohmann's SAX interface.
  auto null() -> bool { return leaf(std::monostate{}); }
  auto boolean(bool value) -> bool { return leaf(value); }
  auto number_integer(std::int64_t value) -> bool { return leaf(value); }
  auto number_unsigned(std::uint64_t value) -> bool { return leaf(value); }
  auto number_float(double value, const std::string& /*text*/) -> bool { return leaf(value); }
  auto string(std::string& value) -> bool { return leaf(std::move(value)); }
  auto binary(nlohmann::json::binary_t& /*value*/) -> bool { return false; }
  auto start_object(std::size_t /*count*/) -> bool { return open(json_document::object_mark{}); }
  auto end_object() -> bool { return close(); }
  auto start_array(std::size_t /*count*/) -> bool { return open(json_document::array_mark{}); }
  auto end_array() -> bool { return close(); }

  auto key(std::string& name) -> bool {
    key_ = std::move(name);
    return true;
  }

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
  template <class Content>
  auto leaf(Content content) -> bool {
    auto& nodes = document_.nodes_;
    nodes.push_back({std::exchange(key_, {}), std::move(content), nodes.size() + 1});
    return true;
  }

  template <class Mark>
  auto open(Mark mark) -> bool {
    open_.push_back(document_.nodes_.size());
    return leaf(mark);
  }

  auto close() -> bool {
    document_.nodes_[open_.back()].next = document_.nodes_.size();
    open_.pop_back();
    return true;
  }

  json_document& document_;
  std::vector<std::size_t> open_;
  std::string key_;
  std::string fault_;
};

auto json_document::parse(std::string_view text) -> result<json_document> {
  // The parser takes a zero byte for the end of its input and would pass over all that follows.
  if (auto at = text.find('\0'); at != std::string_view::npos)
    return fail(model_errc::malformed_json, "not JSON at byte " + std::to_string(at + 1) + ", a zero byte");
  json_document document;
  json_document_builder builder(document);
  try {
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
      return document;
  } catch (const nlohmann::json::exception& thrown) {
    return fail(model_errc::malformed_json, thrown.what());
  }
  return fail(model_errc::malformed_json, builder.fault());
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
                        [](const std::string&) { return std::string_view("text"); },
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

auto json_value::text() const -> const std::string* {
  return std::get_if<std::string>(&self().content);
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

auto json_value::key() const -> const std::string& {
  return self().key;
}

} // namespace tusker
