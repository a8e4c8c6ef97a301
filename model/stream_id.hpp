#pragma once

#include <tusker/model/result.hpp>

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tusker {

/// The longest stream name, in bytes.
inline constexpr std::size_t stream_name_bytes_max = 1'024;

/// The longest category, in bytes.
inline constexpr std::size_t category_bytes_max = 64;

/// The name of a stream: a category (the aggregate's type), a dash, and the key of the one it belongs to:
/// `order-nw-10248` is the order `nw-10248`.
class stream_id {
public:
  /// The stream of no aggregate; only to be assigned to.
  stream_id() = default;

  /// The stream of `key` in `category`. A category is lower case (`[a-z][a-z0-9_]*`); a key is any UTF-8 without
  /// control characters. Errors: `model_errc::invalid_name`.
  [[nodiscard]] static auto make(std::string_view category, std::string_view key) -> result<stream_id>;

  /// Reads a whole name; the category ends at the first dash. Errors: `model_errc::invalid_name`.
  [[nodiscard]] static auto parse(std::string_view name) -> result<stream_id>;

  [[nodiscard]] auto name() const -> const std::string& { return name_; }
  [[nodiscard]] auto category() const -> std::string_view {
    return std::string_view(name_).substr(0, category_bytes_);
  }
  [[nodiscard]] auto key() const -> std::string_view {
    return name_.empty() ? std::string_view() : std::string_view(name_).substr(category_bytes_ + 1);
  }

  friend auto operator<=>(const stream_id& left, const stream_id& right) {
    return left.name_ <=> right.name_;
  }
  friend auto operator==(const stream_id& left, const stream_id& right) -> bool {
    return left.name_ == right.name_;
  }

private:
  std::string name_;
  std::size_t category_bytes_ = 0;
};

/// Whether `text` may be a category: lower-case letters, digits and underscores, a letter first.
[[nodiscard]] auto is_category(std::string_view text) -> bool;

} // namespace tusker

template <>
struct std::hash<tusker::stream_id> {
  auto operator()(const tusker::stream_id& stream) const noexcept -> std::size_t {
    return std::hash<std::string>{}(stream.name());
  }
};
