#include "fuzz_target.hpp"

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/byte_reader.hpp>

#include <utility>

// Keys whose parts are told by the input: what is read is written as the same bytes.

namespace tusker::fuzz {

namespace {

constexpr unsigned kinds = 6;

auto order_of(unsigned choice) -> key_order {
  return choice % 2 == 0 ? key_order::ascending : key_order::descending;
}

/// Reads one part, writes it again.
void copy_part(unsigned choice, ordered_key_reader& in, ordered_key& out) {
  auto order = order_of(choice / kinds);
  switch (choice % kinds) {
  case 0:
    out.text(in.text(order), order);
    break;
  case 1:
    out.natural(in.natural(order), order);
    break;
  case 2:
    out.integer(in.integer(order), order);
    break;
  case 3:
    out.time(in.time(order), order);
    break;
  case 4:
    out.flag(in.flag(order), order);
    break;
  default:
    out.id(in.id(order), order);
  }
}

} // namespace

/// The number of parts, the kind of each, the key.
auto seeds() -> std::vector<std::string> {
  ordered_key all;
  all.text(std::string("a\0b", 3)).natural(1).integer(-1).time({}).flag(true).id({});
  auto down = key_order::descending;
  ordered_key reversed;
  reversed.text("ab", down).flag(false, down);
  return {std::string("\x06\x00\x01\x02\x03\x04\x05", 7).append(all.view()),
          std::string("\x02\x06\x0A", 3).append(reversed.view())};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  byte_reader in(text_of(data, size));
  auto parts = in.bytes(in.little<std::uint8_t>() % 8U);
  auto key = in.rest();
  ordered_key_reader reader(key);
  ordered_key written;
  for (auto part : parts)
    copy_part(static_cast<unsigned char>(part), reader, written);
  require(reader.is_intact() || reader.rest().empty(), "a key that was refused has something left");
  if (!reader.is_intact())
    return 0;
  require(key.substr(0, key.size() - reader.rest().size()) == written.view(),
          "what was read is written otherwise");
  return 0;
}
