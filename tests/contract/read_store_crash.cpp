#include "read_store_crash.hpp"

#include "broken_read_store.hpp"
#include "read_store_steps.hpp"

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/killed_child.hpp>

#include <algorithm>
#include <stdexcept>
#include <unistd.h>

namespace tusker::contract {

namespace {

using sample::must;

/// Rows of the last so many events are kept, so that each commit also removes some.
constexpr std::uint64_t events_kept = 20;

auto event_row(std::uint64_t number) -> put_row {
  auto parity = std::string(number % 2 == 0 ? "even" : "odd");
  return {"event",
          std::move(ordered_key().natural(number)).take(),
          "event " + std::to_string(number) + std::string(number % 300, '.'),
          {{"by_parity", parity}}};
}

auto total_row(std::uint64_t number) -> put_row {
  return {"total", "events", std::to_string(number), {{"by_value", std::to_string(number)}}};
}

/// What the handler makes of event `number`.
auto writes_of(std::uint64_t number) -> std::vector<read_write> {
  std::vector<read_write> writes{event_row(number), total_row(number)};
  if (number > events_kept)
    writes.emplace_back(erase_row{"event", event_row(number - events_kept).key});
  return writes;
}

using ack_pipe = tusker_test::value_pipe_end<std::uint64_t>;

/// Acknowledges behind the rows and stops there, so that it is killed before the checkpoint every time.
class stops_between final : public forwarding_read_store {
public:
  stops_between(read_store& engine, const ack_pipe& acks) : forwarding_read_store(engine), acks_(acks) {}

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    auto made = engine().commit(step);
    if (step.to == step.from) {
      acks_.send(step.from.value());
      ::pause();
    }
    return made;
  }

private:
  const ack_pipe& acks_;
};

void project_next(read_store& store) {
  auto next = projection_of(store).serving.offset_of(first_log).next().value();
  commit_all(store, step_to(store, next, writes_of(next)));
}

[[noreturn]] void project_for_ever(const read_engine& made_by, const read_store_options& options,
                                   std::uint64_t commits_before, const ack_pipe& acks, crash_writer writer) {
  auto store = must(made_by.open(options));
  added(*store);
  for (std::uint64_t made = 0; writer == crash_writer::sound || made < commits_before; ++made) {
    project_next(*store);
    acks.send(projection_of(*store).serving.offset_of(first_log).value());
  }
  stops_between stopping(*store, acks);
  checkpoint_apart broken(stopping);
  project_next(broken);
  ::_exit(1);
}

} // namespace

auto project_until_killed(const read_engine& made_by, const read_store_options& options, std::uint64_t acks,
                          crash_writer writer) -> std::uint64_t {
  auto report = tusker_test::kill_child_after<std::uint64_t>(
      acks, [&](const ack_pipe& parent) { project_for_ever(made_by, options, acks - 1, parent, writer); });
  if (!report.was_killed)
    throw std::runtime_error("the projecting process ended by itself");
  return report.told.empty() ? 0 : report.told.back();
}

auto faults_of_crashed(const read_store& store, std::uint64_t acknowledged) -> fault_list {
  fault_list faults;
  auto view = must(store.view(summary));
  auto offset = view->entry().offset_of(first_log).value();
  if (offset < acknowledged)
    faults.push_back("offset " + std::to_string(acknowledged) + " was acknowledged, the store is at " +
                     std::to_string(offset));
  std::vector<read_row> rows;
  std::vector<read_row> odd;
  for (auto number = offset - std::min(offset, events_kept) + 1; number <= offset; ++number) {
    auto put = event_row(number);
    rows.push_back({put.key, put.value});
    if (number % 2 == 1)
      odd.push_back({put.key, put.value, "odd"});
  }
  auto expect = [&](const scan_request& request, const std::vector<read_row>& wanted) {
    if (all_rows(*view, request, 100) != wanted)
      faults.push_back("table " + request.table + " " + request.index + " is not that of offset " +
                       std::to_string(offset));
  };
  expect({"event"}, rows);
  expect({"event", "by_parity", key_range::of_key("odd")}, odd);
  auto total = std::to_string(offset);
  expect({"total"}, offset == 0 ? std::vector<read_row>{} : std::vector{read_row{"events", total}});
  expect({"total", "by_value"},
         offset == 0 ? std::vector<read_row>{} : std::vector{read_row{"events", total, total}});
  if (must(view->count({"event"})) != row_count{rows.size()})
    faults.emplace_back("the count of rows is another one");
  return faults;
}

} // namespace tusker::contract
