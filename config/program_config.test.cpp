#include <tusker/config/program_config.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/config_report.hpp>
#include <tusker_test/catch.hpp>

#include <set>
#include <string>

namespace tusker {
namespace {

using option = bound_option<program_config>;

auto set(const option& each, program_config& config, const std::string& text) -> result<void> {
  return each.set(config, config_value{text, true}, named_functions());
}

auto problem_of(const program_config& config) -> std::string {
  auto checked = check(config);
  return checked ? std::string() : checked.error().message();
}

/// `from 1 to 64` at its two ends.
struct ends {
  std::string least;
  std::string most;
};

auto ends_of(const option& each) -> ends {
  const auto& text = each.facts.limits;
  auto middle = text.find(" to ");
  REQUIRE(text.find("from ") == 0);
  REQUIRE(middle != std::string::npos);
  return {text.substr(5, middle - 5), text.substr(middle + 4)};
}

using catalogue_of_program = option_catalogue<program_config>;

void lower_what_is_below(const catalogue_of_program& all, const option& each, program_config& config) {
  for (const auto& other : all.options) {
    if (other.facts.section != each.facts.section || other.facts.key != each.not_below)
      continue;
    lower_what_is_below(all, other, config);
    REQUIRE(set(other, config, ends_of(other).least));
  }
}

void raise_what_is_above(const catalogue_of_program& all, const option& each, program_config& config) {
  for (const auto& other : all.options) {
    if (other.facts.section != each.facts.section || other.not_below != each.facts.key)
      continue;
    raise_what_is_above(all, other, config);
    REQUIRE(set(other, config, ends_of(other).most));
  }
}

TEST_CASE("every option is declared once, with a sentence that ends") {
  std::set<std::string> seen;
  std::set<std::string> sections;
  auto catalogue = program_catalogue();
  for (const auto& section : catalogue.sections)
    sections.insert(section.name);
  for (const auto& each : catalogue.options) {
    CAPTURE(each.facts.section, each.facts.key);
    CHECK(seen.insert(each.facts.section + "." + each.facts.key).second);
    CHECK(sections.count(each.facts.section) == 1);
    CHECK(each.facts.doc.back() == '.');
  }
}

TEST_CASE("the default of each option is read as itself") {
  auto catalogue = program_catalogue();
  for (const auto& each : catalogue.options) {
    program_config config;
    CAPTURE(each.facts.section, each.facts.key);
    auto text = each.facts.fallback;
    if (text.front() == '"')
      text = text.substr(1, text.size() - 2);
    auto is_unset = text.empty() && each.facts.type.find("one of") == 0;
    if (!is_unset)
      CHECK(set(each, config, text));
    CHECK(each.show(config) == each.facts.fallback);
  }
}

TEST_CASE("the limits of each option are within those of the struct it is bound to") {
  auto catalogue = program_catalogue();
  for (const auto& each : catalogue.options) {
    if (each.facts.limits.empty())
      continue;
    CAPTURE(each.facts.section, each.facts.key, each.facts.limits);
    auto [least, most] = ends_of(each);
    program_config low;
    program_config high;
    lower_what_is_below(catalogue, each, low);
    raise_what_is_above(catalogue, each, high);
    CHECK(set(each, low, least));
    CHECK(set(each, high, most));
    CHECK(problem_of(low).empty());
    CHECK(problem_of(high).empty());
  }
}

TEST_CASE("a value past a limit is refused with both, and changes nothing") {
  auto catalogue = program_catalogue();
  for (const auto& each : catalogue.options) {
    if (each.facts.type != "whole number")
      continue;
    program_config config;
    CAPTURE(each.facts.section, each.facts.key);
    auto failure = set(each, config, "99999999999").error();
    CHECK(failure.code() == config_errc::out_of_range);
    CHECK(failure.message() == "expected a whole number " + each.facts.limits + ", found \"99999999999\"");
    CHECK(each.show(config) == each.facts.fallback);
  }
}

TEST_CASE("an option that is less than another one may be is told with both") {
  auto document = parse_config("[event_store]\nmap_bytes = \"2TiB\"\n", "t.toml");
  REQUIRE(document);
  given_options given(*document, {}, [](const auto&) { return std::nullopt; });
  program_config config;
  config_report report;
  apply_options(program_catalogue(), "", given, {}, config, report);
  REQUIRE(report.problems.count() == 1);
  CHECK(to_string(report.problems.in_order().front()) ==
        "t.toml:2:13: map_bytes_max: expected at least map_bytes, which is \"2TiB\", found \"1TiB\"");
}

TEST_CASE("a secret shows as one") {
  program_config config;
  config.admin.http.token = secret("hunter2");
  for (const auto& each : program_catalogue().options)
    CHECK(each.show(config).find("hunter2") == std::string::npos);
}

} // namespace
} // namespace tusker
