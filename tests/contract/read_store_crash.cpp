#include "read_store_crash.hpp"

#include "broken_read_store.hpp"
#include "read_store_steps.hpp"

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>
#include <sys/wait.h>
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

class pipe_end {
public:
  explicit pipe_end(int file) : file_(file) {}
  pipe_end(const pipe_end&) = delete;
  auto operator=(const pipe_end&) -> pipe_end& = delete;
  ~pipe_end() { ::close(file_); }

  /// False when the other side is gone.
  [[nodiscard]] auto receive(std::uint64_t& offset) const -> bool {
    return ::read(file_, &offset, sizeof offset) == static_cast<ssize_t>(sizeof offset);
  }
  void send(std::uint64_t offset) const {
    if (::write(file_, &offset, sizeof offset) != static_cast<ssize_t>(sizeof offset))
      ::_exit(1);
  }

private:
  int file_;
};

/// Acknowledges behind the rows and stops there, so that it is killed before the checkpoint every time.
class stops_between final : public forwarding_read_store {
public:
  stops_between(read_store& engine, const pipe_end& acks) : forwarding_read_store(engine), acks_(acks) {}

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    auto made = engine().commit(step);
    if (step.to == step.from) {
      acks_.send(step.from.value());
      ::pause();
    }
    return made;
  }

private:
  const pipe_end& acks_;
};

void project_next(read_store& store) {
  auto next = projection_of(store).serving.offset_of(first_log).next().value();
  commit_all(store, step_to(store, next, writes_of(next)));
}

[[noreturn]] void project_for_ever(const read_engine& made_by, const read_store_options& options,
                                   std::uint64_t commits_before, const pipe_end& acks, crash_writer writer) {
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
  auto ends = std::array<int, 2>{};
  if (::pipe(ends.data()) != 0)
    throw std::runtime_error("no pipe");
  auto child = ::fork();
  if (child < 0)
    throw std::runtime_error("no child process");
  if (child == 0) {
    ::close(ends[0]);
    try {
      project_for_ever(made_by, options, acks - 1, pipe_end(ends[1]), writer);
    } catch (const std::exception&) {
      ::_exit(1);
    }
  }
  ::close(ends[1]);
  auto from_child = pipe_end(ends[0]);
  std::uint64_t last = 0;
  std::uint64_t offset = 0;
  for (std::uint64_t told = 0; told < acks && from_child.receive(offset); ++told)
    last = offset;
  ::kill(child, SIGKILL);
  // What it said between the last ack that was waited for and its end counts as well.
  while (from_child.receive(offset))
    last = offset;
  auto status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFSIGNALED(status))
    throw std::runtime_error("the projecting process ended by itself");
  return last;
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
