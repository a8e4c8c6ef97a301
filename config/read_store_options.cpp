#include <tusker/config/read_store_options.hpp>

#include <tusker/config/option_check.hpp>

namespace tusker {

namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr std::uint64_t tebibyte = std::uint64_t{1} << 40U;

} // namespace

auto check(const read_store_limits& limits) -> result<void> {
  return first_failure(
      check_range<std::size_t>("limits.value_bytes_max", limits.value_bytes_max, 1, 64 * mebibyte),
      check_range<std::size_t>("limits.commit_entries_max", limits.commit_entries_max, 1, 65'536),
      check_range<std::size_t>("limits.commit_bytes_max", limits.commit_bytes_max, limits.value_bytes_max,
                               256 * mebibyte));
}

auto check(const read_store_options& options) -> result<void> {
  if (options.directory.empty())
    return fail(config_errc::missing, "read_store.directory is not given");
  if (options.mode == open_mode::create_or_open && options.journal.is_nil())
    return fail(config_errc::missing, "read_store.journal is not given, and a store may have to be made");
  return first_failure(
      check_range<std::uint64_t>("read_store.map_bytes", options.map_bytes, mebibyte, 16 * tebibyte),
      check_range<std::uint64_t>("read_store.map_bytes_max", options.map_bytes_max, options.map_bytes,
                                 16 * tebibyte),
      check_range<unsigned>("read_store.readers_max", options.readers_max, 8, 65'536),
      check_range<std::int64_t>("read_store.long_read (ms)", options.long_read.count(), 1, 3'600'000),
      check(options.limits));
}

} // namespace tusker
