#include <tusker/cli/expected_text.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <charconv>
#include <cstdint>

namespace tusker::cli {

auto parse_expected(std::string_view text) -> result<expected_version> {
  if (text == "any")
    return any;
  if (text == "no_stream")
    return no_stream;
  if (text == "stream_exists")
    return stream_exists;
  std::uint64_t version = 0;
  const auto* end = text.data() + text.size();
  auto [at, failure] = std::from_chars(text.data(), end, version);
  if (failure != std::errc() || at != end)
    return fail(cli_errc::usage,
                quoted(text) + " is none of any, no_stream, stream_exists or a version of a stream");
  return exact(version);
}

} // namespace tusker::cli
