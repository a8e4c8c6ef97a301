#include "json_grammar.hpp"

#include <tusker/model/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

namespace tusker::fuzz {

namespace {

/// Takes what the grammar names off the front of a text; each rule says whether it was there.
class grammar {
public:
  explicit grammar(std::string_view text) : rest_(text) {}

  auto whole() -> bool {
    auto is_value = spaced_value();
    return is_value && rest_.empty();
  }

private:
  auto take(std::string_view token) -> bool {
    if (!rest_.starts_with(token))
      return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  void space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n\r"), rest_.size())); }

  auto digits() -> bool {
    auto count = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }

  auto spaced_value() -> bool {
    space();
    auto is_value = value();
    space();
    return is_value;
  }

  auto value() -> bool {
    if (rest_.starts_with('"'))
      return string();
    if (take("["))
      return list("]", [&] { return spaced_value(); });
    if (take("{"))
      return list("}", [&] { return member(); });
    return take("null") || take("true") || take("false") || number();
  }

  template <class Element>
  auto list(std::string_view end, const Element& element) -> bool {
    space();
    if (take(end))
      return true;
    do {
      if (!element())
        return false;
    } while (take(","));
    return take(end);
  }

  auto member() -> bool {
    space();
    if (!string())
      return false;
    space();
    return take(":") && spaced_value();
  }

  auto number() -> bool {
    auto from = rest_;
    take("-");
    if (!take("0") && !digits())
      return false;
    if (take(".") && !digits())
      return false;
    if (take("e") || take("E")) {
      take("+") || take("-");
      if (!digits())
        return false;
    }
    auto token = std::string(from.substr(0, from.size() - rest_.size()));
    return std::isfinite(std::strtod(token.c_str(), nullptr));
  }

  auto string() -> bool {
    if (!take("\""))
      return false;
    while (!rest_.empty() && !rest_.starts_with('"')) {
      if (static_cast<unsigned char>(rest_.front()) < 0x20)
        return false;
      if (rest_.front() == '\\' ? !escape() : !take(rest_.substr(0, 1)))
        return false;
    }
    return take("\"");
  }

  auto escape() -> bool {
    rest_.remove_prefix(1);
    if (rest_.empty())
      return false;
    auto letter = rest_.front();
    rest_.remove_prefix(1);
    if (letter != 'u')
      return std::string_view("\"\\/bfnrt").find(letter) != std::string_view::npos;
    auto unit = hex();
    if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF))
      return false;
    if (*unit < 0xD800 || *unit > 0xDBFF)
      return true;
    auto low = take("\\u") ? hex() : std::nullopt;
    return low && *low >= 0xDC00 && *low <= 0xDFFF;
  }

  auto hex() -> std::optional<unsigned> {
    unsigned unit = 0;
    auto four = rest_.substr(0, 4);
    auto [end, failed] = std::from_chars(four.data(), four.data() + four.size(), unit, 16);
    if (failed != std::errc{} || end != four.data() + 4)
      return std::nullopt;
    rest_.remove_prefix(4);
    return unit;
  }

  std::string_view rest_;
};

} // namespace

auto is_json(std::string_view text) -> bool {
  return is_utf8(text) && grammar(text).whole();
}

} // namespace tusker::fuzz
