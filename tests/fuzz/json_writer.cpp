#include "fuzz_target.hpp"
#include "sample_message.hpp"

#include <tusker/model/utf8.hpp>
#include <tusker/persistence/byte_reader.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

// Messages made of any bytes: they are written if and only if JSON can hold them, and then every reader finds them
// again.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  std::string rising;
  for (auto byte = 0; byte < 256; ++byte)
    rising.push_back(static_cast<char>(byte));
  return {std::string(), rising, std::string(120, '\x01'), std::string(60, '\0') + "text\xC3\xA4"};
}

namespace {

auto text_from(byte_reader& in) -> std::string {
  return std::string(in.bytes(in.little<std::uint8_t>() % 16U));
}

auto part_from(byte_reader& in, int depth) -> part {
  part made;
  made.name = text_from(in);
  if (in.little<std::uint8_t>() % 2 == 1)
    made.weight = std::bit_cast<double>(in.little<std::uint64_t>());
  for (auto left = depth > 0 ? in.little<std::uint8_t>() % 4 : 0; left > 0; --left)
    made.parts.push_back(part_from(in, depth - 1));
  return made;
}

auto message_from(byte_reader& in) -> message {
  message made;
  made.flag = in.little<std::uint8_t>() % 2 == 1;
  made.number = static_cast<std::int64_t>(in.little<std::uint64_t>());
  made.count = in.little<std::uint64_t>();
  made.small = static_cast<std::int8_t>(in.little<std::uint8_t>());
  made.ratio = std::bit_cast<double>(in.little<std::uint64_t>());
  made.coarse = std::bit_cast<float>(in.little<std::uint32_t>());
  made.time = timestamp(std::chrono::microseconds(static_cast<std::int64_t>(in.little<std::uint64_t>())));
  made.where = static_cast<side>(in.little<std::uint8_t>() % 3);
  made.text = text_from(in);
  if (in.little<std::uint8_t>() % 2 == 1)
    made.note = text_from(in);
  for (auto left = in.little<std::uint8_t>() % 4; left > 0; --left)
    made.parts.push_back(part_from(in, 2));
  for (auto left = in.little<std::uint8_t>() % 4; left > 0; --left)
    made.table[text_from(in)].push_back(static_cast<std::int32_t>(in.little<std::uint32_t>()));
  return made;
}

auto can_be_written(const part& value) -> bool {
  return is_utf8(value.name) && std::isfinite(value.weight.value_or(0)) &&
         std::all_of(value.parts.begin(), value.parts.end(),
                     [](const part& each) { return can_be_written(each); });
}

auto can_be_written(const message& value) -> bool {
  return std::isfinite(value.ratio) && std::isfinite(value.coarse) && !name_of(value.where).empty() &&
         value.time >= timestamp_min && value.time <= timestamp_max && is_utf8(value.text) &&
         is_utf8(value.note.value_or("")) &&
         std::all_of(value.parts.begin(), value.parts.end(),
                     [](const part& each) { return can_be_written(each); }) &&
         std::all_of(value.table.begin(), value.table.end(),
                     [](const auto& row) { return is_utf8(row.first); });
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  byte_reader in(text_of(data, size));
  auto value = message_from(in);
  auto json = encode(value);
  require(json.has_value() == can_be_written(value),
          "a message is written that JSON cannot hold, or one is not");
  if (!json) {
    require(is_utf8(json.error().message()), "a message about a value is no text");
    return 0;
  }
  require(nlohmann::json::accept(*json), "another implementation does not read what was written");
  auto back = decode<message>(*json);
  require(back == value && encode(*back) == *json, "a message that was written is not read back");
  require(std::signbit(back->ratio) == std::signbit(value.ratio), "a number lost its sign");
  return 0;
}
