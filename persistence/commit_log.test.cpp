#include <tusker/persistence/commit_log.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_commit_log.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <sys/stat.h>

namespace tusker {

using namespace sample;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

namespace {

auto permissions_of(const std::filesystem::path& file) -> unsigned {
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

auto code_of_append(commit_log& log, std::size_t bytes) -> std::error_code {
  auto outcome = log.append(log_offset(1), std::string(bytes, 'x'));
  return outcome ? std::error_code() : outcome.error().code();
}

void flip_bit(const std::filesystem::path& file, std::size_t at) {
  auto bytes = bytes_of_file(file);
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 2);
  std::ofstream(file, std::ios::binary) << bytes;
}

auto open_error(const commit_log_options& options, std::uint64_t applied = 0) -> error {
  auto log = commit_log::open(options, applied);
  return log ? error() : log.error();
}

/// Batches of 500 bytes of which three fit into a segment.
constexpr std::size_t third_bytes = 480;

} // namespace

TEST_CASE("a commit log gives back what was appended, and goes on behind it") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  CHECK(log->last_sequence() == 0);
  CHECK(replayed(*log).empty());
  append_batches(*log, 1, 9);
  CHECK(log->last_sequence() == 9);
  log = open_log(options);
  CHECK(log->last_sequence() == 9);
  CHECK(replayed(*log) == batches(1, 9));
  append_batches(*log, 10, 12);
  log = open_log(options);
  CHECK(replayed(*log) == batches(1, 12));
}

TEST_CASE("a commit log gives back only what is not applied") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 30);
  for (std::uint64_t applied = 0; applied <= 32; ++applied) {
    auto log = open_log(options, applied);
    CHECK(replayed(*log) == batches(applied + 1, 30));
    CHECK(log->last_sequence() == std::max<std::uint64_t>(applied, 30));
  }
}

TEST_CASE("a replay ends with the first batch that is not taken") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 5);
  std::uint64_t taken = 0;
  auto outcome = open_log(options)->replay([&](const logged_batch& batch) -> result<void> {
    taken = batch.sequence;
    return batch.sequence < 3 ? result<void>() : fail(journal_errc::storage_full, "no more");
  });
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code() == journal_errc::storage_full);
  CHECK(taken == 3);
}

TEST_CASE(
    "the files of a commit log have their full length from the beginning, and are their owner's alone") {
  temporary_folder folder(memory_backed_base());
  append_batches(*open_log(log_options_in(folder.path())), 1, 1);
  auto file = folder.path() / "log.0";
  CHECK(std::filesystem::file_size(file) == log_segment_bytes);
  CHECK(permissions_of(file) == 0600);
  CHECK(bytes_in(folder.path()).size() == 1);
}

TEST_CASE("a full commit log takes nothing until it is recycled, and then uses its files again") {
  temporary_folder folder(memory_backed_base());
  auto log = open_log(log_options_in(folder.path()));
  append_batches(*log, 1, 12, third_bytes);
  CHECK_FALSE(log->has_room(third_bytes));
  CHECK(log->has_room(1) == (code_of_append(*log, 1) == std::error_code()));
  CHECK(code_of_append(*log, third_bytes) == journal_errc::storage_full);
  // All of the first segment but its last batch.
  log->recycle(2);
  CHECK_FALSE(log->has_room(third_bytes));
  log->recycle(3);
  CHECK(log->has_room(third_bytes));
  auto next = log->last_sequence() + 1;
  append_batches(*log, next, next + 2, third_bytes);
  CHECK_FALSE(log->has_room(third_bytes));
  CHECK(code_of_append(*log, third_bytes) == journal_errc::storage_full);
  CHECK(log->stats().segments == 4);
  CHECK(log->stats().bytes == 4 * log_segment_bytes);
}

