#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/framed_value.hpp>

// Framed values. The input is the length of a key, the key, and a value; the value is tried as it is, and once more
// with a checksum that fits, since no mutation gets past the checksum by chance.

namespace tusker::fuzz {

namespace {

auto input_of(std::string_view key, std::string_view value) -> std::string {
  byte_writer out;
  return std::move(out.little(static_cast<std::uint8_t>(key.size())).bytes(key).bytes(value)).take();
}

void check_value(std::string_view key, std::string_view value) {
  auto body = unframe(key, value);
  if (!body)
    return;
  require(frame(key, *body) == value, "a value that was taken is framed otherwise");
  require(!unframe(std::string(key) + "x", value), "a value is taken under another key");
}

} // namespace

auto seeds() -> std::vector<std::string> {
  return {input_of("key", frame("key", "body")), input_of("", frame("", "")),
          input_of("k", frame("k", std::string(300, '\0')))};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  byte_reader in(text_of(data, size));
  auto key = in.bytes(in.little<std::uint8_t>());
  auto value = in.rest();
  check_value(key, value);
  require(unframe(key, frame(key, value)) == value, "a body that was framed does not come back");
  if (value.size() >= 4) {
    auto rest = value.substr(4);
    check_value(key, byte_writer().little(crc32c(rest, crc32c(key))).bytes(rest).view());
  }
  return 0;
}
