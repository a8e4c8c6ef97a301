#include <order/requests/idempotency_key.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/uuid.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace order_demo {

namespace {

auto is_visible(char c) -> bool {
  return c > ' ' && c < 0x7F;
}

/// The text as a UUIDv7, if it is one.
auto timed_uuid(std::string_view text) -> std::optional<tusker::uuid> {
  constexpr unsigned timed = 7;
  auto id = tusker::parse_uuid(text);
  return id && id->bytes[6] >> 4U == timed ? std::optional(*id) : std::nullopt;
}

/// A UUIDv8 (RFC 9562, section 5.8): an id of a form of its own, here a hash.
auto hashed_uuid(std::string_view kind, std::string_view text) -> tusker::uuid {
  auto parts = std::array<std::string_view, 3>{"idempotency-key", kind, text};
  tusker::uuid id{tusker::hash_of(parts).bytes};
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

} // namespace

auto idempotency_key::parse(std::string_view header) -> tusker::result<idempotency_key> {
  auto is_quoted = header.size() >= 2 && header.front() == '"' && header.back() == '"';
  auto text = is_quoted ? header.substr(1, header.size() - 2) : header;
  if (text.empty() || text.size() > idempotency_key_bytes_max ||
      !std::all_of(text.begin(), text.end(), is_visible))
    return tusker::fail(tusker::http_errc::bad_request, "header 'Idempotency-Key': it must be 1 to " +
                                                            std::to_string(idempotency_key_bytes_max) +
                                                            " visible characters of ASCII");
  // Its letters may come in either case, and it is one id all the same.
  auto timed = timed_uuid(text);
  return idempotency_key(timed ? to_string(*timed) : std::string(text));
}

auto idempotency_key::command_id(std::string_view kind) const -> tusker::command_id {
  auto timed = timed_uuid(text_);
  return tusker::command_id(timed ? *timed : hashed_uuid(kind, text_));
}

auto idempotency_key::order_id() const -> std::string {
  return "web-" + to_string(hashed_uuid("order", text_));
}

} // namespace order_demo
