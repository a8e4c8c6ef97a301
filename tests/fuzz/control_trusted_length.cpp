#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <optional>

// The control: a decoder with the fault that decoders have most often. The driver must catch it.

namespace tusker::fuzz {

namespace {

/// A text behind its length. That bytes are left over is found out; that some are missing is not.
auto decode_believing(std::string_view in) -> std::optional<std::string_view> {
  byte_reader reader(in);
  auto length = reader.little<std::uint32_t>();
  auto rest = reader.rest();
  if (!reader.is_intact() || rest.size() > length)
    return std::nullopt;
  return std::string_view(rest.data(), length);
}

} // namespace

auto seeds() -> std::vector<std::string> {
  return {std::string(byte_writer().text("a text").view()), std::string(byte_writer().text("").view())};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker::fuzz;
  auto in = text_of(data, size);
  // Found by a property, since a plain build has no sanitizer: nothing is read past the end to find it.
  if (auto text = decode_believing(in))
    require(in.size() == 4 + text->size(), "a text that was taken is written in another length");
  return 0;
}
