#include <tusker/config/nesting_check.hpp>

#include <algorithm>
#include <cctype>

namespace tusker {

namespace {

/// Walks over TOML token by token, as far as keys are concerned.
class key_walk {
public:
  explicit key_walk(std::string_view toml) : rest_(toml) {}

  auto find() -> std::optional<std::uint32_t> {
    while (!rest_.empty()) {
      auto c = rest_.front();
      if (c == '"' || c == '\'') {
        pass_string(c);
      } else if (c == '#') {
        pass(std::min(rest_.find('\n'), rest_.size()));
      } else {
        note(c);
        pass(1);
      }
      if (dots_ >= key_words_max)
        return line_;
    }
    return std::nullopt;
  }

private:
  /// Between the words of one key there are dots and blanks alone.
  void note(char c) {
    auto letter = static_cast<unsigned char>(c);
    if (c == '.')
      ++dots_;
    else if (std::isalnum(letter) == 0 && c != '_' && c != '-' && c != ' ' && c != '\t')
      dots_ = 0;
  }

  void pass(std::size_t count) {
    auto passed = rest_.substr(0, count);
    line_ += static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
    rest_.remove_prefix(count);
  }

  /// A string of one line ends with it, whether or not its quote is there.
  void pass_string(char quote) {
    auto is_long = rest_.size() >= 3 && rest_[1] == quote && rest_[2] == quote;
    std::size_t at = is_long ? 3 : 1;
    for (; at < rest_.size(); ++at) {
      if (quote == '"' && rest_[at] == '\\') {
        ++at;
        continue;
      }
      auto is_end = is_long ? rest_.substr(at, 3) == std::string_view(rest_.data(), 3)
                            : rest_[at] == quote || rest_[at] == '\n';
      if (is_end)
        break;
    }
    auto has_newline = !is_long && at < rest_.size() && rest_[at] == '\n';
    auto end = is_long ? at + 3 : at + (has_newline ? 0 : 1);
    pass(std::min(end, rest_.size()));
  }

  std::string_view rest_;
  std::uint32_t line_ = 1;
  std::size_t dots_ = 0; ///< Of the key that is being passed over.
};

} // namespace

auto line_of_deep_key(std::string_view toml) -> std::optional<std::uint32_t> {
  return key_walk(toml).find();
}

} // namespace tusker
