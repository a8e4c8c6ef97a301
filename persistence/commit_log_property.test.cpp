#include <tusker/persistence/commit_log.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_commit_log.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <random>
#include <utility>

// A log against a model of it, and against files that are torn or damaged at any byte.

namespace tusker {

using namespace sample;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

namespace {

/// A log and what must be in it.
class modelled_log {
public:
  modelled_log(commit_log_options options, std::uint32_t seed)
      : options_(std::move(options)), random_(seed), log_(open_log(options_)) {}

  void step() {
    switch (random_() % 16) {
    case 0:
      return reopen();
    case 1:
    case 2:
      return recycle();
    case 3:
      REQUIRE(log_->prepare());
      return;
    default:
      return append();
    }
  }

  void check() {
    CHECK(log_->last_sequence() == last());
    CHECK(log_->stats().bytes <= options_.bytes_max);
    auto behind = batches_behind(applied_, must(read_commit_log(options_.directory, options_.journal)));
    REQUIRE(behind);
    CHECK(*behind == not_applied());
  }

  [[nodiscard]] auto last() const -> std::uint64_t { return all_.size(); }
  [[nodiscard]] auto refusals() const -> int { return refusals_; }

private:
  auto number_up_to(std::uint64_t most) -> std::uint64_t { return random_() % (most + 1); }

  void append() {
    auto is_large = random_() % 40 == 0;
    auto batch = batch_numbered(last() + 1, 1 + number_up_to(is_large             ? 6'000
                                                             : random_() % 2 == 0 ? 900
                                                                                  : 60));
    auto has_room = log_->has_room(batch.changes.size());
    auto outcome = log_->append(batch.head, batch.changes);
    REQUIRE(outcome.has_value() == has_room);
    if (outcome) {
      REQUIRE(*outcome == batch.sequence);
      all_.push_back(std::move(batch));
      return;
    }
    ++refusals_;
    REQUIRE(outcome.error().code() == journal_errc::storage_full);
    applied_ = last();
    log_->recycle(applied_);
  }

  void recycle() {
    applied_ += number_up_to(last() - applied_);
    log_->recycle(applied_);
  }

  /// Without notice, and with a store that may have come further than the log was told.
  void reopen() {
    applied_ += random_() % 2 == 0 ? number_up_to(last() - applied_) : 0;
    log_.reset();
    log_ = open_log(options_, applied_);
    REQUIRE(replayed(*log_) == not_applied());
    log_->recycle(applied_);
  }

  [[nodiscard]] auto not_applied() const -> std::vector<owned_batch> {
    return {all_.begin() + static_cast<std::ptrdiff_t>(applied_), all_.end()};
  }