TEST_CASE("what was recycled before a restart counts as used until it is recycled again") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 12, third_bytes);
  auto log = open_log(options, 12);
  CHECK_FALSE(log->has_room(1));
  CHECK(log->stats().free_segments == 0);
  log->recycle(12);
  CHECK(log->has_room(1));
  CHECK(log->stats().free_segments == 4);
}

TEST_CASE("a segment is made ready while none is free and the log may grow") {
  temporary_folder folder(memory_backed_base());
  auto log = open_log(log_options_in(folder.path()));
  REQUIRE(log->prepare());
  REQUIRE(log->prepare());
  CHECK(log->stats().segments == 1);
  CHECK(log->stats().free_segments == 1);
  append_batches(*log, 1, 1);
  CHECK(log->stats().free_segments == 0);
  for (int round = 0; round < 9; ++round) {
    REQUIRE(log->prepare());
    append_batches(*log, log->last_sequence() + 1, log->last_sequence() + 1, third_bytes);
  }
  CHECK(log->stats().segments == 4);
  CHECK(log->stats().last_sequence == 10);
}

TEST_CASE("a batch that is larger than a segment gets one of its own size, which goes when it is free") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  constexpr std::size_t large = 5'000;
  append_batches(*log, 1, 1, large);
  CHECK(log->stats().bytes == 5'632);
  append_batches(*log, 2, 2, third_bytes);
  CHECK_FALSE(log->has_room(large));
  CHECK(code_of_append(*log, large) == journal_errc::storage_full);
  log = open_log(options);
  auto expected = batches(1, 1, large);
  expected.push_back(batch_numbered(2, third_bytes));
  CHECK(replayed(*log) == expected);
  log->recycle(2);
  REQUIRE(log->prepare());
  CHECK(log->stats().segments == 1);
  CHECK(log->stats().bytes == log_segment_bytes);
  CHECK(bytes_in(folder.path()).size() == 1);
}

TEST_CASE("free segments make way for a large batch") {
  temporary_folder folder(memory_backed_base());
  auto log = open_log(log_options_in(folder.path()));
  append_batches(*log, 1, 12, third_bytes);
  log->recycle(12);
  constexpr std::size_t whole_log = 4 * log_segment_bytes - 512 - 24;
  CHECK(log->has_room(whole_log));
  append_batches(*log, 13, 13, whole_log);
  CHECK(log->stats().segments == 1);
  CHECK_FALSE(log->has_room(1));
  log->recycle(13);
  append_batches(*log, 14, 15, third_bytes);
}

TEST_CASE("a batch that is larger than the whole log is refused for good") {
  temporary_folder folder(memory_backed_base());
  auto log = open_log(log_options_in(folder.path()));
  CHECK_FALSE(log->has_room(4 * log_segment_bytes));
  CHECK(code_of_append(*log, 4 * log_segment_bytes) == journal_errc::too_large);
  append_batches(*log, 1, 1);
}

TEST_CASE("a log whose limit is lower than it was keeps to it, and gives back what is beyond") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  options.bytes_max = 12 * log_segment_bytes;
  append_batches(*open_log(options), 1, 36, third_bytes);
  options.bytes_max = 3 * log_segment_bytes;
  auto log = open_log(options);
  CHECK(replayed(*log) == batches(1, 36, third_bytes));
  CHECK_FALSE(log->has_room(1));
  CHECK(code_of_append(*log, 1) == journal_errc::storage_full);
  log->recycle(36);
  append_batches(*log, 37, 45, third_bytes);
  CHECK_FALSE(log->has_room(1));
  CHECK(code_of_append(*log, 1) == journal_errc::storage_full);
  log->recycle(45);
  REQUIRE(log->prepare());
  CHECK(log->stats().bytes == options.bytes_max);
  append_batches(*log, 46, 46);
}

TEST_CASE("a log with files of another size than the options say is opened, and they go when they are free") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 8, third_bytes);
  options.segment_bytes = 4'096;
  options.bytes_max = 20'480;
  auto log = open_log(options);
  CHECK(replayed(*log) == batches(1, 8, third_bytes));
  append_batches(*log, 9, 9);
  log->recycle(8);
  REQUIRE(log->prepare());
  CHECK(log->stats().bytes == 8'192);
}

