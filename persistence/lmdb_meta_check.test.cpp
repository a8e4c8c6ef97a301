#include <tusker/persistence/lmdb_meta_check.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>

namespace tusker {

using sample::must;

namespace {

/// An environment with so many commits, closed.
class closed_environment {
public:
  explicit closed_environment(int commits) {
    MDB_env* raw = nullptr;
    REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
    auto env = lmdb_env(raw);
    REQUIRE(mdb_env_set_maxdbs(raw, 1) == MDB_SUCCESS);
    REQUIRE(mdb_env_open(raw, folder_.path().c_str(), 0, 0600) == MDB_SUCCESS);
    for (int number = 0; number < commits; ++number) {
      auto transaction = must(lmdb_transaction::begin(raw, 0));
      MDB_dbi table = 0;
      REQUIRE(mdb_dbi_open(transaction.get(), "t", MDB_CREATE, &table) == MDB_SUCCESS);
      REQUIRE(lmdb_put(transaction, table, "key", std::to_string(number)));
      auto committed = std::move(transaction).commit();
      REQUIRE(committed);
    }
  }

  [[nodiscard]] auto file() const -> std::filesystem::path { return folder_.path() / "data.mdb"; }

  void overwrite(std::streamoff at, const std::string& bytes) const {
    std::fstream out(file(), std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(at);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  [[nodiscard]] auto read() const -> result<lmdb_metas> {
    return read_metas(must(lmdb_data_file::open(file())));
  }

private:
  tusker_test::temporary_folder folder_;
};

/// Where things stand in a meta page.
constexpr std::streamoff magic_at = 16;
constexpr std::streamoff version_at = 20;
constexpr std::streamoff page_size_at = 40;
constexpr std::streamoff free_flags_at = 44;
constexpr std::streamoff tables_depth_at = 94;
constexpr std::streamoff tables_root_at = 128;
constexpr std::streamoff last_page_at = 136;
constexpr std::streamoff transaction_at = 144;
constexpr std::streamoff second_page = 4'096;

} // namespace

TEST_CASE("the meta pages of a sound environment are read, a new one's too") {
  auto commits = GENERATE(0, 1, 2, 7);
  closed_environment env(commits);
  auto metas = must(env.read());
  CHECK(metas.newest().transaction == static_cast<std::uint64_t>(commits));
  CHECK(metas.page_bytes == 4'096);
  CHECK(metas.newest().tables.entries == (commits > 0 ? 1 : 0));
  CHECK(metas.file_bytes() >= 8'192);
}

TEST_CASE("a page that cannot be a meta page, or does not follow the other one, is damage") {
  closed_environment env(5);
  auto page = GENERATE(std::streamoff{0}, second_page);
  auto [at, bytes] = GENERATE(table<std::streamoff, std::string>({
      {magic_at, "x"},
      {version_at, "\x02"},
      {page_size_at, "\x01"},
      {free_flags_at, "\x0C"},
      {transaction_at, "\x09"},
      {transaction_at, "\x08"},
      {2, "\x07"},
      {10, std::string(2, '\0')},
  }));
  env.overwrite(page + at, bytes);
  auto metas = env.read();
  REQUIRE_FALSE(metas);
  CHECK(metas.error().code() == journal_errc::corrupt);
  CHECK(metas.error().message().find("data.mdb: meta page ") != std::string::npos);
}

TEST_CASE(
    "contents that contradict themselves are damage in the newest meta page, and nothing in the older one") {
  closed_environment env(5); // The newest is the second page: transaction 5 is odd.
  auto [at, bytes] = GENERATE(table<std::streamoff, std::string>({
      {tables_depth_at, "\x63"},
      {tables_root_at, "\xFF\xFF"},
      {tables_root_at, std::string(8, '\0')},
      {last_page_at, std::string(8, '\0')},
  }));
  env.overwrite(at, bytes);
  CHECK(must(env.read()).newest().transaction == 5);
  env.overwrite(second_page + at, bytes);
  auto metas = env.read();
  REQUIRE_FALSE(metas);
  CHECK(metas.error().code() == journal_errc::corrupt);
  CHECK(metas.error().message().find("data.mdb: meta page 1 is damaged") != std::string::npos);
}

TEST_CASE("a file that is no environment, or one of another version, is refused as such") {
  closed_environment env(5);
  for (auto at : {std::streamoff{0}, second_page})
    env.overwrite(at + version_at, "\x02");
  CHECK(env.read().error().code() == journal_errc::unsupported_format);
  for (auto at : {std::streamoff{0}, second_page})
    env.overwrite(at + magic_at, "none");
  CHECK(env.read().error().code() == journal_errc::unsupported_format);
}

TEST_CASE("a file that ends within its meta pages is damaged, and one that is not there is not found") {
  closed_environment env(5);
  std::filesystem::resize_file(env.file(), GENERATE(as<std::uintmax_t>(), 100, 4'096, 4'200));
  CHECK_FALSE(env.read());
  CHECK(lmdb_data_file::open(env.file() / "no").error().code() == journal_errc::not_found);
}

} // namespace tusker
