#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/lmdb_keys.hpp>

#include <algorithm>
#include <tuple>

// Keys: what a key of the right length gives makes the key again; keys stand in the order of what they name; and a key
// of any other length gives something, whatever it is.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  auto stream = stream_id::parse("order-1").value();
  auto early = timer_table_key(shard_id(54), {timestamp{std::chrono::microseconds(-1)}, {}});
  auto late = timer_table_key(shard_id(54), {timestamp{std::chrono::microseconds(1)}, {{1}}});
  return {early + late,
          stream_event_key(stream_number(1), stream_version(255)) +
              stream_event_key(stream_number(1), stream_version(256)),
          event_key(log_offset(UINT64_MAX)),
          outbox_key(shard_id(1), {{7}}),
          receipt_key(shard_id(2), stream, command_id(uuid{{9}})),
          note_table_key(shard_id(3), stream, std::string("p\0\xff", 3)),
          std::string(whole_name_bytes_max, 'n'),
          std::string(whole_name_bytes_max + 1, 'n')};
}

namespace {

auto shard_in(std::string_view key) -> shard_id {
  return shard_id(byte_reader(key).big<std::uint16_t>());
}

/// A note's key is what stands behind its stream's, whatever bytes it has.
void check_note_key(std::string_view key) {
  require(key.ends_with(note_key_of(key)), "a note's key is not the end of the table's key");
  auto whole = note_table_key(shard_id(1), stream_id(), key);
  require(note_key_of(whole) == key, "a note's key does not come back");
}

void check_key(std::string_view key) {
  if (key.size() == 8)
    require(event_key(offset_of_event_key(key)) == key, "an event's key is made otherwise");
  if (key.size() == 16)
    require(stream_event_key(stream_of_key(key), version_of_key(key)) == key,
            "the key of a stream's event is made otherwise");
  if (key.size() == 26)
    require(timer_table_key(shard_in(key), timer_of_key(key)) == key, "a timer's key is made otherwise");
  if (key.size() == 18)
    require(outbox_key(shard_in(key), outbox_id_of_key(key)) == key,
            "an outbox entry's key is made otherwise");
  (void)command_of_receipt_key(key);
  check_note_key(key);
}

/// Whether two keys of timers stand as what they name does.
void check_order(std::string_view left, std::string_view right) {
  auto named = [](std::string_view key) {
    auto timer = timer_of_key(key);
    return std::tuple(shard_in(key), timer.due, timer.id);
  };
  require((left < right) == (named(left) < named(right)), "timers stand in another order than their keys");
}

void check_name(std::string_view name) {
  constexpr std::size_t longest_key_bytes = 511;
  auto key = stream_name_key(name);
  require(key.size() <= longest_key_bytes, "a stream's name makes a key that LMDB refuses");
  require((name.size() <= whole_name_bytes_max) == (key == name), "a name that fits is not its own key");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker::fuzz;
  auto bytes = text_of(data, size);
  for (std::size_t length : {8U, 16U, 18U, 26U, 34U})
    check_key(bytes.substr(0, length));
  check_key(bytes);
  check_name(bytes);
  if (constexpr std::size_t timer_key_bytes = 26; bytes.size() >= 2 * timer_key_bytes)
    check_order(bytes.substr(0, timer_key_bytes), bytes.substr(timer_key_bytes, timer_key_bytes));
  return 0;
}