TEST_CASE("a file of another journal's log is refused by its name") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 1);
  options.journal = id_numbered(8);
  auto failure = open_error(options);
  CHECK(failure.code() == journal_errc::corrupt);
  CHECK(failure.message().find(to_string(id_numbered(7))) != std::string::npos);
  CHECK(failure.message().find("log.0") != std::string::npos);
}

TEST_CASE("a file of another format is refused") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 1);
  auto at = GENERATE(std::size_t{7}, std::size_t{8});
  flip_bit(folder.path() / "log.0", at);
  CHECK(open_error(options).code() == journal_errc::unsupported_format);
}

TEST_CASE("damage before the last batch is found, with file, place and sequence, until it is applied") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 5, third_bytes);
  flip_bit(folder.path() / "log.0", 512 + 504 + 100);
  auto failure = open_error(options);
  CHECK(failure.code() == journal_errc::corrupt);
  CHECK(failure.message() == (folder.path() / "log.0").string() +
                                 " at byte 1016: batch 2 of the commit log cannot be read, and batch 3 can");
  CHECK(open_error(options, 1).code() == journal_errc::corrupt);
  CHECK(replayed(*open_log(options, 2)) == batches(3, 5, third_bytes));
}

TEST_CASE("a lost header is damage when acknowledged batches went with it") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 8, third_bytes);
  auto file = GENERATE(std::string("log.0"), std::string("log.1"), std::string("log.2"));
  flip_bit(folder.path() / file, 100);
  auto failure = open_error(options);
  CHECK(failure.code() == journal_errc::corrupt);
  CHECK(failure.message().find(file + " at byte 0") != std::string::npos);
}

TEST_CASE("a lost header with the one batch that came with it is what a power loss leaves") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 4, third_bytes);
  flip_bit(folder.path() / "log.1", 100);
  auto log = open_log(options);
  CHECK(replayed(*log) == batches(1, 3, third_bytes));
  append_batches(*log, 4, 6, third_bytes);
  CHECK(replayed(*open_log(options)) == batches(1, 6, third_bytes));
}

TEST_CASE("a file that is missing or cut off is damage unless all in it is applied") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 8, third_bytes);
  auto files = bytes_in(folder.path());
  std::filesystem::remove(folder.path() / "log.1");
  CHECK(open_error(options, 2).code() == journal_errc::corrupt);
  CHECK(open_error(options, 5).code() == journal_errc::corrupt);
  CHECK(replayed(*open_log(options, 6)) == batches(7, 8, third_bytes));
  write_bytes(folder.path(), files);
  std::filesystem::resize_file(folder.path() / "log.1", log_segment_bytes - 1);
  CHECK(open_error(options).code() == journal_errc::corrupt);
}

TEST_CASE("a file that is there twice is refused") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 8, third_bytes);
  std::filesystem::copy_file(folder.path() / "log.1", folder.path() / "log.7");
  CHECK(open_error(options).code() == journal_errc::corrupt);
}

TEST_CASE("files that only look like those of a log are left alone") {
  temporary_folder folder(memory_backed_base());
  folder_bytes others{
      {"log.", "1"}, {"log.01", "2"}, {"log.1x", "3"}, {"log.new", "4"}, {"log.99999999999", "5"}};
  write_bytes(folder.path(), others);
  auto log = open_log(log_options_in(folder.path()));
  CHECK(log->stats().segments == 0);
  CHECK(bytes_in(folder.path()) == others);
}

TEST_CASE("a commit log in a folder that is not there cannot be opened") {
  temporary_folder folder(memory_backed_base());
  CHECK(open_error(log_options_in(folder.path() / "none")).code() == journal_errc::io_error);
}

} // namespace tusker
