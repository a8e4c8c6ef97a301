#include <tusker/cli/output.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace tusker::cli {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

auto flush_output() -> bool {
  return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

auto finish_output(std::string_view program, exit_status status) -> exit_status {
  if (flush_output())
    return status;
  auto why = std::generic_category().message(errno);
  report_error(program, error(cli_errc::cannot_write, "standard output: " + why), output_format::text);
  return status == exit_status::ok ? exit_status::failed : status;
}

} // namespace tusker::cli
