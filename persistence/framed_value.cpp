#include <tusker/persistence/framed_value.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>

namespace tusker {

namespace {

constexpr std::size_t crc_bytes = sizeof(std::uint32_t);

} // namespace

auto frame(std::string_view key, std::string_view body) -> std::string {
  byte_writer out(crc_bytes + sizeof(std::uint32_t) + body.size());
  out.little(std::uint32_t{0}).text(body);
  out.set_little(0, crc32c(out.view().substr(crc_bytes), crc32c(key)));
  return std::move(out).take();
}

auto unframe(std::string_view key, std::string_view value) -> std::optional<std::string_view> {
  byte_reader in(value);
  auto crc = in.little<std::uint32_t>();
  auto rest = in.rest();
  if (!in.is_intact() || crc32c(rest, crc32c(key)) != crc)
    return std::nullopt;
  byte_reader framed(rest);
  auto length = framed.little<std::uint32_t>();
  auto body = framed.bytes(length);
  return framed.is_finished() ? std::optional(body) : std::nullopt;
}

} // namespace tusker
