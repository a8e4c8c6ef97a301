#include <tusker/persistence/commit_log_follower.hpp>

#include <tusker/persistence/busy_log_writer.test.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_commit_log.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace tusker {

using namespace sample;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

namespace {

auto follower_in(const commit_log_options& options, std::uint64_t last = 0) -> commit_log_follower {
  return {options.directory, options.journal, last};
}

/// What it gives now.
auto next_of(commit_log_follower& follower, std::uint64_t applied = 0) -> std::vector<owned_batch> {
  std::vector<owned_batch> given;
  auto followed = follower.follow(applied, [&](const logged_batch& batch) -> result<void> {
    given.push_back({batch.sequence, batch.head, std::string(batch.changes)});
    return {};
  });
  if (!followed)
    throw std::runtime_error(to_string(followed.error()));
  return given;
}

auto sequences_of(const std::vector<owned_batch>& all) -> std::vector<std::uint64_t> {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(all.size());
  for (const auto& batch : all)
    numbers.push_back(batch.sequence);
  return numbers;
}

using numbers = std::vector<std::uint64_t>;

/// The store follows ten batches behind.
void append_and_recycle(commit_log& log, std::uint64_t from, std::uint64_t to) {
  for (auto sequence = from; sequence <= to; ++sequence) {
    append_batches(log, sequence, sequence);
    log.recycle(std::max(sequence, std::uint64_t{10}) - 10);
  }
}

/// Puts zeros in the place of the last `count` bytes of what was written to a file.
void take_back(const temporary_folder& folder, const std::string& name, std::size_t count) {
  auto files = bytes_in(folder.path());
  auto& bytes = files.at(name);
  auto end = bytes.find_last_not_of('\0') + 1;
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(end - count), count, '\0');
  write_bytes(folder.path(), files);
}

} // namespace

TEST_CASE("a follower gives each batch once, as it comes, from segment to segment") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto follower = follower_in(options);
  CHECK(next_of(follower).empty());
  auto log = open_log(options);
  append_batches(*log, 1, 3);
  CHECK(next_of(follower) == batches(1, 3));
  CHECK(next_of(follower).empty());
  append_batches(*log, 4, 30);
  CHECK(next_of(follower) == batches(4, 30));
  CHECK(follower.last() == 30);
  CHECK(follower.sync_last());
}

TEST_CASE("a follower reads batches that are larger than what it reads at once") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  options.bytes_max = 1'000'000;
  auto log = open_log(options);
  append_batches(*log, 1, 2);
  append_batches(*log, 3, 4, 100'000);
  append_batches(*log, 5, 6);
  auto follower = follower_in(options);
  auto given = next_of(follower);
  REQUIRE(given.size() == 6);
  CHECK(given[2] == batch_numbered(3, 100'000));
  CHECK(given[5] == batch_numbered(6));
}

TEST_CASE("a follower leaves out what the store has, whether it has read it or not") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  append_batches(*log, 1, 20);
  auto late = follower_in(options, 17);
  CHECK(next_of(late, 17) == batches(18, 20));
  auto early = follower_in(options);
  CHECK(next_of(early) == batches(1, 20));
  append_batches(*log, 21, 25);
  CHECK(next_of(early, 23) == batches(24, 25));
}

TEST_CASE("a batch of which a part is there is not given until it is whole") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 3);
  auto whole = bytes_in(folder.path());
  take_back(folder, "log.0", 40);
  auto follower = follower_in(options);
  CHECK(sequences_of(next_of(follower)) == numbers{1, 2});
  write_bytes(folder.path(), whole);
  CHECK(sequences_of(next_of(follower)) == numbers{3});
}

TEST_CASE("where a writer gave up a batch that was seen, the one that took its number is given too") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 3);
  auto follower = follower_in(options);
  CHECK(next_of(follower).size() == 3);
  // As if the disk had not taken the last one.
  take_back(folder, "log.0", 40);
  auto log = open_log(options);
  (void)replayed(*log);
  append_batches(*log, 3, 4, 70);
  CHECK(next_of(follower, 2) == batches(3, 4, 70));
}

TEST_CASE("where its place is used for others, a follower goes on behind what the store has") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  append_batches(*log, 1, 2);
  auto follower = follower_in(options);
  CHECK(next_of(follower).size() == 2);
  append_and_recycle(*log, 3, 200);
  CHECK(next_of(follower, 190) == batches(191, 200));
}

TEST_CASE("control: who does not know how far the store has come is left with a gap") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  append_batches(*log, 1, 2);
  auto follower = follower_in(options);
  CHECK(next_of(follower).size() == 2);
  append_and_recycle(*log, 3, 200);
  CHECK(next_of(follower, 2).front().sequence > 3);
}

TEST_CASE("a log that is gone has nothing, and a follower begins anew when there is one again") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 5);
  auto follower = follower_in(options);
  CHECK(next_of(follower).size() == 5);
  write_bytes(folder.path(), {});
  CHECK(next_of(follower, 5).empty());
  CHECK(follower.last() == 0);
  append_batches(*open_log(options, 5), 6, 7);
  CHECK(next_of(follower, 5) == batches(6, 7));
}

TEST_CASE("a follower beside a writer misses nothing that was durable before and is not applied after") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  busy_log_writer writer(options);
  auto follower = follower_in(options);
  std::uint64_t begin = 1;
  std::uint64_t end = 1; // Batches from `begin` to before `end` are known.
  std::uint64_t seen = 0;
  auto gaps = 0;
  for (int round = 0; round < 300 || seen < 10; ++round) {
    auto durable = writer.last();
    auto before = writer.applied();
    for (const auto& batch : next_of(follower, before)) {
      REQUIRE(batch == batch_numbered(batch.sequence, busy_log_writer::bytes_of(batch.sequence)));
      if (batch.sequence != end)
        begin = batch.sequence;
      end = batch.sequence + 1;
      ++seen;
    }
    auto applied = writer.applied();
    auto has_gap = end - 1 > applied && begin > applied + 1;
    if (has_gap)
      follower = follower_in(options, applied);
    gaps = has_gap ? gaps + 1 : 0;
    REQUIRE(gaps < 8);
    REQUIRE((has_gap || std::max(end - 1, applied) >= durable));
  }
}

TEST_CASE("a follower refuses the log of another journal") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 1);
  options.journal = id_numbered(8);
  auto follower = follower_in(options);
  auto take = [](const logged_batch&) -> result<void> { return {}; };
  CHECK(follower.follow(0, take).error().code() == journal_errc::corrupt);
}

} // namespace tusker
