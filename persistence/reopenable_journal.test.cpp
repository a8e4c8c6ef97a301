#include <tusker/persistence/reopenable_journal.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

namespace tusker {

using namespace sample;

namespace {

/// A disk that is gone from a failed append on, for reads as well.
class failing_journal final : public forwarding_journal {
public:
  failing_journal(journal& engine, const bool& is_away) : forwarding_journal(engine), is_away_(is_away) {}

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    if (is_away_)
      return fail(journal_errc::io_error, "the disk failed");
    return forwarding_journal::append(batch);
  }
  [[nodiscard]] auto head(log_id log) const -> result<log_offset> override {
    if (is_away_)
      return fail(journal_errc::io_error, "the disk failed");
    return forwarding_journal::head(log);
  }

private:
  const bool& is_away_;
};

} // namespace

TEST_CASE(
    "reads that fail after the journal was lost say that it is being opened again, and work once it is") {
  auto engine = must(open_memory_journal());
  auto is_away = false;
  auto open = [&]() -> result<std::unique_ptr<journal>> {
    if (is_away)
      return fail(journal_errc::io_error, "the disk is still away");
    return std::make_unique<failing_journal>(*engine, is_away);
  };
  reopenable_journal lasting(must(open()), open);
  record(lasting, {item_for(lasting, "order-1", events(2))});
  is_away = true;
  // Nothing is known of the journal yet: a disk that fails a read is a disk that fails a read.
  CHECK(lasting.head(log_id(0)).error().code() == journal_errc::io_error);
  auto item = item_for(lasting, "order-1", events(1, "b"));
  CHECK(lasting.append(std::span(&item, 1)).error().code() == journal_errc::io_error);
  CHECK(lasting.head(log_id(0)).error().code() == journal_errc::reopening);
  CHECK(lasting.reopen().error().code() == journal_errc::io_error);
  CHECK(lasting.head(log_id(0)).error().code() == journal_errc::reopening);
  is_away = false;
  REQUIRE(lasting.reopen());
  CHECK(must(lasting.head(log_id(0))) == log_offset(2));
  record(lasting, {item});
}

} // namespace tusker
