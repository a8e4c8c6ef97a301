#include <tusker/http/http_params.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace tusker {

auto http_params::text(std::string_view name) -> std::optional<std::string> {
  known_.emplace_back(name);
  std::optional<std::string> found;
  for (const auto& [each, value] : request_.params) {
    if (each != name)
      continue;
    if (found)
      note(name, "it is given more than once");
    found = value;
  }
  return found;
}

auto http_params::number(std::string_view name, std::uint64_t least, std::uint64_t most)
    -> std::optional<std::uint64_t> {
  auto given = text(name);
  if (!given)
    return std::nullopt;
  std::uint64_t number = 0;
  auto [end, failure] = std::from_chars(given->data(), given->data() + given->size(), number);
  if (failure == std::errc() && end == given->data() + given->size() && number >= least && number <= most)
    return number;
  note(name, "it must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

auto http_params::flag(std::string_view name) -> bool {
  auto given = text(name);
  if (given && *given != "true" && *given != "false")
    note(name, "it must be true or false");
  return given == "true";
}

auto http_params::finish() const -> result<void> {
  if (fault_)
    return fail(*fault_);
  for (const auto& [name, value] : request_.params)
    if (std::find(known_.begin(), known_.end(), name) == known_.end())
      return fail(http_errc::bad_request, "there is no parameter '" + name + "'" + name_hint(name, known_));
  return {};
}

void http_params::note(std::string_view name, const std::string& why) {
  if (!fault_)
    fault_ = error(http_errc::bad_request, "parameter '" + std::string(name) + "': " + why);
}

} // namespace tusker
