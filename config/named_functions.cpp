#include <tusker/config/named_functions.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/model/nearest_name.hpp>

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace tusker {

auto named_functions::names_of(const std::string& kind) const -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& [name, each] : entries_)
    if (each.kind == kind)
      names.push_back(name);
  return names;
}

auto named_functions::readable_name(const std::type_info& type) -> std::string {
  int status = 0;
  std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
  return "is a " + std::string(status == 0 && name ? name.get() : type.name());
}

auto named_functions::why_not(const std::string& name, const std::string& wanted_kind) const -> error {
  auto hint = name_hint(name, names_of(wanted_kind));
  auto found = entries_.find(name);
  if (found == entries_.end()) {
    return error(config_errc::unknown_name, "there is no function '" + name + "' that " + wanted_kind + hint);
  }
  return error(config_errc::wrong_type, "function '" + name + "' is one that " + found->second.kind +
                                            ", expected one that " + wanted_kind + hint);
}

} // namespace tusker
