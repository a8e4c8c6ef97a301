#include <tusker/model/json_reader.hpp>

#include <tusker/model/utf8.hpp>

#include <bit>
#include <charconv>
#include <system_error>

namespace tusker {

namespace {

/// With so many digits in front of the point and so many in the exponent, no number is out of range.
constexpr std::size_t whole_digits_max = 18;
constexpr std::size_t exponent_digits_max = 2;

constexpr std::uint64_t each_byte = 0x0101'0101'0101'0101U;
constexpr std::uint64_t high_bits = 0x80 * each_byte;

/// Has the high bit of the first byte, of those eight, that is less than `bound`, and of none before it. What it has
/// behind that byte means nothing.
constexpr auto below(std::uint64_t bytes, std::uint64_t bound) -> std::uint64_t {
  return (bytes - bound * each_byte) & ~bytes & high_bits;
}

constexpr auto equal_to(std::uint64_t bytes, char wanted) -> std::uint64_t {
  return below(bytes ^ (static_cast<unsigned char>(wanted) * each_byte), 1);
}

auto ends_plain(char c) -> bool {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ';
}

/// The first quote, escape or control character; `end` if there is none.
auto find_end_of_plain(const char* at, const char* end) -> const char* {
  if constexpr (std::endian::native == std::endian::little) {
    for (std::uint64_t bytes = 0; end - at >= static_cast<std::ptrdiff_t>(sizeof bytes); at += sizeof bytes) {
      std::memcpy(&bytes, at, sizeof bytes);
      auto found = below(bytes, ' ') | equal_to(bytes, '"') | equal_to(bytes, '\\');
      if (found != 0)
        return at + std::countr_zero(found) / 8;
    }
  }
  while (at != end && !ends_plain(*at))
    ++at;
  return at;
}

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

} // namespace

auto json_reader::key() -> std::string_view {
  auto name = text();
  skip_space();
  if (!take(':'))
    refuse();
  return name;
}

auto json_reader::take_word(std::string_view word) -> bool {
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word))
    return false;
  at_ += word.size();
  return true;
}

auto json_reader::take_null() -> bool {
  skip_space();
  return take_word("null");
}

auto json_reader::boolean() -> bool {
  skip_space();
  if (take_word("true"))
    return true;
  if (!take_word("false"))
    refuse();
  return false;
}

auto json_reader::text() -> std::string_view {
  skip_space();
  if (!take('"')) {
    refuse();
    return {};
  }
  const auto* begin = at_;
  at_ = find_end_of_plain(begin, end_);
  auto found = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  if (take('"') && is_utf8(found))
    return found;
  refuse();
  return {};
}

/// How many there were.
auto json_reader::take_digits() -> std::size_t {
  const auto* begin = at_;
  while (at_ != end_ && is_digit(*at_))
    ++at_;
  return static_cast<std::size_t>(at_ - begin);
}

/// The same in front of the point, with the sign; 0 also for digits that are not plain.
auto json_reader::take_whole_digits() -> std::size_t {
  (void)take('-');
  auto begins_with_zero = is_at('0');
  auto digits = take_digits();
  return digits > whole_digits_max || (begins_with_zero && digits > 1) ? 0 : digits;
}

/// False when there is a point without a plain fraction behind it.
auto json_reader::take_fraction() -> bool {
  return !take('.') || take_digits() > 0;
}

auto json_reader::take_exponent() -> bool {
  if (!take('e') && !take('E'))
    return true;
  if (!take('+'))
    (void)take('-');
  auto digits = take_digits();
  return digits > 0 && digits <= exponent_digits_max;
}

auto json_reader::integer() -> std::int64_t {
  skip_space();
  const auto* begin = at_;
  auto is_plain = take_whole_digits() > 0;
  if (!is_plain || is_at('.') || is_at('e') || is_at('E')) {
    refuse();
    return 0;
  }
  auto is_negative = *begin == '-';
  std::int64_t value = 0;
  for (const auto* digit = begin + (is_negative ? 1 : 0); digit != at_; ++digit)
    value = value * 10 + (*digit - '0');
  return is_negative ? -value : value;
}

auto json_reader::number() -> double {
  skip_space();
  const auto* begin = at_;
  double value = 0;
  if (take_whole_digits() > 0 && !is_at('.') && !is_at('e') && !is_at('E')) {
    // As an integer, like a document: it knows no negative zero.
    at_ = begin;
    return static_cast<double>(integer());
  }
  at_ = begin;
  skip();
  if (is_refused() || std::from_chars(begin, at_, value).ec != std::errc())
    refuse();
  return value;
}

void json_reader::skip() {
  skip_space();
  if (is_at('"'))
    return (void)text();
  if (is_at('{')) {
    for (auto more = begin_object(); more; more = next_member()) {
      (void)key();
      skip();
    }
    return;
  }
  if (is_at('[')) {
    for (auto more = begin_array(); more; more = next_element())
      skip();
    return;
  }
  if (is_at('t') || is_at('f'))
    return (void)boolean();
  if (!take_null() && (take_whole_digits() == 0 || !take_fraction() || !take_exponent()))
    refuse();
}

} // namespace tusker
