#include <tusker/model/dead_letter_filter.hpp>

namespace tusker {

namespace {

template <class Letter>
auto fits_filter(const Letter& letter, const dead_letter_filter& filter) -> bool {
  if (!filter.type.empty() && letter.type != filter.type)
    return false;
  if (filter.died_before && letter.died >= *filter.died_before)
    return false;
  if (filter.died_since && letter.died < *filter.died_since)
    return false;
  auto last = letter.attempts.empty() ? std::string() : letter.attempts.back().failure;
  return last.find(filter.failure) != std::string::npos;
}

} // namespace

auto fits(const dead_letter& letter, const dead_letter_filter& filter) -> bool {
  return fits_filter(letter, filter);
}

auto fits(const dead_command& letter, const dead_letter_filter& filter) -> bool {
  return fits_filter(letter, filter);
}

} // namespace tusker
