#include <tusker/config/config_expression.hpp>

#include <tusker/config/config_errc.hpp>

#include <utility>

namespace tusker {

namespace {

/// Reads an operator from its @ on, by recursive descent.
class operator_reader {
public:
  explicit operator_reader(std::string_view text) : text_(text) {}

  auto read() -> result<config_expression> {
    auto whole = read_operator(1);
    if (!whole)
      return whole;
    skip_blanks();
    if (at_ < text_.size())
      return wrong("nothing behind the last ')'");
    return whole;
  }

private:
  // NOLINTNEXTLINE(misc-no-recursion): no deeper than operators_deep_max.
  auto read_operator(std::size_t depth) -> result<config_expression> {
    if (depth > operators_deep_max)
      return wrong("no more than " + std::to_string(operators_deep_max) + " operators within each other");
    config_expression read{true, take_name(), {}};
    if (read.text.empty())
      return wrong(R"(an operator such as @env("NAME"), or @@ for a text that begins with @)");
    if (!take('('))
      return wrong("'(' behind @" + read.text);
    if (take(')'))
      return read;
    do {
      auto argument = read_argument(depth);
      if (!argument)
        return argument;
      read.arguments.push_back(std::move(*argument));
    } while (take(','));
    if (!take(')'))
      return wrong("',' or ')' behind an argument of @" + read.text);
    return read;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  auto read_argument(std::size_t depth) -> result<config_expression> {
    skip_blanks();
    auto next = at_ < text_.size() ? text_[at_] : '\0';
    if (next == '@')
      return read_operator(depth + 1);
    if (next != '"' && next != '\'')
      return wrong("an argument in quotes, such as \"NAME\", or another operator");
    ++at_;
    config_expression read;
    while (at_ < text_.size() && text_[at_] != next) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size())
        ++at_;
      read.text += text_[at_++];
    }
    if (!take(next))
      return wrong("the quote that ends an argument");
    return read;
  }

  auto take_name() -> std::string {
    auto begin = ++at_;
    while (at_ < text_.size() &&
           ((text_[at_] >= 'a' && text_[at_] <= 'z') || text_[at_] == '.' || text_[at_] == '_'))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  auto take(char wanted) -> bool {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != wanted)
      return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ')
      ++at_;
  }

  [[nodiscard]] auto wrong(const std::string& expected) const -> tl::unexpected<error> {
    return fail(config_errc::malformed,
                "expected " + expected + ", at letter " + std::to_string(at_ + 1) + " of the text");
  }

  std::string_view text_;
  std::size_t at_ = 0; ///< Of the @ at the beginning of an operator.
};

} // namespace

auto parse_expression(std::string_view text) -> result<config_expression> {
  if (text.empty() || text.front() != '@')
    return config_expression{false, std::string(text), {}};
  if (text.substr(0, 2) == "@@")
    return config_expression{false, std::string(text.substr(1)), {}};
  return operator_reader(text).read();
}

} // namespace tusker