  commit_log_options options_;
  std::mt19937 random_;
  std::unique_ptr<commit_log> log_;
  std::vector<owned_batch> all_;
  std::uint64_t applied_ = 0;
  int refusals_ = 0;
};

/// Files before and after the last batch was appended.
struct last_append {
  folder_bytes before;
  folder_bytes after;
  /// The file that changed, and where.
  std::string file;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t applied = 0;
  std::uint64_t sequence = 0;
};

/// Finds the file that changed, and where: a batch, or a header and a batch.
void find_change(last_append& append) {
  for (const auto& [name, bytes] : append.after) {
    const auto& old = append.before[name];
    if (old == bytes)
      continue;
    REQUIRE(append.file.empty());
    REQUIRE(old.size() == bytes.size());
    append.file = name;
    auto first =
        static_cast<std::size_t>(std::mismatch(old.begin(), old.end(), bytes.begin()).first - old.begin());
    append.begin = first < segment_header_bytes ? 0 : first / 8 * 8;
    append.end =
        std::max(append.begin, segment_header_bytes) + 24 + batch_numbered(append.sequence).changes.size();
  }
  REQUIRE_FALSE(append.file.empty());
}

/// A log of so many batches, with a ring of two segments that is recycled whenever it is full.
auto append_last(const commit_log_options& options, std::uint64_t count) -> last_append {
  last_append append;
  append.sequence = count;
  auto log = open_log(options);
  for (std::uint64_t sequence = 1; sequence <= count; ++sequence) {
    REQUIRE(log->prepare());
    if (!log->has_room(batch_numbered(sequence).changes.size())) {
      append.applied = sequence - 2;
      log->recycle(append.applied);
    }
    append.before = sequence == count ? bytes_in(options.directory) : folder_bytes();
    append_batches(*log, sequence, sequence);
  }
  append.after = bytes_in(options.directory);
  find_change(append);
  return append;
}

/// Opens a log whose last append was torn: without the last batch or with it, and goes on behind it.
void check_torn(commit_log_options options, const last_append& append) {
  // The ring goes on in a segment that is neither torn nor full of what is not applied.
  options.bytes_max = 3 * log_segment_bytes;
  auto log = open_log(options, append.applied);
  auto last = log->last_sequence();
  REQUIRE((last == append.sequence || last == append.sequence - 1));
  REQUIRE(replayed(*log) == batches(append.applied + 1, last));
  log->recycle(append.applied);
  append_batches(*log, last + 1, last + 2);
  REQUIRE(replayed(*open_log(options, append.applied)) == batches(append.applied + 1, last + 2));
}

auto two_segments_in(const std::filesystem::path& folder) -> commit_log_options {
  auto options = log_options_in(folder);
  options.bytes_max = 2 * log_segment_bytes;
  return options;
}

} // namespace

TEST_CASE("a commit log keeps what its model keeps, over many turns of the ring", "[soak]") {
  for (int seed = 0; seed < tusker_test::rounds(8, 400); ++seed) {
    temporary_folder folder(memory_backed_base());
    modelled_log log(log_options_in(folder.path()), static_cast<std::uint32_t>(seed));
    for (int step = 0; step < 600; ++step) {
      log.step();
      if (step % 16 == 0)
        log.check();
    }
    log.check();
    CHECK(log.last() > 300);
    CHECK(log.refusals() > 0);
  }
}

TEST_CASE("an append that is torn at any byte takes nothing with it, and the log goes on") {
  // The first batch in a new file, one in its middle, the first in a file that is used again, and one behind it: 12
  // batches of 128 bytes fit in each.
  auto count =
      GENERATE(std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{13}, std::uint64_t{25}, std::uint64_t{26});
  temporary_folder folder(memory_backed_base());
  auto options = two_segments_in(folder.path());
  auto append = append_last(options, count);
  for (auto cut = append.begin; cut <= append.end; ++cut) {
    const auto& old = append.before.at(append.file);
    const auto& now = append.after.at(append.file);
    auto files = append.before;
    files[append.file] = now.substr(0, cut) + old.substr(cut);
    write_bytes(options.directory, files);
    check_torn(options, append);
    files[append.file] = old.substr(0, cut) + now.substr(cut);
    write_bytes(options.directory, files);
    check_torn(options, append);
  }
}

TEST_CASE("a bit that flips anywhere is an error, or changes nothing before the last batch") {
  temporary_folder folder(memory_backed_base());
  auto options = two_segments_in(folder.path());
  auto count = GENERATE(std::uint64_t{20}, std::uint64_t{40});
  auto append = append_last(options, count);
  auto expected = batches(append.applied + 1, count);
  std::mt19937 random(3); // NOLINT: the same bits in every run
  int errors = 0;
  for (const auto& [name, bytes] : append.after) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      auto files = append.after;
      files[name][at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << random() % 8));
      write_bytes(options.directory, files);
      auto log = commit_log::open(options, append.applied);
      if (!log) {
        ++errors;
        continue;
      }
      auto is_last = name == append.file && at >= append.begin && at < append.end;
      auto found = replayed(**log);
      REQUIRE((found == expected || (is_last && found == batches(append.applied + 1, count - 1))));
    }
  }
  CHECK(errors > 1'000);
}

} // namespace tusker
