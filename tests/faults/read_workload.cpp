#include "read_workload.hpp"

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <utility>

namespace tusker::faults {

namespace {

using sample::must;

constexpr auto name = "p";
constexpr log_id log{};
/// Rows of the last so many events are kept, so that commits free pages too.
constexpr std::uint64_t events_kept = 6;

auto event_row(std::uint64_t number) -> put_row {
  auto index_key = std::to_string(number % 3);
  // Some rows have pages of their own.
  return {"event",
          std::move(ordered_key().natural(number)).take(),
          std::to_string(number) + std::string(number % 4 * 1'500, '.'),
          {{"by_rest", index_key}}};
}

auto writes_of(std::uint64_t number) -> std::vector<read_write> {
  std::vector<read_write> writes{event_row(number), put_row{"total", "", std::to_string(number)}};
  if (number > events_kept)
    writes.emplace_back(erase_row{"event", event_row(number - events_kept).key});
  return writes;
}

auto rows_of(const read_view& view, scan_request request) -> std::vector<read_row> {
  request.limit.rows_max = 1'000;
  return must(view.scan(request)).rows;
}

} // namespace

auto read_options_in(const std::filesystem::path& site) -> read_store_options {
  read_store_options options;
  options.directory = site / "read";
  options.journal = sample::id_numbered(1, "journal");
  options.map_bytes = options.map_bytes_max = std::uint64_t{64} << 20U;
  return options;
}

auto projected_to(const read_store& store) -> std::optional<std::uint64_t> {
  if (!must(store.find_projection(name)))
    return 0;
  auto view = must(store.view(name));
  auto offset = view->entry().offset_of(log).value();
  std::vector<read_row> rows;
  std::vector<read_row> third;
  for (auto number = offset - std::min(offset, events_kept) + 1; number <= offset; ++number) {
    auto put = event_row(number);
    rows.push_back({put.key, put.value});
    if (number % 3 == 0)
      third.push_back({put.key, put.value, "0"});
  }
  auto total = offset == 0 ? std::nullopt : std::optional(std::to_string(offset));
  auto is_whole = rows_of(*view, {"event"}) == rows &&
                  rows_of(*view, {"event", "by_rest", key_range::of_key("0")}) == third &&
                  must(view->get("total", "")) == total &&
                  must(view->count({"event"})) == row_count{rows.size()};
  return is_whole ? std::optional(offset) : std::nullopt;
}

auto project_next(read_store& store) -> result<void> {
  auto projection = store.add_projection(name, projection_version(1));
  if (!projection)
    return fail(projection.error());
  auto from = projection->serving.offset_of(log);
  auto step = read_commit{name, projection->serving.number, log, epoch(0), from, from.next(), {}, {}};
  step.writes = writes_of(step.to.value());
  auto made = store.commit(step);
  if (!made)
    return fail(made.error());
  return *made == commit_verdict(read_committed()) ? result<void>()
                                                   : fail(read_store_errc::invalid, "the commit was refused");
}

} // namespace tusker::faults
