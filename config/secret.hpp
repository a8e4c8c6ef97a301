#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// What stands for a secret wherever one would be shown.
inline constexpr std::string_view redacted = "(secret)";

/// A value that no log, dump, error or reply may show: a token, a password. It goes nowhere by itself: whoever needs
/// the text asks for it by `reveal`, which is what to search for when somebody asks where secrets go.
class secret {
public:
  secret() = default;
  explicit secret(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] auto is_empty() const -> bool { return text_.empty(); }

  /// The text itself. Not to be stored, logged or put into an error.
  [[nodiscard]] auto reveal() const -> const std::string& { return text_; }

  /// Whether `given` is the secret. Takes as long for a wrong text as for the right one of the same length, so that
  /// nobody finds a token one letter at a time.
  [[nodiscard]] auto matches(std::string_view given) const -> bool;

private:
  std::string text_;
};

/// Whether a text can be sent as a token: visible ASCII letters, or nothing at all.
[[nodiscard]] auto is_token(std::string_view text) -> bool;

/// Writes `redacted`, or nothing for an empty secret.
auto operator<<(std::ostream& out, const secret& value) -> std::ostream&;

} // namespace tusker
