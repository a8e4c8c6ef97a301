#include <tusker/persistence/packed_text.hpp>

#include <tusker/persistence/page_space.hpp>

#include <zstd.h>

#include <memory>

namespace tusker {

namespace {

/// Up to here a value shares its page with at least two others, and packing saves less than it costs: see
/// docs/performance.md, "Large events".
constexpr std::size_t worth_trying_bytes = 1'343;

/// The quickest level that still finds the repetition that JSON is full of.
constexpr int level = 1;

struct packer_deleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct unpacker_deleter {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// A context is some hundred kilobytes and takes longer to make than to use, so each thread keeps its own.
auto packer() -> ZSTD_CCtx* {
  thread_local const std::unique_ptr<ZSTD_CCtx, packer_deleter> context(ZSTD_createCCtx());
  return context.get();
}

auto unpacker() -> ZSTD_DCtx* {
  thread_local const std::unique_ptr<ZSTD_DCtx, unpacker_deleter> context(ZSTD_createDCtx());
  return context.get();
}

} // namespace

auto pack_text(std::string_view plain, std::size_t front_bytes) -> packed_text {
  auto value_bytes = front_bytes + plain.size();
  if (value_bytes < worth_trying_bytes || packer() == nullptr)
    return packed_text(plain);
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  auto size = ZSTD_compressCCtx(packer(), packed.data(), packed.size(), plain.data(), plain.size(), level);
  if (ZSTD_isError(size) != 0)
    return packed_text(plain);
  auto before = page_space(value_bytes);
  if (page_space(front_bytes + size) > before - before / 8)
    return packed_text(plain);
  packed.resize(size);
  return {std::move(packed), static_cast<std::uint32_t>(plain.size())};
}

auto unpack_text(const packed_view& packed) -> std::optional<std::string> {
  if (packed.codec == text_codec::plain)
    return packed.plain_bytes == 0 ? std::optional(std::string(packed.bytes)) : std::nullopt;
  if (packed.codec != text_codec::zstd || packed.plain_bytes == 0 ||
      packed.plain_bytes > packed_text_bytes_max || unpacker() == nullptr)
    return std::nullopt;
  // The frame's own word first: a length that somebody made up must not cost memory.
  if (ZSTD_getFrameContentSize(packed.bytes.data(), packed.bytes.size()) != packed.plain_bytes)
    return std::nullopt;
  // Zstandard itself would go on to frames behind the first.
  if (ZSTD_findFrameCompressedSize(packed.bytes.data(), packed.bytes.size()) != packed.bytes.size())
    return std::nullopt;
  std::string plain(packed.plain_bytes, '\0');
  auto size =
      ZSTD_decompressDCtx(unpacker(), plain.data(), plain.size(), packed.bytes.data(), packed.bytes.size());
  return size == plain.size() ? std::optional(std::move(plain)) : std::nullopt;
}

} // namespace tusker
