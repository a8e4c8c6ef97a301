#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace order_demo {

/// The longest key, in bytes.
inline constexpr std::size_t idempotency_key_bytes_max = 128;

/// What a client names its wish by, so that it has its effect once however often it is sent: the header
/// `Idempotency-Key`.
class idempotency_key {
public:
  /// Letters, digits and other visible characters of ASCII; the quotes of a structured header may stand around them.
  /// Errors: `http_errc::bad_request`.
  [[nodiscard]] static auto parse(std::string_view header) -> tusker::result<idempotency_key>;

  /// Without the quotes; a UUIDv7 in lower case.
  [[nodiscard]] auto text() const -> const std::string& { return text_; }

  /// The command id of the key for one kind of request: the same for ever. A key that is a UUIDv7 is the id itself:
  /// what came of it is kept for as long as receipts are. Any other becomes an id without a time, which is kept for
  /// ever: when it was first used, nobody knows.
  [[nodiscard]] auto command_id(std::string_view kind) const -> tusker::command_id;

  /// The id of an order that brought none: the same for the same key. Of a key whose order brought another one, the
  /// stream of this id remembers that: what became of the key stands in one place.
  [[nodiscard]] auto order_id() const -> std::string;

private:
  explicit idempotency_key(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

} // namespace order_demo
