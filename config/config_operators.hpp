#pragma once

#include <tusker/config/config_expression.hpp>
#include <tusker/config/config_value.hpp>
#include <tusker/model/result.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// The value of an environment variable, or none when it is not set.
using environment_reader = std::function<std::optional<std::string>(const std::string& name)>;

/// The process's own.
[[nodiscard]] auto process_environment() -> environment_reader;

/// What operators reach for.
struct operator_surroundings {
  environment_reader environment;
  /// The folder of the config file, for `@file`.
  std::filesystem::path folder;
  /// The value of `section.key`, for `@ref`.
  std::function<result<config_value>(const std::string& path)> refer;
  /// What is read is to be a secret: no error says what it is.
  bool is_for_secret = false;
};

/// The names of the variables of the process's environment that begin with `prefix`, in order.
[[nodiscard]] auto process_variables(std::string_view prefix) -> std::vector<std::string>;

/// What `@file` may hold, in bytes.
inline constexpr std::size_t included_bytes_max = std::size_t{64} << 10U;

/// Carries the operators of an expression out, the inner ones first; a default only when it is needed. What is made of
/// a secret is one. Errors: `config_errc::malformed`, `unknown_name`, `missing`, `unreadable`, those of `refer`; none
/// says what a secret is.
[[nodiscard]] auto resolve(const config_expression& expression, const operator_surroundings& around)
    -> result<config_value>;

/// An operator, for who writes a config.
struct operator_facts {
  std::string_view name;
  std::string_view usage;
  std::size_t arguments_min;
  std::size_t arguments_max;
  std::string_view doc;
};

[[nodiscard]] auto known_operators() -> std::span<const operator_facts>;

} // namespace tusker
