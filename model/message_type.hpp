#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/model_errc.hpp>

#include <compare>
#include <span>
#include <string>
#include <vector>

namespace tusker {

/// A type of messages in one version of its schema.
struct message_type {
  std::string name;
  schema_version version{1};

  friend auto operator<=>(const message_type&, const message_type&) = default;
};

/// `'OrderCreated' version 2`, for error messages.
[[nodiscard]] auto to_string(const message_type& type) -> std::string;

/// The names without their versions, each once, in the order given.
[[nodiscard]] auto names_of(std::span<const message_type> types) -> std::vector<std::string>;

/// Why a message of a type that is not among `declared` cannot be read: `unsupported_schema_version` when its name is
/// there in another version, otherwise `unknown`, with the nearest name.
[[nodiscard]] auto undeclared_error(const message_type& type, std::span<const message_type> declared,
                                    model_errc unknown) -> error;

} // namespace tusker
