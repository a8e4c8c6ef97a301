#include <tusker/http/accept_pause.hpp>

#include <tusker/http/echo_server.test.hpp>
#include <tusker/http/few_descriptors.test.hpp>
#include <tusker/http/raw_client.test.hpp>
#include <tusker_test/catch.hpp>

#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tusker {

namespace {

/// What a server tells.
class told_records {
public:
  [[nodiscard]] auto sink() -> log_sink {
    return [this](const log_record& record) {
      std::lock_guard lock(mutex_);
      records_.push_back(record);
    };
  }

  [[nodiscard]] auto all() -> std::vector<log_record> {
    std::lock_guard lock(mutex_);
    return records_;
  }

private:
  std::mutex mutex_;
  std::vector<log_record> records_;
};

} // namespace

TEST_CASE("a listener that cannot be served is left alone for a while, again and again") {
  auto now = accept_pause::clock::now();
  accept_pause pause;
  CHECK_FALSE(pause.is_on(now));
  CHECK(pause.until(now) == std::nullopt);
  (void)pause.begin(now);
  CHECK(pause.until(now) == now + accept_pause::length);
  now += accept_pause::length;
  CHECK_FALSE(pause.is_on(now));
  CHECK(pause.until(now) == std::nullopt);
  (void)pause.begin(now);
  CHECK(pause.is_on(now));
}

TEST_CASE("that connections cannot be taken is told once a minute") {
  auto now = accept_pause::clock::now();
  accept_pause pause;
  CHECK(pause.begin(now));
  CHECK_FALSE(pause.begin(now + std::chrono::seconds(59)));
  CHECK(pause.begin(now + std::chrono::seconds(60)));
  CHECK_FALSE(pause.begin(now + std::chrono::seconds(61)));
}

TEST_CASE("a server without a descriptor for a client waits, says so, and takes the client when it can") {
  told_records told;
  http_service service{echo};
  service.log = told.sink();
  auto server = opened(options_of_tests(), service);
  std::optional<few_descriptors> few(1);
  auto begun = accept_pause::clock::now();
  raw_client client(server.address());
  REQUIRE(client.is_connected());
  REQUIRE(client.send(get("/")));
  // By the third time it has waited twice, however slow everything else is: it does not ask without a pause.
  while (server.stats().accepts_failed < 3)
    std::this_thread::yield();
  CHECK(accept_pause::clock::now() - begun >= 2 * accept_pause::length);
  few.reset();
  CHECK(status_in(client.read_until("].")) == 200);
  auto records = told.all();
  REQUIRE(records.size() == 1);
  CHECK(records.front().level == log_level::warning);
  CHECK(records.front().component == log_component::http);
  CHECK(records.front().fields.at(0) == log_field{"listen", to_string(server.address())});
}

} // namespace tusker
