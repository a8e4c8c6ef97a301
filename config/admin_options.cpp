#include <tusker/config/admin_options.hpp>

#include <tusker/config/option_check.hpp>

#include <cstdint>

namespace tusker {

auto check(const admin_options& options) -> result<void> {
  return first_failure(
      check(options.http),
      check_range<std::int64_t>("recount_every (ms)", options.recount_every.count(), 100, 3'600'000),
      check_range<std::size_t>("page_entries_max", options.page_entries_max, 1, 10'000));
}

} // namespace tusker
