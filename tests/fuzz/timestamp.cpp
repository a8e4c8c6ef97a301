#include "fuzz_target.hpp"

#include <tusker/model/timestamp.hpp>
#include <tusker/model/utf8.hpp>
#include <tusker/persistence/byte_reader.hpp>

// Times that come as text, and times that come as a number from a stored value.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {"2026-11-23T09:30:00.000001Z",
          "1996-07-04",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999Z",
          "2024-02-29T00:00:00.5Z",
          std::string("\0\0\0\0\0\0\0\x80", 8),
          std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 8),
          std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8)};
}

namespace {

void check_text(std::string_view text) {
  auto time = parse_timestamp(text);
  if (!time)
    return require(is_utf8(time.error().message()), "a message about a time is no text");
  require(*time >= timestamp_min && *time <= timestamp_max, "a time that was read is none that can be named");
  auto written = to_string(*time);
  require(parse_timestamp(written) == *time, "a time that was read is not read back");
  // The whole form has what was left out in what was read, and that is zeros.
  auto given = text.substr(0, text.find('Z'));
  constexpr std::string_view midnight = "0000-01-01T00:00:00.000000Z";
  require(written == std::string(given).append(midnight.substr(given.size())),
          "a time that was read is written as another");
}

void check_number(std::string_view bytes) {
  auto count = static_cast<std::int64_t>(byte_reader(bytes).little<std::uint64_t>());
  auto time = timestamp{std::chrono::microseconds(count)};
  auto written = to_string(time);
  require(written.ends_with('Z'), "a time is not written");
  if (time >= timestamp_min && time <= timestamp_max)
    require(written.size() == 27 && parse_timestamp(written) == time,
            "a time that can be named is not read back");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker::fuzz;
  check_text(text_of(data, size));
  check_number(text_of(data, size));
  return 0;
}
