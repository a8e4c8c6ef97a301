#include <tusker/persistence/lmdb_read_store.hpp>

#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <filesystem>
#include <fstream>

// What the contract's suite does not ask of every engine: files, other processes, a map that is full.

namespace tusker {

namespace {

using sample::must;

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

struct site {
  tusker_test::temporary_folder folder;
  read_store_options options;

  site() {
    options.directory = folder.path() / "read";
    options.journal = sample::id_numbered(1, "journal");
  }

  [[nodiscard]] auto open() const -> std::unique_ptr<read_store> {
    return must(open_lmdb_read_store(options));
  }
  [[nodiscard]] auto open_as(open_mode mode) const -> result<std::unique_ptr<read_store>> {
    auto changed = options;
    changed.mode = mode;
    return open_lmdb_read_store(changed);
  }
  [[nodiscard]] auto data() const -> std::filesystem::path { return options.directory / "data.mdb"; }
};

auto step_of(const read_store& store, std::vector<read_write> writes) -> read_commit {
  auto entry = must(store.find_projection("p")).value();
  auto from = entry.serving.offset_of(log_id(0));
  return {"p", entry.serving.number, log_id(0), epoch(0), from, from.next(), std::move(writes), {}};
}

/// Adds the projection if need be and makes one commit.
auto commit(read_store& store, std::vector<read_write> writes) -> result<commit_verdict> {
  (void)must(store.add_projection("p", projection_version(1)));
  return store.commit(step_of(store, std::move(writes)));
}

auto code_of(const result<std::unique_ptr<read_store>>& opened) -> std::error_code {
  return opened ? std::error_code() : opened.error().code();
}

auto advises(const result<std::unique_ptr<read_store>>& opened) -> bool {
  return !opened && opened.error().message().find("built anew") != std::string::npos;
}

} // namespace

TEST_CASE("a read store is made once, in a folder that is its owner's, and only where it may be made") {
  site at;
  CHECK(code_of(at.open_as(open_mode::open_existing)) == journal_errc::not_found);
  CHECK(code_of(at.open_as(open_mode::read_only)) == journal_errc::not_found);
  REQUIRE(commit(*at.open(), {put_row{"t", "1", "one"}}));
  auto again = must(at.open_as(open_mode::open_existing));
  auto entry = must(again->find_projection("p")).value();
  CHECK(must(again->get(entry.serving.number, "t", "1")) == "one");
  using std::filesystem::perms;
  CHECK(std::filesystem::status(at.options.directory).permissions() == perms::owner_all);
  CHECK(std::filesystem::status(at.data()).permissions() == (perms::owner_read | perms::owner_write));
}

TEST_CASE("a making that was cut off is made again") {
  site at;
  std::filesystem::create_directories(at.options.directory);
  std::ofstream(at.data().string() + ".new") << "half";
  std::ofstream(at.data(), std::ios::binary).flush();
  REQUIRE(commit(*at.open(), {}));
  CHECK_FALSE(std::filesystem::exists(at.data().string() + ".new"));
}

TEST_CASE("one process writes, and opens a read store once") {
  site at;
  auto store = at.open();
  auto is_refused = [&] {
    auto opened = at.open_as(open_mode::open_existing);
    return code_of(opened) == journal_errc::locked &&
           opened.error().message().starts_with("the read store in ");
  };
  CHECK(is_refused());
  auto code = tusker_test::exit_code_of_child([&] { return is_refused() ? 0 : 1; });
  CHECK(code == 0);
  auto discarded = discard_read_store(at.options.directory);
  REQUIRE_FALSE(discarded);
  CHECK(discarded.error().code() == journal_errc::locked);
}

TEST_CASE("another process reads beside the writer, sees what it commits, and changes nothing") {
  site at;
  auto store = at.open();
  REQUIRE(commit(*store, {put_row{"t", "1", "one"}}));
  tusker_test::signal_pipe is_open;
  tusker_test::signal_pipe is_changed;
  auto reader = tusker_test::child([&] {
    // The lists of what is open were inherited; the store itself is the parent's.
    auto reading = must(at.open_as(open_mode::read_only));
    auto model = must(reading->find_projection("p")).value().serving.number;
    auto before = must(reading->get(model, "t", "1"));
    is_open.send();
    is_changed.receive();
    auto after = must(reading->get(model, "t", "1"));
    auto written = reading->commit(step_of(*reading, {}));
    auto is_refused = !written && written.error().code() == journal_errc::read_only;
    return before == "one" && after == "uno" && is_refused ? 0 : 1;
  });
  is_open.receive();
  auto written = commit(*store, {put_row{"t", "1", "uno"}});
  is_changed.send();
  CHECK(written);
  CHECK(reader.exit_code() == 0);
}

TEST_CASE("a reader whose map is smaller than the file opens the store while its writer makes it grow") {
  site at;
  at.options.map_bytes = mebibyte;
  auto store = at.open();
  for (auto number = 0; number < 3; ++number)
    REQUIRE(commit(*store, {put_row{"t", std::to_string(number), std::string(900'000, 'v')}}));
  auto reader = tusker_test::child([&] {
    for (auto time = 0; time < 50; ++time)
      if (!at.open_as(open_mode::read_only))
        return 1;
    return 0;
  });
  for (auto number = 0; number < 60; ++number)
    (void)must(commit(*store, {put_row{"t", "more" + std::to_string(number), std::string(100'000, 'v')}}));
  CHECK(reader.exit_code() == 0);
}

TEST_CASE("the store of another journal is refused, and one can be opened without a word about the journal") {
  site at;
  REQUIRE(commit(*at.open(), {}));
  auto mine = at.options.journal;
  at.options.journal = sample::id_numbered(2, "journal");
  auto opened = at.open_as(open_mode::create_or_open);
  CHECK(code_of(opened) == read_store_errc::other_journal);
  CHECK(advises(opened));
  at.options.journal = {};
  CHECK(must(must(at.open_as(open_mode::read_only))->info()).journal == mine);
}

TEST_CASE("a read store that was thrown away is made anew, whatever was wrong with it") {
  site at;
  CHECK(discard_read_store(at.options.directory));
  REQUIRE(commit(*at.open(), {put_row{"t", "1", "one"}}));
  REQUIRE(
      must(journal_alarm::open(at.options.directory, open_mode::open_existing)).declare_damaged("page 7"));
  auto opened = at.open_as(open_mode::create_or_open);
  CHECK(code_of(opened) == journal_errc::corrupt);
  CHECK(advises(opened));
  CHECK(opened.error().message().find("page 7") != std::string::npos);
  CHECK(code_of(at.open_as(open_mode::read_only)) == journal_errc::corrupt);
  REQUIRE(discard_read_store(at.options.directory));
  CHECK(must(at.open()->projections()).empty());
}

TEST_CASE("a read store whose alarm was raised is looked at by its next writer, and not opened by a reader "
          "before") {
  site at;
  REQUIRE(commit(*at.open(), {put_row{"t", "1", "one"}}));
  auto alarm = must(journal_alarm::open(at.options.directory, open_mode::open_existing));
  alarm.raise("SIGSEGV at page 7");
  CHECK(code_of(at.open_as(open_mode::read_only)) == journal_errc::corrupt);
  CHECK(at.open_as(open_mode::open_existing));
  CHECK(must(alarm.text()).empty());
  CHECK(at.open_as(open_mode::read_only));
}

TEST_CASE("a file that ends early is looked at by a writer, which opens it if the pages it lacks are free") {
  site at;
  auto store = at.open();
  REQUIRE(commit(*store, {put_row{"t", "1", "one"}}));
  auto bytes = std::filesystem::file_size(at.data());
  // Made and freed by one transaction: behind all that is in use.
  REQUIRE(commit(*store, {put_row{"t", "2", std::string(100'000, 'v')}, erase_row{"t", "2"}}));
  store.reset();
  REQUIRE(std::filesystem::file_size(at.data()) > bytes + 80'000);
  std::filesystem::resize_file(at.data(), bytes + 40'960);
  CHECK(code_of(at.open_as(open_mode::read_only)) == journal_errc::corrupt);
  store = at.open();
  CHECK(std::filesystem::file_size(at.data()) > bytes + 80'000);
  CHECK(commit(*store, {put_row{"t", "2", "two"}}));
}

TEST_CASE("the folder of a journal is neither opened as a read store nor thrown away") {
  site at;
  journal_options journal;
  journal.directory = at.options.directory;
  (void)must(open_lmdb_journal(journal));
  auto opened = at.open_as(open_mode::create_or_open);
  CHECK(code_of(opened) == journal_errc::unsupported_format);
  CHECK_FALSE(advises(opened));
  CHECK_FALSE(discard_read_store(at.options.directory));
  CHECK(open_lmdb_journal(journal));
}

TEST_CASE("damaged files are refused before they are mapped, with the advice to build anew") {
  site at;
  REQUIRE(commit(*at.open(), {put_row{"t", "1", std::string(100'000, 'v')}}));
  auto bytes = std::filesystem::file_size(at.data());
  auto damage = GENERATE(0, 1, 2);
  if (damage == 0)
    std::filesystem::resize_file(at.data(), bytes / 2);
  if (damage == 1)
    std::filesystem::resize_file(at.data(), 5'000);
  if (damage == 2)
    std::ofstream(at.data(), std::ios::binary | std::ios::trunc) << std::string(20'000, 'x');
  auto opened = at.open_as(open_mode::create_or_open);
  CHECK(code_of(opened) == journal_errc::corrupt);
  CHECK(advises(opened));
}

TEST_CASE("a row with a flipped bit is told as damage, not as a row") {
  site at;
  auto value = std::string("find me: ") + std::string(3'000, 'v');
  REQUIRE(commit(*at.open(), {put_row{"t", "1", value, {{"by", "k"}}}, put_row{"t", "2", "sound"}}));
  {
    std::fstream file(at.data(), std::ios::binary | std::ios::in | std::ios::out);
    auto all = std::string(std::istreambuf_iterator<char>(file), {});
    auto found = all.find("find me: ");
    REQUIRE(found != std::string::npos);
    file.clear();
    file.seekp(static_cast<std::streamoff>(found));
    file.put('F');
  }
  auto store = at.open();
  auto model = must(store->find_projection("p")).value().serving.number;
  auto is_damage = [](const auto& read) {
    return !read && read.error().code() == journal_errc::corrupt &&
           read.error().message().find("built anew") != std::string::npos;
  };
  CHECK(is_damage(store->get(model, "t", "1")));
  CHECK(is_damage(store->scan(model, {"t"})));
  CHECK(is_damage(store->scan(model, {"t", "by"})));
  CHECK(is_damage(store->digest(model)));
  CHECK(must(store->get(model, "t", "2")) == "sound");
  // Who would write over it is told as well, and the store is not opened again.
  auto written = commit(*store, {put_row{"t", "1", "new"}});
  CHECK(is_damage(written));
  CHECK(is_damage(store->set_mode("p", projection_mode::paused)));
  store.reset();
  CHECK(code_of(at.open_as(open_mode::open_existing)) == journal_errc::corrupt);
}

TEST_CASE("the map grows while rows are read") {
  site at;
  at.options.map_bytes = mebibyte;
  at.options.map_bytes_max = 64 * mebibyte;
  auto store = at.open();
  for (auto number = 0; number < 20; ++number)
    REQUIRE(commit(*store, {put_row{"t", std::to_string(number), std::string(200'000, 'v')}}));
  CHECK(must(store->storage()).map_growths >= 2);
  auto model = must(store->find_projection("p")).value().serving.number;
  CHECK(must(store->count(model, {"t"})) == row_count{20});
}

TEST_CASE("a full store refuses a commit as a whole, and takes it when there is room again") {
  site at;
  at.options.map_bytes = at.options.map_bytes_max = 2 * mebibyte;
  auto store = at.open();
  auto number = 0;
  auto next = [&] {
    return commit(*store, {put_row{"t", std::to_string(number), std::string(100'000, 'v'), {{"by", "k"}}}});
  };
  while (auto made = next()) {
    REQUIRE(*made == commit_verdict(read_committed()));
    ++number;
    REQUIRE(number < 100);
  }
  auto model = must(store->find_projection("p")).value().serving.number;
  auto before = must(store->digest(model));
  auto refused = next();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == journal_errc::storage_full);
  CHECK(must(store->digest(model)) == before);
  CHECK(must(store->find_projection("p")).value().serving.offset_of(log_id(0)) ==
        log_offset(static_cast<std::uint64_t>(number)));
  REQUIRE(commit(*store, {clear_table{"t"}}));
  while (must(store->sweep(4)) > 0)
    CHECK(must(store->count(model, {"t"})) == row_count{});
  CHECK(next());
}

} // namespace tusker
