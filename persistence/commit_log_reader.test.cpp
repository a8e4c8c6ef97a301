#include <tusker/persistence/commit_log_reader.hpp>

#include <tusker/persistence/busy_log_writer.test.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_commit_log.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

namespace tusker {

using namespace sample;
using tusker_test::memory_backed_base;
using tusker_test::temporary_folder;

TEST_CASE("another process reads all batches of a commit log, and changes nothing") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  auto log = open_log(options);
  append_batches(*log, 1, 30);
  auto before = bytes_in(folder.path());
  CHECK(must(read_commit_log(folder.path(), options.journal)) == batches(1, 30));
  CHECK(bytes_in(folder.path()) == before);
}

TEST_CASE("a folder without a commit log has no batches") {
  temporary_folder folder(memory_backed_base());
  CHECK_FALSE(must(has_commit_log(folder.path())));
  // Who cannot look does not know.
  CHECK_FALSE(has_commit_log(folder.path() / "none"));
  CHECK(must(read_commit_log(folder.path(), id_numbered(7))).empty());
  append_batches(*open_log(log_options_in(folder.path())), 1, 1);
  CHECK(must(has_commit_log(folder.path())));
}

TEST_CASE("of batches that were read those behind the store are wanted, without a gap") {
  CHECK(must(batches_behind(0, batches(1, 5))) == batches(1, 5));
  CHECK(must(batches_behind(3, batches(1, 5))) == batches(4, 5));
  CHECK(must(batches_behind(5, batches(1, 5))).empty());
  CHECK(must(batches_behind(9, batches(1, 5))).empty());
  CHECK(must(batches_behind(3, batches(4, 5))) == batches(4, 5));
  CHECK(batches_behind(2, batches(4, 5)).error().code() == journal_errc::corrupt);
  auto with_gap = batches(1, 5);
  with_gap.erase(with_gap.begin() + 2);
  CHECK(batches_behind(1, with_gap).error().code() == journal_errc::corrupt);
  CHECK(must(batches_behind(3, with_gap)) == batches(4, 5));
}

TEST_CASE("a reader of a damaged log finds the gap, or says that a header is lost") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 20);
  auto damage = [&](const std::string& name, std::size_t at) {
    auto files = bytes_in(folder.path());
    files.at(name).at(at) = static_cast<char>(files.at(name).at(at) ^ 1);
    write_bytes(folder.path(), files);
  };
  damage("log.0", 700);
  CHECK(batches_behind(0, must(read_commit_log(folder.path(), options.journal))).error().code() ==
        journal_errc::corrupt);
  damage("log.1", 100);
  CHECK(read_commit_log(folder.path(), options.journal).error().code() == journal_errc::corrupt);
}

TEST_CASE("a reader refuses the log of another journal, and one of another format") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  append_batches(*open_log(options), 1, 1);
  CHECK(read_commit_log(folder.path(), id_numbered(8)).error().code() == journal_errc::corrupt);
  auto files = bytes_in(folder.path());
  files.at("log.0").at(8) = '\2';
  write_bytes(folder.path(), files);
  CHECK(read_commit_log(folder.path(), options.journal).error().code() == journal_errc::unsupported_format);
}

TEST_CASE(
    "a reader beside a writer misses nothing that was durable before it began and is not applied after") {
  temporary_folder folder(memory_backed_base());
  auto options = log_options_in(folder.path());
  busy_log_writer writer(options);
  std::uint64_t seen = 0;
  for (int round = 0; round < 300 || seen < 10; ++round) {
    auto durable = writer.last();
    auto read = read_commit_log(folder.path(), options.journal);
    REQUIRE(read);
    auto applied = writer.applied();
    auto behind = batches_behind(applied, std::move(*read));
    REQUIRE(behind);
    auto last = behind->empty() ? applied : behind->back().sequence;
    REQUIRE(last >= durable);
    for (const auto& batch : *behind)
      REQUIRE(batch == batch_numbered(batch.sequence, busy_log_writer::bytes_of(batch.sequence)));
    seen += behind->size();
  }
}

} // namespace tusker
