#pragma once

#include <tusker/model/named_number.hpp>

#include <string>

namespace tusker {

/// The version of a type's schema, counted from 1. A change of the fields that are stored is a new version.
using schema_version = named_number<struct schema_version_tag, std::uint16_t>;

/// An event, a command or a rejection as it travels and is stored: its declared type and its JSON.
/// Nothing below the codec knows more about it.
struct encoded_message {
  std::string type;
  schema_version version{1};
  std::string json;

  friend auto operator==(const encoded_message&, const encoded_message&) -> bool = default;
};

} // namespace tusker
