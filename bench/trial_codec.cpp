#include <tusker/bench/trial_codec.hpp>

#include <lz4.h>
#include <zstd.h>

#include <memory>

namespace tusker::bench {

namespace {

struct zstd_deleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

auto pack_zstd(std::string_view plain) -> std::optional<std::string> {
  static const std::unique_ptr<ZSTD_CCtx, zstd_deleter> context(ZSTD_createCCtx());
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  auto size = ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), plain.data(), plain.size(), 1);
  if (ZSTD_isError(size) != 0)
    return std::nullopt;
  packed.resize(size);
  return packed;
}

auto unpack_zstd(std::string_view packed, std::size_t plain_bytes) -> std::optional<std::string> {
  static const std::unique_ptr<ZSTD_DCtx, zstd_deleter> context(ZSTD_createDCtx());
  std::string plain(plain_bytes, '\0');
  auto size = ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(), packed.data(), packed.size());
  return size == plain_bytes ? std::optional(std::move(plain)) : std::nullopt;
}

auto pack_lz4(std::string_view plain) -> std::optional<std::string> {
  auto plain_bytes = static_cast<int>(plain.size());
  std::string packed(static_cast<std::size_t>(LZ4_compressBound(plain_bytes)), '\0');
  auto size = LZ4_compress_default(plain.data(), packed.data(), plain_bytes, static_cast<int>(packed.size()));
  if (size <= 0)
    return std::nullopt;
  packed.resize(static_cast<std::size_t>(size));
  return packed;
}

auto unpack_lz4(std::string_view packed, std::size_t plain_bytes) -> std::optional<std::string> {
  std::string plain(plain_bytes, '\0');
  auto size = LZ4_decompress_safe(packed.data(), plain.data(), static_cast<int>(packed.size()),
                                  static_cast<int>(plain.size()));
  return size == static_cast<int>(plain_bytes) ? std::optional(std::move(plain)) : std::nullopt;
}

} // namespace

auto name_of(trial_codec codec) -> const char* {
  switch (codec) {
  case trial_codec::zstd:
    return "zstd level 1";
  case trial_codec::lz4:
    return "LZ4";
  case trial_codec::plain:
    break;
  }
  return "plain";
}

auto pack(trial_codec codec, std::string_view plain) -> std::optional<std::string> {
  switch (codec) {
  case trial_codec::zstd:
    return pack_zstd(plain);
  case trial_codec::lz4:
    return pack_lz4(plain);
  case trial_codec::plain:
    break;
  }
  return std::string(plain);
}

auto unpack(trial_codec codec, std::string_view packed, std::size_t plain_bytes)
    -> std::optional<std::string> {
  switch (codec) {
  case trial_codec::zstd:
    return unpack_zstd(packed, plain_bytes);
  case trial_codec::lz4:
    return unpack_lz4(packed, plain_bytes);
  case trial_codec::plain:
    break;
  }
  return std::string(packed);
}

} // namespace tusker::bench
