#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_names.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tusker {

// What the numbers in an event's record stand for, within one read.

/// The types of events that one read meets. They are few, and the cache that all readers share has a lock.
class type_names {
public:
  type_names(const journal_rows& rows, const lmdb_tables& tables, name_cache& names)
      : rows_(rows), tables_(tables), names_(names) {}

  /// Errors: `journal_errc::corrupt`, `io_error`.
  [[nodiscard]] auto of(name_number type) -> result<const std::string*> {
    if (auto known = met_.find(type.value()); known != met_.end())
      return known->second;
    return names_.name_of(rows_, tables_, name_kind::event_type, type).map([&](const auto* name) {
      return met_.emplace(type.value(), name).first->second;
    });
  }

private:
  const journal_rows& rows_;
  const lmdb_tables& tables_;
  name_cache& names_;
  std::unordered_map<std::uint32_t, const std::string*> met_;
};

/// What one read looked up of streams: most events of a slice are of few.
class entry_cache {
public:
  /// Errors: `journal_errc::corrupt`, `io_error`.
  [[nodiscard]] auto of(const journal_rows& rows, const lmdb_tables& tables, stream_number number)
      -> result<const stream_entry*> {
    if (auto known = entries_.find(number.value()); known != entries_.end())
      return &known->second;
    if (!names_) {
      auto opened = row_cursor::open(rows, tables.stream_names);
      if (!opened)
        return fail(opened.error());
      names_.emplace(std::move(*opened));
    }
    return entry_of_stream(*names_, number).map([&](stream_entry entry) -> const stream_entry* {
      return &entries_.emplace(number.value(), std::move(entry)).first->second;
    });
  }

private:
  std::optional<row_cursor> names_; ///< Streams that are new in a slice stand side by side.
  std::unordered_map<std::uint64_t, stream_entry> entries_;
};

/// Puts an event behind `events`, without its stream. Errors: `journal_errc::corrupt`, which names the offset;
/// `io_error`.
[[nodiscard]] auto add_event(type_names& types, log_offset offset, const event_record& record,
                             std::vector<recorded_event>& events) -> result<void>;

} // namespace tusker
