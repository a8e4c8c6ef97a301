#include <tusker/persistence/verify_index.hpp>

#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_names.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <optional>
#include <utility>

namespace tusker {

namespace {

constexpr std::size_t key_bytes = 16;
constexpr std::size_t offset_bytes = 8;

auto place_of(stream_number stream, stream_version version) -> std::string {
  return "stream number " + std::to_string(stream.value()) + ", version " + std::to_string(version.value());
}

/// The walk over `st`, stream by stream.
class index_check {
public:
  explicit index_check(verify_scope& scope) : scope_(scope) {}

  void check(std::string_view key, std::string_view value) {
    if (key.size() != key_bytes || value.size() != offset_bytes)
      return scope_.notes().fault("st", key_text(key), "it is no entry of this table");
    auto stream = stream_of_key(key);
    auto version = version_of_key(key);
    if (stream != stream_)
      enter(stream);
    if (version != last_.next())
      scope_.notes().fault("st", place_of(stream, version),
                           "the version before it is missing: the last one was " +
                               std::to_string(last_.value()));
    last_ = version;
    if (auto problem = problem_of(stream, version, offset_of_event_key(value)))
      scope_.notes().fault("st", place_of(stream, version), std::move(*problem));
  }

private:
  /// The first entry of another stream: what is true of all of its events is looked up once.
  void enter(stream_number stream) {
    stream_ = stream;
    last_ = empty_stream;
    name_.reset();
    if (!scope_.has({"smeta"}))
      return;
    auto entry = entry_of_stream(scope_.transaction(), scope_.tables(), stream);
    if (!entry)
      return scope_.notes().fault("st", "stream number " + std::to_string(stream.value()),
                                  entry.error().message());
    name_ = std::move(entry->stream);
  }

  auto problem_of(stream_number stream, stream_version version, log_offset offset)
      -> std::optional<std::string> {
    if (!scope_.has({"ev"}))
      return std::nullopt;
    auto where = "the event at offset " + std::to_string(offset.value());
    auto value = lmdb_get(scope_.transaction(), scope_.tables().events, event_key(offset));
    if (!value)
      return where + " cannot be read: " + value.error().message();
    if (!*value)
      return where + ", to which it points, is missing";
    auto record = decode_event_record(offset, **value);
    // A damaged record is a fault of `ev` and was noted there.
    if (!record)
      return std::nullopt;
    const auto& header = record->header;
    if (header.stream != stream || header.version != version)
      return where + ", to which it points, is " + place_of(header.stream, header.version);
    return name_ ? belonging_problem(header, where) : std::nullopt;
  }

  /// Whether an event's shard and category are those of its stream's name.
  auto belonging_problem(const event_header& header, const std::string& where) -> std::optional<std::string> {
    if (scope_.shards.value() > 0 && shard_of(*name_, scope_.shards) != header.shard)
      return where + " is in shard " + std::to_string(header.shard.value()) + ", its stream in another";
    if (!scope_.has({"name"}))
      return std::nullopt;
    auto category =
        names_.name_of(scope_.transaction(), scope_.tables(), name_kind::category, header.category);
    if (category && **category != name_->category())
      return where + " has category '" + **category + "', its stream another";
    return std::nullopt;
  }

  verify_scope& scope_;
  name_cache names_;
  stream_number stream_;
  stream_version last_;
  std::optional<stream_id> name_;
};

/// The other way: names the events that have no entry.
auto find_unindexed(const verify_scope& scope) -> result<void> {
  return scope.walk("ev", "offset", [&](std::string_view key, std::string_view value) {
    auto record = decode_event_record(offset_of_event_key(key), value);
    if (!record)
      return;
    auto at = stream_event_key(record->header.stream, record->header.version);
    auto entry = lmdb_get(scope.transaction(), scope.tables().stream_events, at);
    if (!entry || *entry != key)
      scope.notes().fault("ev", "offset " + std::to_string(offset_of_event_key(key).value()),
                          "table 'st' does not have it under its stream and version");
  });
}

} // namespace

auto verify_index(verify_scope& scope) -> result<void> {
  auto before = scope.notes().faults();
  index_check check(scope);
  if (auto walked = scope.walk("st", "entry", [&](auto key, auto value) { check.check(key, value); });
      !walked)
    return walked;
  // Each entry has an event of its own, since that names the entry's key. So with as many entries as events, all
  // events have one, and nobody has to look them up.
  auto is_even = scope.entries("st") == scope.entries("ev") && scope.notes().faults() == before;
  if (is_even || !scope.has({"st", "ev"}))
    return {};
  return find_unindexed(scope);
}

} // namespace tusker
