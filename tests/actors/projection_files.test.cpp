#include "projecting_node.hpp"

#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <string>
#include <thread>

// Projections as programs have them: on threads, with journal and read store in files.

using namespace tusker;
using counting::totals;

namespace {

constexpr int commands = 600;

struct filed_node {
  explicit filed_node(const std::filesystem::path& folder) : options(options_in(folder)) {
    counting::totals::then = nullptr;
  }

  [[nodiscard]] auto start() const -> runtime {
    auto node = runtime::open(options).value();
    node.add<counting::counter>().add_projection<totals>({.commit_events_max = 50});
    if (auto started = node.start(); !started)
      throw std::logic_error(to_string(started.error()));
    return node;
  }

  /// The rows as they lie there. REQUIRES: no node of this process has them open.
  [[nodiscard]] auto read() const -> std::unique_ptr<read_store> {
    read_store_options reading;
    reading.directory = read_store_folder(options.journal.directory);
    reading.mode = open_mode::read_only;
    return std::move(open_lmdb_read_store(reading).value());
  }

  runtime_options options;

private:
  static auto options_in(const std::filesystem::path& folder) -> runtime_options {
    runtime_options made;
    made.journal.directory = folder;
    return made;
  }
};

void add(runtime& node, int from, int to) {
  std::vector<pending<receipt>> answers;
  answers.reserve(static_cast<std::size_t>(to - from));
  for (auto at = from; at < to; ++at)
    answers.push_back(node.dispatch<counting::counter>(std::to_string(at % 7), counting::add{at + 1}));
  for (auto& answer : answers)
    REQUIRE(answer.get());
}

auto wait_until_at(const runtime& node, log_offset head) -> projection_status {
  for (;;) {
    auto status = node.projection_status_of("totals").value();
    if (status.position >= head || status.phase == projection_phase::failed)
      return status;
    std::this_thread::yield();
  }
}

auto digest_of(const read_store& store) -> std::string {
  return store.digest(store.find_projection("totals").value().value().serving.number).value();
}

} // namespace

TEST_CASE("rows in files follow the journal over restarts, and are the same when they are made anew") {
  tusker_test::temporary_folder folder(tusker_test::memory_backed_base());
  filed_node of(folder.path());
  auto node = of.start();
  add(node, 0, commands / 2);
  REQUIRE(node.shutdown());
  auto again = of.start();
  add(again, commands / 2, commands);
  auto status = wait_until_at(again, log_offset(commands));
  CHECK(status.phase == projection_phase::live);
  REQUIRE(again.shutdown());
  auto digest = digest_of(*of.read());
  CHECK(again.projection_status_of("totals").value().phase == projection_phase::stopped);

  REQUIRE(discard_read_store(read_store_folder(folder.path())));
  auto afresh = of.start();
  CHECK(wait_until_at(afresh, log_offset(commands)).events == commands);
  REQUIRE(afresh.shutdown());
  CHECK(digest_of(*of.read()) == digest);
}

TEST_CASE("a runtime that is shut down while projections catch up ends, and they go on later") {
  tusker_test::temporary_folder folder(tusker_test::memory_backed_base());
  filed_node of(folder.path());
  {
    auto node = of.start();
    REQUIRE(node.pause_projection("totals"));
    add(node, 0, commands);
    REQUIRE(node.resume_projection("totals"));
    REQUIRE(node.shutdown());
  }
  auto events = std::uint64_t{0};
  {
    auto store = of.read();
    auto entry = store->find_projection("totals").value().value();
    events = entry.serving.offset_of(log_id(0)).value();
  }
  auto node = of.start();
  CHECK(wait_until_at(node, log_offset(commands)).events == commands - events);
}
