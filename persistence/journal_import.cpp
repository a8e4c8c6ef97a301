#include <tusker/persistence/journal_import.hpp>

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/draft_folder.hpp>
#include <tusker/persistence/event_line.hpp>
#include <tusker/persistence/journal_copy.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/line_input.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/transfer_errc.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

namespace {

/// Of one commit.
constexpr std::size_t batch_items_max = 4'096;
constexpr std::size_t batch_bytes_max = std::size_t{16} << 20U;

/// As large as an event may be: what one journal took, another is not to refuse.
auto options_of(const import_options& wanted, const std::filesystem::path& directory) -> journal_options {
  journal_options options;
  options.directory = directory;
  options.shards = wanted.shards;
  options.limits.event_bytes_max = std::size_t{16} << 20U;
  options.limits.item_bytes_max = std::size_t{64} << 20U;
  options.limits.batch_bytes_max = std::size_t{256} << 20U;
  return options;
}

/// What is gone of a stream at the end.
struct stream_loss {
  stream_version last;
  event_loss why = event_loss::truncated;
};

class importing {
public:
  importing(const import_options& options, journal& to, const line_fault_watch& on_fault,
            const line_watch& on_progress)
      : options_(options), to_(to), on_fault_(on_fault), on_progress_(on_progress) {}

  auto run(line_input& input) -> result<import_report> {
    for (;;) {
      auto line = input.next();
      if (!line)
        return fail(line.error());
      if (!*line)
        break;
      if (auto taken = take(**line); !taken)
        return fail(taken.error());
    }
    if (auto appended = append(); !appended)
      return fail(appended.error());
    if (faults_ > 0)
      return fail(transfer_errc::malformed_line, std::to_string(faults_) + " of the lines of " +
                                                     options_.file.string() +
                                                     " cannot be imported; nothing was");
    return finish();
  }

private:
  auto take(numbered_line& line) -> result<void> {
    if (on_progress_ && line.number % 1'000 == 0)
      on_progress_(line.number);
    if (line.is_too_long) {
      blame(line.number, "it has more than " + std::to_string(line_input::line_bytes_max) + " bytes");
      return {};
    }
    auto read = decode_event_line(line.text);
    if (!read) {
      blame(line.number, read.error().message());
      return {};
    }
    // From the first fault on lines are looked at, and told if they are wrong.
    return faults_ > 0 ? result<void>() : add(line.number, std::move(*read));
  }

  auto add(std::uint64_t number, event_line line) -> result<void> {
    auto& event = line.event;
    if (line.gone) {
      ++report_.gone;
      losses_[event.stream] = {event.version, *line.gone};
    }
    append_item item;
    item.shard = shard_of(event.stream, to_.shards());
    item.stream = event.stream;
    item.expected = event.version.previous();
    item.time = event.data.time;
    item.events.push_back(std::move(event.data));
    bytes_ += size_of(item);
    places_.push_back({number, event.version, event.at.offset});
    batch_.push_back(std::move(item));
    return batch_.size() < batch_items_max && bytes_ < batch_bytes_max ? result<void>() : append();
  }

  auto append() -> result<void> {
    if (batch_.empty() || faults_ > 0)
      return {};
    auto verdicts = to_.append(batch_);
    if (!verdicts)
      return fail(verdicts.error());
    for (std::size_t at = 0; at < verdicts->size() && faults_ == 0; ++at)
      judge(places_[at], batch_[at].stream, (*verdicts)[at]);
    batch_.clear();
    places_.clear();
    bytes_ = 0;
    return {};
  }

  /// Where a line stood, and where its event did.
  struct line_place {
    std::uint64_t number = 0;
    stream_version version;
    log_offset offset;
  };

  void judge(const line_place& place, const stream_id& stream, const append_verdict& verdict) {
    if (const auto* done = std::get_if<appended>(&verdict)) {
      ++report_.events;
      report_.moved += place.offset != done->at.offset ? 1 : 0;
    } else if (const auto* conflict = std::get_if<version_conflict>(&verdict)) {
      blame(place.number, "version " + std::to_string(place.version.value()) + " of stream '" +
                              stream.name() + "' comes behind version " +
                              std::to_string(conflict->actual.value()));
    } else if (const auto* no = std::get_if<refused>(&verdict)) {
      blame(place.number, no->why.message());
    } else {
      blame(place.number, "it cannot be recorded");
    }
  }

  void blame(std::uint64_t number, const std::string& what) {
    ++faults_;
    if (on_fault_)
      on_fault_(options_.file.string() + ":" + std::to_string(number) + ": " + what);
  }

  /// Takes away what was gone where the lines come from, and counts.
  auto finish() -> result<import_report> {
    for (const auto& [stream, loss] : losses_) {
      append_item item;
      item.shard = shard_of(stream, to_.shards());
      item.stream = stream;
      if (loss.why == event_loss::tombstoned)
        item.retention = tombstone_stream{};
      else
        item.retention = truncate_events{loss.last.next()};
      batch_.push_back(std::move(item));
      if (batch_.size() == batch_items_max)
        if (auto taken = take_away(); !taken)
          return fail(taken.error());
    }
    if (auto taken = take_away(); !taken)
      return fail(taken.error());
    auto info = to_.info();
    if (!info)
      return fail(info.error());
    report_.streams = info->streams;
    return report_;
  }

  auto take_away() -> result<void> {
    if (batch_.empty())
      return {};
    auto verdicts = to_.append(batch_);
    if (!verdicts)
      return fail(verdicts.error());
    for (const auto& verdict : *verdicts)
      if (const auto* no = std::get_if<refused>(&verdict))
        return fail(no->why);
    batch_.clear();
    return {};
  }

  const import_options& options_;
  journal& to_;
  const line_fault_watch& on_fault_;
  const line_watch& on_progress_;
  std::vector<append_item> batch_;
  std::vector<line_place> places_;
  std::size_t bytes_ = 0;
  std::map<stream_id, stream_loss> losses_;
  std::uint64_t faults_ = 0;
  import_report report_;
};

} // namespace

auto import_journal(const import_options& options, const line_fault_watch& on_fault,
                    const line_watch& on_progress) -> result<import_report> {
  auto input = line_input::open(options.file);
  if (!input)
    return fail(input.error());
  auto draft = draft_folder::begin(options.directory);
  if (!draft)
    return fail(draft.error());
  auto to = open_lmdb_journal(options_of(options, draft->path()));
  if (!to)
    return fail(to.error());
  auto report = importing(options, **to, on_fault, on_progress).run(*input);
  to->reset();
  if (!report || options.mode == import_mode::rehearse)
    return report;
  if (auto checked = check_copy(draft->path()); !checked)
    return fail(checked.error());
  if (auto published = draft->publish(); !published)
    return fail(published.error());
  return report;
}

} // namespace tusker
