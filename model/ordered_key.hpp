#pragma once

#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

enum class key_order { ascending, descending };

/// Values as bytes whose order is the order of the values: of keys that have the same kinds of parts, the one with the
/// lesser first different part is the lesser string. No key of those is the beginning of another, so what follows a
/// key never disturbs its order. `ordered_key_reader` takes it apart again.
///
/// A number takes 8 bytes, big endian, a signed one with its sign bit flipped; a time is the signed number of its
/// microseconds; a flag takes one byte, a uuid its 16. A text's zero bytes are written as 00 FF, and 00 01 ends it. A
/// descending part has all its bits flipped.
class ordered_key {
public:
  auto text(std::string_view value, key_order order = key_order::ascending) -> ordered_key&;
  auto natural(std::uint64_t value, key_order order = key_order::ascending) -> ordered_key&;
  auto integer(std::int64_t value, key_order order = key_order::ascending) -> ordered_key&;
  auto time(timestamp value, key_order order = key_order::ascending) -> ordered_key&;
  auto flag(bool value, key_order order = key_order::ascending) -> ordered_key&;
  auto id(const uuid& value, key_order order = key_order::ascending) -> ordered_key&;

  /// A text without its end: the prefix of all keys whose next part is an ascending text that begins with `value`.
  auto text_prefix(std::string_view value) -> ordered_key&;

  [[nodiscard]] auto view() const -> std::string_view { return bytes_; }
  [[nodiscard]] auto take() && -> std::string { return std::move(bytes_); }

private:
  void append(std::string_view part, key_order order);

  std::string bytes_;
};

/// How many bytes a text takes in a key.
[[nodiscard]] auto ordered_text_bytes(std::string_view value) -> std::size_t;

/// Takes an `ordered_key` apart: the caller knows which parts it has. What cannot be read gives empty values, and is
/// remembered: ask `is_intact` or `is_finished` once at the end.
class ordered_key_reader {
public:
  explicit ordered_key_reader(std::string_view key) : rest_(key) {}

  [[nodiscard]] auto text(key_order order = key_order::ascending) -> std::string;
  [[nodiscard]] auto natural(key_order order = key_order::ascending) -> std::uint64_t;
  [[nodiscard]] auto integer(key_order order = key_order::ascending) -> std::int64_t;
  [[nodiscard]] auto time(key_order order = key_order::ascending) -> timestamp;
  [[nodiscard]] auto flag(key_order order = key_order::ascending) -> bool;
  [[nodiscard]] auto id(key_order order = key_order::ascending) -> uuid;

  /// What was not read yet.
  [[nodiscard]] auto rest() const -> std::string_view { return rest_; }

  /// Whether all that was read is what an `ordered_key` writes.
  [[nodiscard]] auto is_intact() const -> bool { return intact_; }
  /// Whether that is so and nothing is left.
  [[nodiscard]] auto is_finished() const -> bool { return intact_ && rest_.empty(); }

private:
  auto bytes(std::size_t count, key_order order) -> std::string;
  void refuse();

  std::string_view rest_;
  bool intact_ = true;
};

} // namespace tusker
