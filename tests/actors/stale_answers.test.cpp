#include "counter.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>

// An aggregate that its router has given up may still be at work on a thread, and answer when nobody expects it any
// more.

using namespace tusker;

namespace {

/// A place where threads wait until a test lets them on.
class checkpoint {
public:
  void pass() {
    std::unique_lock lock(mutex_);
    is_reached_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
  }
  void wait_until_reached() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_reached_; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_reached_ = false;
  bool is_open_ = false;
};

/// Holds up the first two reads of one stream; the first one then finds that the journal is being opened again.
class gated_journal final : public forwarding_journal {
public:
  explicit gated_journal(std::unique_ptr<journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice> override {
    if (stream.name() == "counter-held" && reads_++ == 0) {
      first.pass();
      return fail(journal_errc::reopening, "the journal is being opened again");
    }
    if (stream.name() == "counter-held" && reads_ == 2)
      second.pass();
    return forwarding_journal::read_stream(stream, from, limit, direction);
  }

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    if (fails_next.exchange(false))
      return fail(journal_errc::io_error, "the disk failed");
    return forwarding_journal::append(batch);
  }

  [[nodiscard]] auto is_reopenable() const -> bool override { return true; }
  [[nodiscard]] auto reopen() -> result<void> override { return {}; }

  mutable checkpoint first;
  mutable checkpoint second;
  std::atomic<bool> fails_next{false};

private:
  std::unique_ptr<journal> engine_;
  mutable std::atomic<int> reads_{0};
};

} // namespace

TEST_CASE("the late answer of an aggregate that was given up is not taken for that of its successor") {
  auto gated = std::make_unique<gated_journal>(*open_memory_journal());
  auto& journal = *gated;
  runtime_options options;
  options.routers_per_type = 1;
  options.worker_threads = 4;
  options.restart_delay = std::chrono::milliseconds(0);
  auto node = runtime::open(options, std::move(gated)).value();
  REQUIRE(node.add<counting::counter>().start());
  auto held = node.dispatch<counting::counter>("held", counting::add{1});
  journal.first.wait_until_reached();
  // The journal is lost under another aggregate; the router gives the one that reads up and begins anew.
  journal.fails_next = true;
  REQUIRE(node.dispatch<counting::counter>("other", counting::add{1}).get());
  journal.second.wait_until_reached();
  // Now the first one comes back and says that there is no journal. Were it believed, nobody would get one any more.
  journal.first.open();
  for (auto round = 0; round < 200; ++round)
    REQUIRE(node.dispatch<counting::counter>("other", counting::add{1}).get());
  journal.second.open();
  REQUIRE(held.get());
  CHECK(held.get()->version == stream_version(1));
  CHECK(node.stats().redelivered == 2);
  CHECK(node.shutdown());
}
