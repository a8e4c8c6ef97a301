#include <tusker/bench/measurement.hpp>

#include <tusker/cli/json_fields.hpp>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace tusker::bench {

namespace {

/// More digits would pretend a precision that no measurement has. What was counted is whole.
auto rounded(double value) -> double {
  if (value == std::floor(value))
    return value;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return std::strtod(text.data(), nullptr);
}

void write_claims(json_writer& out, const std::vector<claim>& claims) {
  out.key("claims");
  out.begin_array();
  for (const auto& one : claims) {
    out.begin_object();
    cli::json_field(out, "name", one.name);
    cli::json_field(out, "is", rounded(one.is));
    cli::json_field(out, one.must_be == bound::at_most ? "at_most" : "at_least", rounded(one.limit));
    cli::json_field(out, "holds", one.holds());
    out.end_object();
  }
  out.end_array();
}

} // namespace

auto to_json_line(const measurement& one) -> std::string {
  json_writer out;
  out.begin_object();
  cli::json_field(out, "system", one.system);
  cli::json_field(out, "workload", one.workload);
  cli::json_field(out, "n", one.n);
  cli::json_field(out, "seconds", rounded(one.seconds));
  cli::json_field(out, "per_second", rounded(one.per_second()));
  for (const auto& figure : one.figures)
    cli::json_field(out, figure.name, rounded(figure.value));
  if (!one.claims.empty())
    write_claims(out, one.claims);
  cli::json_field(out, "durable", one.durable);
  cli::json_field(out, "verified", one.verified);
  cli::json_field(out, "notes", one.notes);
  out.end_object();
  return cli::json_line(std::move(out));
}

} // namespace tusker::bench
