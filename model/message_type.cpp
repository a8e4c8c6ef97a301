#include <tusker/model/message_type.hpp>

#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>

namespace tusker {

auto to_string(const message_type& type) -> std::string {
  return tusker::quoted(type.name) + " version " + std::to_string(type.version.value());
}

auto names_of(std::span<const message_type> types) -> std::vector<std::string> {
  std::vector<std::string> names;
  names.reserve(types.size());
  for (const auto& type : types)
    if (std::find(names.begin(), names.end(), type.name) == names.end())
      names.push_back(type.name);
  return names;
}

auto undeclared_error(const message_type& type, std::span<const message_type> declared, model_errc unknown)
    -> error {
  for (const auto& known : declared) {
    if (known.name == type.name) {
      return {model_errc::unsupported_schema_version,
              tusker::quoted(type.name) + " has schema version " + std::to_string(type.version.value()) +
                  ", this program knows version " + std::to_string(known.version.value())};
    }
  }
  return {unknown,
          tusker::quoted(type.name) + " is not a declared type" + name_hint(type.name, names_of(declared))};
}

} // namespace tusker
