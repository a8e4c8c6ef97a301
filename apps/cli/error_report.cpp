#include <tusker/cli/error_report.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/text_width.hpp>

#include <cstdio>

namespace tusker::cli {

auto error_line(std::string_view program, const error& failure, output_format format) -> std::string {
  auto message = printable(failure.message());
  if (format == output_format::text)
    return std::string(program) + ": " + failure.code().message() + ": " + message + "\n";
  json_writer out;
  out.begin_object();
  json_field(out, "program", program);
  json_field(out, "error", failure.code().message());
  json_field(out, "message", message);
  out.end_object();
  return json_line(std::move(out));
}

auto report_error(std::string_view program, const error& failure, output_format format) -> exit_status {
  std::fputs(error_line(program, failure, format).c_str(), stderr);
  return exit_status_of(failure);
}

} // namespace tusker::cli
