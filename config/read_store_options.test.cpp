#include <tusker/config/read_store_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <functional>

namespace tusker {

namespace {

auto good_options() -> read_store_options {
  auto options = read_store_options();
  options.directory = "somewhere";
  options.journal.bytes[0] = 1;
  return options;
}

using change = std::function<void(read_store_options&)>;

auto error_after(const change& by) -> error {
  auto options = good_options();
  by(options);
  auto checked = check(options);
  return checked ? error() : checked.error();
}

constexpr std::uint64_t tebibyte = std::uint64_t{1} << 40U;

} // namespace

TEST_CASE("the defaults of a read store are within their limits, but for its folder and its journal") {
  CHECK(check(good_options()));
  CHECK(check(read_store_limits()));
  CHECK(error_after([](read_store_options& to) { to.directory.clear(); }).code() == config_errc::missing);
  CHECK(error_after([](read_store_options& to) { to.journal = {}; }).code() == config_errc::missing);
  auto reading = good_options();
  reading.journal = {};
  reading.mode = GENERATE(open_mode::open_existing, open_mode::read_only);
  CHECK(check(reading));
}

TEST_CASE("read store options at their limits are taken") {
  auto by = GENERATE(
      as<change>(), [](read_store_options& to) { to.map_bytes = 1U << 20U; },
      [](read_store_options& to) { to.map_bytes = to.map_bytes_max = 16 * tebibyte; },
      [](read_store_options& to) { to.readers_max = 8; },
      [](read_store_options& to) { to.readers_max = 65'536; },
      [](read_store_options& to) { to.long_read = std::chrono::milliseconds(1); },
      [](read_store_options& to) { to.long_read = std::chrono::hours(1); },
      [](read_store_options& to) {
        to.limits = {1, 1, 1};
      },
      [](read_store_options& to) {
        to.limits = {64U << 20U, 65'536, 256U << 20U};
      });
  CHECK(error_after(by) == error());
}

TEST_CASE("read store options past their limits are refused") {
  auto by = GENERATE(
      as<change>(), [](read_store_options& to) { to.map_bytes = (1U << 20U) - 1; },
      [](read_store_options& to) { to.map_bytes_max = to.map_bytes - 1; },
      [](read_store_options& to) { to.map_bytes_max = 16 * tebibyte + 1; },
      [](read_store_options& to) { to.readers_max = 7; },
      [](read_store_options& to) { to.readers_max = 65'537; },
      [](read_store_options& to) { to.long_read = std::chrono::milliseconds(0); },
      [](read_store_options& to) { to.long_read = std::chrono::milliseconds(3'600'001); },
      [](read_store_options& to) { to.limits.value_bytes_max = 0; },
      [](read_store_options& to) { to.limits.commit_entries_max = 0; },
      [](read_store_options& to) { to.limits.commit_entries_max = 65'537; },
      [](read_store_options& to) { to.limits.commit_bytes_max = to.limits.value_bytes_max - 1; },
      [](read_store_options& to) { to.limits.commit_bytes_max = (256U << 20U) + 1; });
  CHECK(error_after(by).code() == config_errc::out_of_range);
}

} // namespace tusker
