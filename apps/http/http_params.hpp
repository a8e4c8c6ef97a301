#pragma once

#include <tusker/http/http_request.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Reads the parameters of a request: those that are asked for, each once. What is wrong with one is kept until
/// `finish`.
class http_params {
public:
  /// REQUIRES: `request` outlives this.
  explicit http_params(const http_request& request) : request_(request) {}

  [[nodiscard]] auto text(std::string_view name) -> std::optional<std::string>;
  /// A whole number from `least` to `most`.
  [[nodiscard]] auto number(std::string_view name, std::uint64_t least, std::uint64_t most)
      -> std::optional<std::uint64_t>;
  /// `true` or `false`; false when it is not given.
  [[nodiscard]] auto flag(std::string_view name) -> bool;

  /// Errors: `http_errc::bad_request`: the first thing that was wrong, or a parameter that nobody asked for, with the
  /// nearest one.
  [[nodiscard]] auto finish() const -> result<void>;

private:
  void note(std::string_view name, const std::string& why);

  const http_request& request_;
  std::vector<std::string> known_;
  std::optional<error> fault_;
};

} // namespace tusker
