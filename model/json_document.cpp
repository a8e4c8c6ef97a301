#include <tusker/model/json_document.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/utf8.hpp>
#include <tusker/model/visitor.hpp>

#include <nlohmann/json.hpp>
#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

namespace tusker {

/// Receives the parser's events and lays them down as nodes, parents before children. Texts stay where the parser has
/// them.
class json_document_builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, json_document_builder> {
public:
  /// `text` is what will be read.
  json_document_builder(json_document& document, std::string_view text)
      : nodes_(document.memory_.nodes),
        is_plain_(is_ascii(text) && text.find('\\') == std::string_view::npos) {}

  // The names from here on are RapidJSON's handler interface.
  // NOLINTBEGIN(readability-identifier-naming)
  /// What is not asked for: numbers come as they are written.
  auto Default() -> bool { return false; }
  auto Null() -> bool { return leaf(std::monostate{}); }
  auto Bool(bool value) -> bool { return leaf(value); }
  auto RawNumber(const char* text, rapidjson::SizeType length, bool /*copy*/) -> bool {
    auto digits = std::string_view(text, length);
    return (digits.front() == '-' ? integer<std::int64_t>(digits) : integer<std::uint64_t>(digits)) ||
           real(digits);
  }
  auto String(const char* text, rapidjson::SizeType length, bool /*copy*/) -> bool {
    auto value = std::string_view(text, length);
    return is_sound(value) && leaf(value);
  }
  auto StartObject() -> bool { return open(json_document::object_mark{}); }
  auto Key(const char* text, rapidjson::SizeType length, bool /*copy*/) -> bool {
    key_ = std::string_view(text, length);
    return is_sound(key_);
  }
  auto EndObject(rapidjson::SizeType /*count*/) -> bool { return close(); }
  auto StartArray() -> bool { return open(json_document::array_mark{}); }
  auto EndArray(rapidjson::SizeType /*count*/) -> bool { return close(); }
  // NOLINTEND(readability-identifier-naming)

private:
  /// An escape may have made half a surrogate.
  [[nodiscard]] auto is_sound(std::string_view value) const -> bool { return is_plain_ || is_utf8(value); }

  /// False when it is none, or has no room in 64 bits.
  template <class Integer>
  auto integer(std::string_view digits) -> bool {
    Integer value = 0;
    auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return failure == std::errc() && end == digits.data() + digits.size() && leaf(value);
  }

  auto real(std::string_view digits) -> bool {
    double value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc())
      return leaf(value);
    // Too large or too small: `from_chars` does not tell which, and the one is refused while the other is nearly zero.
    auto number = nlohmann::json::parse(digits, nullptr, false);
    return number.is_number() && leaf(number.get<double>());
  }

  static constexpr auto nothing = static_cast<std::size_t>(-1);

  template <class Content>
  auto leaf(Content content) -> bool {
    // Filled where it will stay: a copy of what was written just before makes the processor wait.
    auto& made = nodes_.emplace_back();
    made.key = std::exchange(key_, {});
    made.content.template emplace<Content>(content);
    made.next = nodes_.size();
    return true;
  }

  template <class Mark>
  auto open(Mark mark) -> bool {
    (void)leaf(mark);
    auto opened = nodes_.size() - 1;
    nodes_[opened].next = std::exchange(open_, opened);
    return true;
  }

  auto close() -> bool {
    open_ = std::exchange(nodes_[open_].next, nodes_.size());
    return true;
  }

  std::vector<json_document::node>& nodes_;
  bool is_plain_;        ///< No text in it can be anything but ASCII.
  std::string_view key_; ///< Of the next value.
  /// The innermost node that is open. Each open one has its parent in `next`, until it is closed.
  std::size_t open_ = nothing;
};

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

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

/// What is wrong with a text that is not JSON, by a parser that tells it well. Takes its time: nobody waits for a
/// refusal.
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

