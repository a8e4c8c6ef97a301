#include <tusker/persistence/event_line.hpp>

#include <tusker/model/json_codec.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/located_error.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/persistence/json_text.hpp>
#include <tusker/persistence/transfer_errc.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

namespace tusker {

namespace {

constexpr std::array<std::pair<event_loss, std::string_view>, 2> losses{{
    {event_loss::truncated, "truncated"},
    {event_loss::tombstoned, "tombstoned"},
}};

template <class Value>
void put(json_writer& out, std::string_view name, const Value& value) {
  out.key(name);
  json_codec<Value>::write(out, value);
}

void put_id(json_writer& out, std::string_view name, const uuid& id) {
  out.key(name);
  id.is_nil() ? out.null() : out.text(to_string(id));
}

auto malformed(std::string what) -> tl::unexpected<error> {
  return fail(transfer_errc::malformed_line, std::move(what));
}

/// The members of a line, each read by its codec; what is wrong first is kept.
class line_members {
public:
  explicit line_members(const json_value& line) : line_(line) {}

  template <class Value>
  void need(std::string_view name, Value& value) {
    if (!take(name, value))
      blame("it has no '" + std::string(name) + "'");
  }

  /// Leaves the value as it is where the member is missing or null. Whether it is there.
  template <class Value>
  auto take(std::string_view name, Value& value) -> bool {
    known_.emplace_back(name);
    auto member = line_.member(name);
    if (!member || member->is_null())
      return false;
    decode_context context("line");
    decode_context::step into(context, name);
    if (!json_codec<Value>::read(*member, value, context))
      blame(context.take_fault().message());
    return true;
  }

  /// A member that only has to be there.
  auto has(std::string_view name) -> bool {
    known_.emplace_back(name);
    return line_.member(name).has_value();
  }

  void blame(std::string what) {
    if (what_.empty())
      what_ = std::move(what);
  }

  /// What is wrong with the line; empty when nothing is. To be asked when all members were.
  auto verdict() -> std::string {
    std::set<std::string> met;
    line_.for_each_child([&](const json_value& member) {
      auto name = std::string(member.key());
      if (std::find(known_.begin(), known_.end(), name) == known_.end())
        blame("'" + name + "' is no member of an event" + name_hint(name, known_));
      if (!met.insert(std::move(name)).second)
        blame("it has '" + std::string(member.key()) + "' twice");
      return true;
    });
    return what_;
  }

private:
  json_value line_;
  std::vector<std::string> known_;
  std::string what_;
};

void read_place(line_members& members, recorded_event& event) {
  std::string stream;
  members.need("stream", stream);
  auto parsed = stream_id::parse(stream);
  parsed ? void(event.stream = std::move(*parsed)) : members.blame("'stream': " + parsed.error().message());
  members.need("version", event.version);
  if (event.version == empty_stream)
    members.blame("'version': versions count from 1");
  members.take("shard", event.shard);
}

void read_position(line_members& members, const json_value& line, recorded_event& event) {
  if (!members.has("position"))
    return;
  auto position = line.member("position");
  auto offset = position->member("offset");
  auto number = offset ? offset->unsigned_integer() : std::nullopt;
  number ? void(event.at.offset = log_offset(*number)) : members.blame("'position' has no 'offset'");
}

void read_metadata(line_members& members, metadata& meta) {
  members.take("command_id", meta.causation_id);
  members.take("correlation_id", meta.correlation_id);
  members.take("subject", meta.subject);
  members.take("traceparent", meta.traceparent);
  members.take("user", meta.user);
}

auto read_loss(line_members& members) -> std::optional<event_loss> {
  std::string name;
  if (!members.take("gone", name))
    return std::nullopt;
  for (const auto& [loss, known] : losses)
    if (known == name)
      return loss;
  members.blame("'gone' is '" + name + "', not 'truncated' or 'tombstoned'");
  return std::nullopt;
}

/// An event without an id gets one that is the same at every import.
void give_id(recorded_event& event) {
  auto version = std::to_string(event.version.value());
  auto parts = std::array<std::string_view, 2>{event.stream.name(), version};
  event.data.id = event_id(derive_uuid(event.data.time, parts));
}

} // namespace

void write_event_members(json_writer& out, const recorded_event& event) {
  const auto& [id, content, meta, time] = event.data;
  put(out, "stream", event.stream.name());
  put(out, "version", event.version);
  out.key("position");
  out.begin_object();
  put(out, "log", event.at.log);
  put(out, "offset", event.at.offset);
  out.end_object();
  put(out, "shard", event.shard);
  put(out, "time", time);
  put(out, "type", content.type);
  put(out, "schema_version", content.version);
  put_id(out, "event_id", id.value());
  put_id(out, "command_id", meta.causation_id);
  put_id(out, "correlation_id", meta.correlation_id);
  put(out, "subject", meta.subject);
  put(out, "traceparent", meta.traceparent);
  put(out, "user", meta.user);
}

auto encode_event_line(const event_line& line) -> result<std::string> {
  const auto& content = line.event.data.content;
  auto refuse = [&](const error& why) {
    return fail(located(error(transfer_errc::not_exportable, why.message()), line.event));
  };
  if (auto json = json_document::parse(content.json); !json)
    return refuse(json.error());
  json_writer out;
  out.begin_object();
  write_event_members(out, line.event);
  if (line.gone)
    put(out, "gone", std::string(losses.at(static_cast<std::size_t>(*line.gone)).second));
  out.end_object();
  auto text = std::move(out).finish();
  if (!text)
    return refuse(text.error());
  // The content goes in as it is stored: reading and writing it anew could change numbers.
  text->pop_back();
  return std::move(text->append(R"(,"content":)").append(compact_json_text(content.json)).append("}"));
}

auto decode_event_line(std::string_view line) -> result<event_line> {
  auto document = json_document::parse(line);
  if (!document)
    return malformed(document.error().message());
  if (!document->root().is_object())
    return malformed("an object was expected, not " + std::string(document->root().kind_name()));
  auto members = line_members(document->root());
  event_line read;
  auto& [id, content, meta, time] = read.event.data;
  read_place(members, read.event);
  read_position(members, document->root(), read.event);
  members.need("time", time);
  members.need("type", content.type);
  members.need("schema_version", content.version);
  if (content.version == schema_version(0))
    members.blame("'schema_version': they count from 1");
  if (uuid given; members.take("event_id", given))
    id = event_id(given);
  else if (!members.has("event_id"))
    give_id(read.event);
  read_metadata(members, meta);
  read.gone = read_loss(members);
  if (!members.has("content") && !read.gone)
    members.blame("it has no 'content'");
  if (auto what = members.verdict(); !what.empty())
    return malformed(std::move(what));
  auto json = json_member_text(line, "content");
  if (!json && !read.gone)
    return malformed("'content' is written with escapes in its name");
  content.json = read.gone ? "null" : compact_json_text(*json);
  return read;
}

} // namespace tusker
