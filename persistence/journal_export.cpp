#include <tusker/persistence/journal_export.hpp>

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/event_line.hpp>
#include <tusker/persistence/journal_read.hpp>
#include <tusker/persistence/lmdb_log_scan.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_stored_event.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/scan_limit.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

namespace {

/// Events of one read transaction.
constexpr read_limit slice_limit{};

class exporting {
public:
  exporting(const lmdb_store& store, const export_options& options, const line_sink& sink)
      : store_(store), options_(options), sink_(sink) {}

  auto run() -> result<export_report> {
    if (auto bounded = find_end(); !bounded)
      return fail(bounded.error());
    for (auto after = options_.after; after < report_.head;) {
      std::vector<event_line> lines;
      auto scanned = read_slice(after, lines);
      if (!scanned)
        return fail(scanned.error());
      if (auto written = write(lines); !written)
        return fail(written.error());
      after = *scanned;
    }
    return report_;
  }

private:
  auto find_end() -> result<void> {
    auto read = begin_read(store_);
    if (!read)
      return fail(read.error());
    return last_offset(read->rows, store_.tables).map([&](log_offset head) {
      report_.head = std::min(head, options_.until.value_or(head));
    });
  }

  /// Returns up to where it has looked.
  auto read_slice(log_offset after, std::vector<event_line>& lines) -> result<log_offset> {
    auto read = begin_read(store_);
    if (!read)
      return fail(read.error());
    auto wanted = header_filter::make(read->rows, store_.tables, options_.filter);
    auto scan = log_scan::begin(read->rows, store_.tables, after);
    if (!wanted || !scan)
      return fail(!wanted ? wanted.error() : scan.error());
    entry_cache streams;
    type_names types(read->rows, store_.tables, names_);
    scan_budget budget(slice_limit);
    std::size_t bytes = 0;
    while (scan->offset() < report_.head && !budget.is_spent() && lines.size() < slice_limit.events_max &&
           bytes < slice_limit.bytes_max) {
      if (auto found = scan->next_stored(); !found)
        return fail(found.error());
      auto size = scan->record().content.text_bytes() + scan->record().meta.size();
      budget.spend(size);
      bytes += size;
      if (!wanted->passes(scan->record().header))
        continue;
      auto entry = streams.of(read->rows, store_.tables, scan->record().header.stream);
      auto added = entry ? add_line(types, *scan, **entry, lines) : fail(entry.error());
      if (!added)
        return fail(added.error());
    }
    return scan->offset();
  }

  auto add_line(type_names& types, const log_scan& scan, const stream_entry& stream,
                std::vector<event_line>& lines) -> result<void> {
    auto is_wanted = (!options_.stream || stream.stream == *options_.stream) &&
                     stream.stream.name().starts_with(options_.filter.stream_prefix);
    if (!is_wanted)
      return {};
    std::vector<recorded_event> events;
    if (auto added = add_event(types, scan.offset(), scan.record(), events); !added)
      return added;
    auto& line = lines.emplace_back(event_line{std::move(events.front()), {}});
    line.event.stream = stream.stream;
    if (stream.shows(line.event.version))
      return {};
    line.gone = stream.state == stream_state::tombstoned ? event_loss::tombstoned : event_loss::truncated;
    line.event.data.content.json = "null";
    line.event.data.meta = {};
    return {};
  }

  auto write(const std::vector<event_line>& lines) -> result<void> {
    for (const auto& line : lines) {
      auto text = encode_event_line(line);
      auto written = text ? sink_(*text) : fail(text.error());
      if (!written)
        return written;
      ++report_.events;
      report_.gone += line.gone ? 1 : 0;
    }
    return {};
  }

  const lmdb_store& store_;
  const export_options& options_;
  const line_sink& sink_;
  name_cache names_;
  export_report report_;
};

} // namespace

auto export_journal(const export_options& options, const line_sink& sink) -> result<export_report> {
  journal_options reading;
  reading.directory = options.directory;
  reading.mode = open_mode::read_only;
  auto store = open_lmdb_store(reading);
  if (!store)
    return fail(store.error());
  if (auto shown = overlay_commit_log(*store, options.directory); !shown)
    return fail(shown.error());
  return exporting(*store, options, sink).run();
}

} // namespace tusker