/// In place. Numbers are read by the standard library: the parser's way is wrong near the largest.
auto read_in_place(rapidjson::InsituStringStream& stream, json_document_builder& builder, std::size_t bytes)
    -> rapidjson::ParseResult {
  constexpr auto flags = rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;
  // By recursion, which is faster, where the text is too short to be nested dangerously deep.
  constexpr std::size_t recursive_bytes_max = 1'024;
  return bytes <= recursive_bytes_max
             ? rapidjson::Reader().Parse<flags>(stream, builder)
             : rapidjson::Reader().Parse<flags | rapidjson::kParseIterativeFlag>(stream, builder);
}

} // namespace

/// What the last document of this thread left. Documents mostly come one after the other, and memory is a good part of
/// what a small one costs.
auto json_document::spare() -> memory& {
  thread_local memory left;
  return left;
}

json_document::~json_document() {
  // Large ones are rare, and not to be kept for ever by each thread.
  constexpr std::size_t kept_bytes_max = std::size_t{16} << 10U;
  constexpr std::size_t kept_nodes_max = 1'024;
  if (!memory_.text || memory_.text_bytes > kept_bytes_max || memory_.nodes.capacity() > kept_nodes_max)
    return;
  memory_.nodes.clear();
  spare() = std::move(memory_);
}

void json_document::make_room(std::size_t text_bytes) {
  // Some more than a usual text has.
  constexpr std::size_t bytes_per_node = 10;
  constexpr std::size_t nodes_at_once_max = 64;
  constexpr std::size_t text_bytes_least = 512;
  memory_ = std::move(spare());
  if (!memory_.text || memory_.text_bytes < text_bytes) {
    memory_.text_bytes = std::max(text_bytes, text_bytes_least);
    memory_.text = std::make_unique_for_overwrite<char[]>(memory_.text_bytes);
  }
  memory_.nodes.reserve(std::min(text_bytes / bytes_per_node + 2, nodes_at_once_max));
}

auto json_document::parse(std::string_view text) -> result<json_document> {
  auto body = text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
  json_document document;
  document.make_room(body.size() + 1);
  auto* begin = document.memory_.text.get();
  *std::copy(body.begin(), body.end(), begin) = '\0';
  auto stream = rapidjson::InsituStringStream(begin);
  json_document_builder builder(document, body);
  auto read = read_in_place(stream, builder, body.size());
  // The parser takes a zero byte for the end.
  if (!read.IsError() && stream.Tell() == body.size())
    return document;
  // Also one like 0e999, which another parser would take.
  if (read.Code() == rapidjson::kParseErrorNumberTooBig)
    return fail(model_errc::malformed_json,
                "a number at byte " + std::to_string(read.Offset() + 1) + " is out of range");
  return fail(model_errc::malformed_json, fault_of(text));
}

auto json_document::root() const -> json_value {
  return {*this, 0};
}

auto json_value::self() const -> const json_document::node& {
  return document_->memory_.nodes[index_];
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
  for (auto at = index_ + 1; at < self().next; at = document_->memory_.nodes[at].next)
    if (document_->memory_.nodes[at].key == name)
      return json_value(*document_, at);
  return std::nullopt;
}

json_members::json_members(const json_value& object)
    : object_(object), next_(object.index_ + 1), end_(object.is_object() ? object.self().next : 0) {}

auto json_members::find(std::string_view name) -> std::optional<json_value> {
  if (next_ < end_) {
    const auto& node = object_.document_->memory_.nodes[next_];
    if (node.key == name)
      return json_value(*object_.document_, std::exchange(next_, node.next));
  }
  return object_.member(name);
}

auto json_value::end() const -> std::size_t {
  return self().next;
}

auto json_value::next_of(std::size_t child) const -> std::size_t {
  return document_->memory_.nodes[child].next;
}

auto json_value::children() const -> std::vector<json_value> {
  std::vector<json_value> values;
  for_each_child([&](const json_value& child) {
    values.push_back(child);
    return true;
  });
  return values;
}

auto json_value::key() const -> std::string_view {
  return self().key;
}

} // namespace tusker
