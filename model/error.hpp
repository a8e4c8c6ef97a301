#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/expected_version.hpp>

#include <string>
#include <system_error>
#include <utility>
#include <variant>

namespace tusker {

/// An error as a value: a code of one layer (`model_errc`, `config_errc`, `journal_errc`, `runtime_errc`), a
/// sentence that names the thing and the place, and for two codes what a program needs to go on:
/// a `version_conflict`, or the `encoded_message` of a rejection.
class error {
public:
  using detail_type = std::variant<std::monostate, version_conflict, encoded_message>;

  error() = default;
  error(std::error_code code, std::string message, detail_type detail = {})
      : code_(code), message_(std::move(message)), detail_(std::move(detail)) {}

  [[nodiscard]] auto code() const -> std::error_code { return code_; }
  [[nodiscard]] auto message() const -> const std::string& { return message_; }

  /// The detail of type `Detail`, or null when this error has none of that type.
  template <class Detail>
  [[nodiscard]] auto detail() const -> const Detail* {
    return std::get_if<Detail>(&detail_);
  }

  friend auto operator==(const error&, const error&) -> bool = default;

private:
  std::error_code code_;
  std::string message_;
  detail_type detail_;
};

/// `rejected: the order is already placed`: the code's name, then the sentence.
[[nodiscard]] auto to_string(const error& failure) -> std::string;

} // namespace tusker
