#include <tusker/persistence/verify_system.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_system.hpp>

#include <optional>

namespace tusker {

namespace {

constexpr std::string_view table = "sys";

/// The body of an entry that a journal must have, of the right length; notes why there is none.
auto entry_of(const verify_scope& scope, std::string_view key, std::size_t bytes)
    -> result<std::optional<std::string_view>> {
  auto value = lmdb_get(scope.transaction(), scope.tables().system, key);
  if (!value)
    return fail(value.error());
  auto body = *value ? unframe(key, **value) : std::nullopt;
  if (body && body->size() == bytes)
    return body;
  scope.notes().fault(table, std::string(key), *value ? "the entry is damaged" : "the entry is missing");
  return std::nullopt;
}

void check_identity(const verify_scope& scope, const uuid& id, const std::filesystem::path& directory) {
  auto identity = read_identity(directory);
  if (!identity)
    scope.notes().fault("identity", "", identity.error().message());
  else if (*identity && **identity != id)
    scope.notes().fault("identity", "",
                        "it says " + to_string(**identity) + ", the data are those of journal " +
                            to_string(id));
}

} // namespace

auto verify_system(verify_scope& scope, const std::filesystem::path& directory) -> result<void> {
  if (!scope.has({table}))
    return {};
  auto format = entry_of(scope, system_key::format, sizeof lmdb_format_version);
  auto id = entry_of(scope, system_key::id, std::tuple_size_v<decltype(uuid::bytes)>);
  auto shards = entry_of(scope, system_key::shards, sizeof(std::uint16_t));
  for (const auto& entry : {format, id, shards})
    if (!entry)
      return fail(entry.error());
  if (*format) {
    auto version = byte_reader(**format).little<std::uint32_t>();
    scope.notes().report().format_version = version;
    if (version != lmdb_format_version)
      scope.notes().fault(table, "format",
                          "it is " + std::to_string(version) + ", this program knows " +
                              std::to_string(lmdb_format_version));
  }
  if (*id) {
    auto& stored = scope.notes().report().id;
    byte_reader(**id).raw(stored.bytes);
    check_identity(scope, stored, directory);
  }
  if (*shards) {
    scope.shards = shard_count(byte_reader(**shards).little<std::uint16_t>());
    if (scope.shards.value() == 0 || scope.shards > shard_count_max)
      scope.notes().fault(table, "shards", "there cannot be " + std::to_string(scope.shards.value()));
  }
  return {};
}

auto verify_applied(verify_scope& scope) -> result<void> {
  if (!scope.has({table, "ev"}))
    return {};
  auto applied = entry_of(scope, system_key::applied, sizeof(log_offset::rep));
  if (!applied)
    return fail(applied.error());
  if (*applied && log_offset(byte_reader(**applied).little<std::uint64_t>()) != scope.head)
    scope.notes().fault(table, std::string(system_key::applied),
                        "it is not the offset of the last event, which is " +
                            std::to_string(scope.head.value()));
  return {};
}

} // namespace tusker
