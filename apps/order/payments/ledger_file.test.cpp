#include <order/payments/ledger_file.hpp>

#include <order/payments/ledger_reading.hpp>
#include <order/payments/payment_errc.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <csignal>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

auto entry(const std::string& payment_id) -> ledger_entry {
  return {ledger_action::charged, payment_id, 100, {}};
}

/// A ledger's file that lives as long as the test.
class ledger_site {
public:
  [[nodiscard]] auto path() const -> std::filesystem::path { return folder_.path() / "payments.ndjson"; }

  void put(const std::string& text) const { std::ofstream(path(), std::ios::app) << text; }

  [[nodiscard]] auto read() const -> tusker::result<std::vector<ledger_entry>> {
    std::vector<ledger_entry> entries;
    auto whole = read_ledger(path(), [&entries](const ledger_entry& each) { entries.push_back(each); });
    return whole ? tusker::result<std::vector<ledger_entry>>(entries) : tusker::fail(whole.error());
  }

  /// As its writer opens it: what is torn goes.
  [[nodiscard]] auto open() const -> std::unique_ptr<ledger_file> {
    auto whole = read_ledger(path(), [](const ledger_entry&) {});
    REQUIRE(whole);
    auto opened = ledger_file::open(path(), *whole);
    REQUIRE(opened);
    return std::move(*opened);
  }

private:
  tusker_test::temporary_folder folder_;
};

using entries = std::vector<ledger_entry>;

} // namespace

TEST_CASE("a ledger that is not there has no entries") {
  ledger_site at;
  CHECK(at.read().value().empty());
}

TEST_CASE("what is written to a ledger is read in its order, also by the next one who opens it") {
  ledger_site at;
  auto declined = ledger_entry{ledger_action::declined, "p \"2\"\n", 200, "no money"};
  {
    auto file = at.open();
    CHECK(file->append(entry("p-1")).value() == 1);
    CHECK(file->append(declined).value() == 2);
    CHECK(file->await_durable(2));
  }
  CHECK(at.read().value() == entries{entry("p-1"), declined});
  auto file = at.open();
  CHECK(file->await_durable(0));
  CHECK(file->await_durable(file->append(entry("p-3")).value()));
  CHECK(at.read().value() == entries{entry("p-1"), declined, entry("p-3")});
}

TEST_CASE("a last line that was torn does not count, and is cut off by the next writer") {
  ledger_site at;
  CHECK(at.open()->append(entry("p-1")));
  at.put(GENERATE(as<std::string>(), "{", R"({"action":"charged","payment_id":"p-2","amount_cents":1})"));
  CHECK(at.read().value() == entries{entry("p-1")});
  CHECK(at.open()->append(entry("p-3")));
  CHECK(at.read().value() == entries{entry("p-1"), entry("p-3")});
}

TEST_CASE("a line that is no entry is an error with its file and number, the last one too") {
  ledger_site at;
  CHECK(at.open()->append(entry("p-1")));
  at.put(GENERATE(as<std::string>(), "{\n", "\n",
                  "{\"action\":\"stolen\",\"payment_id\":\"p-2\",\"amount_cents\":1}\n"));
  SECTION("it is the last") {}
  SECTION("others follow") {
    at.put("{\"action\":\"charged\",\"payment_id\":\"p-3\",\"amount_cents\":1}\n");
  }
  auto read = at.read();
  REQUIRE_FALSE(read);
  CHECK(read.error().code() == payment_errc::malformed_ledger);
  CHECK(read.error().message().find("payments.ndjson:2: LedgerEntry") != std::string::npos);
}

TEST_CASE("a ledger in a folder that is not there cannot be opened") {
  auto opened = ledger_file::open("/nowhere/payments.ndjson", 0);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().message() == "/nowhere/payments.ndjson: No such file or directory");
}

namespace {

/// While it lives, this process can write no file further than so many bytes.
class file_size_limit {
public:
  explicit file_size_limit(std::uintmax_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    auto limited = rlimit{static_cast<rlim_t>(bytes), before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limited);
  }
  file_size_limit(const file_size_limit&) = delete;
  auto operator=(const file_size_limit&) -> file_size_limit& = delete;
  ~file_size_limit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }

private:
  rlimit before_{};
  void (*handler_)(int);
};

} // namespace

TEST_CASE("a ledger that could write but half a line writes nothing more, and is whole for the next writer") {
  ledger_site at;
  auto file = at.open();
  auto number = file->append(entry("p-1")).value();
  auto whole = std::filesystem::file_size(at.path());
  tusker::result<std::uint64_t> torn;
  {
    file_size_limit limit(whole + 10);
    torn = file->append(entry("p-2"));
  }
  REQUIRE_FALSE(torn);
  CHECK(torn.error().code() == tusker::journal_errc::storage_full);
  CHECK(std::filesystem::file_size(at.path()) == whole + 10);
  CHECK_FALSE(file->append(entry("p-3")));
  CHECK_FALSE(file->await_durable(number));
  file.reset();
  CHECK(at.open()->append(entry("p-3")));
  CHECK(at.read().value() == entries{entry("p-1"), entry("p-3")});
}
