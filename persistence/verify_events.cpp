#include <tusker/persistence/verify_events.hpp>

#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_names.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <optional>
#include <set>
#include <utility>

namespace tusker {

namespace {

/// Whether numbers in events have their names; each is looked up once.
class known_names {
public:
  explicit known_names(const verify_scope& scope) : scope_(scope) {}

  auto has(name_kind kind, name_number number) -> bool {
    // Nothing can be said when the table of names is not to be read; that is a fault of its own.
    if (!scope_.has({"name"}) || found_.contains({kind, number}))
      return true;
    if (!cache_.name_of(scope_.transaction(), scope_.tables(), kind, number))
      return false;
    found_.emplace(kind, number);
    return true;
  }

private:
  const verify_scope& scope_;
  name_cache cache_;
  std::set<std::pair<name_kind, name_number>> found_;
};

auto is_metadata(std::string_view bytes) -> bool {
  byte_reader in(bytes);
  (void)decode_metadata(in);
  return in.is_finished();
}

/// What is wrong with the record at an offset, if anything is.
auto record_problem(const verify_scope& scope, known_names& names, log_offset offset, std::string_view value)
    -> std::optional<std::string> {
  auto record = decode_event_record(offset, value);
  if (!record)
    return "the record is damaged";
  const auto& header = record->header;
  if (header.stream.value() == 0 || header.version == empty_stream)
    return "it names no stream and version";
  if (!is_metadata(record->meta))
    return "its metadata cannot be read";
  if (record->content.codec != text_codec::plain && !unpack_text(record->content))
    return "its content cannot be unpacked";
  if (!names.has(name_kind::event_type, header.type))
    return "its type has number " + std::to_string(header.type.value()) + ", which names nothing";
  if (!names.has(name_kind::category, header.category))
    return "its category has number " + std::to_string(header.category.value()) + ", which names nothing";
  if (scope.shards.value() > 0 && header.shard.value() >= scope.shards.value())
    return "it is in shard " + std::to_string(header.shard.value()) + ", which does not exist";
  return std::nullopt;
}

} // namespace

auto verify_events(verify_scope& scope) -> result<void> {
  known_names names(scope);
  log_offset last;
  auto walked = scope.walk("ev", "offset", [&](std::string_view key, std::string_view value) {
    auto offset = offset_of_event_key(key);
    auto place = "offset " + std::to_string(offset.value());
    if (key.size() != sizeof(log_offset::rep))
      scope.notes().fault("ev", key_text(key), "it is no offset");
    if (offset != last.next())
      scope.notes().fault("ev", place,
                          "the event before it is missing: the last one had offset " +
                              std::to_string(last.value()));
    if (auto problem = record_problem(scope, names, offset, value))
      scope.notes().fault("ev", place, std::move(*problem));
    last = offset;
  });
  scope.head = last;
  return walked;
}

} // namespace tusker
