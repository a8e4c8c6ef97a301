#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/packed_text.hpp>

#include <zstd.h>

// Packed texts. The input is a codec, the length that the text is said to have, and the packed bytes.

namespace tusker::fuzz {

namespace {

auto input_of(const packed_view& packed) -> std::string {
  byte_writer out;
  out.little(static_cast<std::uint8_t>(packed.codec)).little(packed.plain_bytes).bytes(packed.bytes);
  return std::move(out).take();
}

auto repetitive(std::size_t bytes) -> std::string {
  std::string text;
  for (std::size_t number = 0; text.size() < bytes; ++number)
    text += R"({"sku":"sku-)" + std::to_string(number * 7'919 % 10'007) + R"("},)";
  return text;
}

void check_packed(const packed_view& packed) {
  auto text = unpack_text(packed);
  if (!text)
    return;
  require(text->size() == packed.text_bytes() && text->size() <= packed_text_bytes_max,
          "a text is not as long as it is said to be");
  if (packed.codec == text_codec::plain)
    return require(*text == packed.bytes, "a plain text does not come back as it is");
  require(packed.codec == text_codec::zstd && !packed.bytes.empty(), "a text was unpacked in an unknown way");
  auto frame_bytes = ZSTD_findFrameCompressedSize(packed.bytes.data(), packed.bytes.size());
  require(frame_bytes == packed.bytes.size(), "a packed text is not one frame");
}

} // namespace

auto seeds() -> std::vector<std::string> {
  auto text = repetitive(2'000);
  auto packed = pack_text(text, 72);
  auto two_frames = std::string(packed.view().bytes) + std::string("\x50\x2A\x4D\x18\0\0\0\0", 8);
  return {input_of(packed.view()), input_of({text_codec::plain, 0, "{}"}),
          input_of({text_codec::zstd, packed.view().plain_bytes, two_frames})};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  byte_reader in(text_of(data, size));
  packed_view packed;
  packed.codec = static_cast<text_codec>(in.little<std::uint8_t>());
  packed.plain_bytes = in.little<std::uint32_t>();
  packed.bytes = in.rest();
  check_packed(packed);
  auto again = pack_text(packed.bytes, 1'024);
  require(unpack_text(again.view()) == packed.bytes, "a text that was packed does not come back");
  return 0;
}
