#include <tusker/bench/commit_group.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker_test/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

namespace tusker::bench {

TEST_CASE("a commit group writes what each thread wants once, one batch at a time") {
  constexpr unsigned threads = 8;
  constexpr unsigned each = 200;
  std::vector<unsigned> written(threads);
  std::atomic<unsigned> writers = 0;
  std::atomic<bool> overlapped = false;
  commit_group group([&](const std::vector<unsigned>& clients) -> result<void> {
    if (++writers != 1)
      overlapped = true;
    for (auto client : clients)
      ++written[client];
    --writers;
    return {};
  });
  std::vector<std::thread> all;
  all.reserve(threads);
  std::atomic<unsigned> unwritten = 0;
  for (unsigned client = 0; client < threads; ++client) {
    all.emplace_back([&, client] {
      for (unsigned turn = 1; turn <= each; ++turn)
        if (!group.join(client) || written[client] != turn)
          ++unwritten;
    });
  }
  for (auto& one : all)
    one.join();
  CHECK(written == std::vector<unsigned>(threads, each));
  CHECK(unwritten == 0);
  CHECK_FALSE(overlapped);
}

TEST_CASE("a commit group that failed once fails for everybody") {
  unsigned calls = 0;
  commit_group group([&](const std::vector<unsigned>&) -> result<void> {
    if (++calls == 2)
      return fail(cli::cli_errc::unexpected, "it is meant to fail");
    return {};
  });
  CHECK(group.join(0));
  CHECK_FALSE(group.join(0));
  CHECK_FALSE(group.join(1));
}

} // namespace tusker::bench
