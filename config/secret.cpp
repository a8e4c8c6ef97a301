#include <tusker/config/secret.hpp>

#include <algorithm>
#include <cstddef>
#include <ostream>

namespace tusker {

auto secret::matches(std::string_view given) const -> bool {
  // Each letter of `given` is looked at, whatever was found before: only its own length shows in the time.
  unsigned differences = given.size() == text_.size() ? 0U : 1U;
  for (std::size_t at = 0; at < given.size(); ++at) {
    auto own = text_.empty() ? '\0' : text_[at % text_.size()];
    differences |= static_cast<unsigned char>(given[at]) ^ static_cast<unsigned char>(own);
  }
  return differences == 0;
}

auto operator<<(std::ostream& out, const secret& value) -> std::ostream& {
  return value.is_empty() ? out : out << redacted;
}

auto is_token(std::string_view text) -> bool {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace tusker
