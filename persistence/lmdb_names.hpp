#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tusker {

/// What an interned name is for; numbers count within a kind.
enum class name_kind : char { event_type = 't', category = 'c' };

/// The number of a name, if it has one. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_name(const journal_rows& rows, const lmdb_tables& tables, name_kind kind,
                             std::string_view name) -> result<std::optional<name_number>>;

/// The number of a name, given one now if it has none. Errors: as `lmdb_put`.
[[nodiscard]] auto intern_name(const journal_rows& rows, const lmdb_tables& tables, name_kind kind,
                               std::string_view name) -> result<name_number>;

/// Names by number, for readers: what was once committed never changes, so it is looked up once. Safe for threads.
class name_cache {
public:
  /// The name stays where it is as long as the cache. Errors: `journal_errc::corrupt`, `io_error`.
  [[nodiscard]] auto name_of(const journal_rows& rows, const lmdb_tables& tables, name_kind kind,
                             name_number number) -> result<const std::string*>;

private:
  std::shared_mutex mutex_;
  std::unordered_map<std::uint64_t, std::string> names_;
};

} // namespace tusker
