#include <tusker/cli/config_problem_report.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/text_width.hpp>

#include <cstdint>
#include <cstdio>
#include <utility>

namespace tusker::cli {

namespace {

auto problem_json(std::string_view program, const config_problem& problem) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "program", program);
  json_field(out, "error", "config");
  json_field(out, "file", printable(problem.place.file));
  json_field(out, "line", problem.place.line);
  json_field(out, "column", problem.place.column);
  json_field(out, "message", printable(problem.message));
  out.end_object();
  return json_line(std::move(out));
}

} // namespace

auto problem_lines(std::string_view program, const config_problems& problems, output_format format)
    -> std::string {
  std::string lines;
  auto kept = problems.in_order();
  for (const auto& each : kept)
    lines += format == output_format::json ? problem_json(program, each) : printable(to_string(each)) + "\n";
  if (problems.count() > kept.size() && format == output_format::text)
    lines += "… and " + std::to_string(problems.count() - kept.size()) + " more\n";
  return lines;
}

auto report_problems(std::string_view program, const config_problems& problems, output_format format)
    -> exit_status {
  std::fputs(problem_lines(program, problems, format).c_str(), stderr);
  return exit_status::usage;
}

} // namespace tusker::cli
