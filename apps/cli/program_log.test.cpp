#include <tusker/cli/program_log.hpp>

#include <tusker/cli/log_text.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker_test/catch.hpp>

#include <sstream>
#include <string>

using namespace tusker;
using namespace tusker::cli;

namespace {

auto letter() -> log_record {
  return {
      log_level::warning, log_component::queue, "a message was given up", {{"queue", "mail room"}}, "c-1"};
}

auto logged(const log_options& options, const log_record& record) -> std::string {
  std::ostringstream out;
  program_log(options, "order", out).write(record);
  return out.str();
}

} // namespace

TEST_CASE("a record for people is its sentence and its fields") {
  CHECK(human_text(letter()) == "a message was given up queue=\"mail room\" correlation_id=c-1");
  CHECK(human_text({log_level::info, log_component::node, "two\nlines"}).find('\n') == std::string::npos);
}

TEST_CASE("a record as JSON has time, level, program, component and correlation id") {
  CHECK(json_text(letter(), "order", timestamp()) ==
        R"({"time":"1970-01-01T00:00:00.000000Z","level":"warning","program":"order","component":"queue",)"
        R"("message":"a message was given up","correlation_id":"c-1","queue":"mail room"})");
}

TEST_CASE("a log writes a line for each record, as JSON where there is no terminal") {
  auto line = logged({}, letter());
  CHECK(line.front() == '{');
  CHECK(line.find("}\n") == line.size() - 2);
  log_options human;
  human.format = log_format::human;
  line = logged(human, letter());
  CHECK(line.find("warning queue: a message was given up queue=\"mail room\" correlation_id=c-1\n") !=
        std::string::npos);
}

TEST_CASE("a log passes over what is below the level of its component") {
  log_options options;
  CHECK(logged(options, {log_level::info, log_component::node, "said"}).empty());
  options.level = log_level::error;
  CHECK(logged(options, letter()).empty());
  options.levels.at(static_cast<std::size_t>(log_component::queue)) = log_level::debug;
  CHECK_FALSE(logged(options, letter()).empty());
  options.level = log_level::off;
  CHECK(logged(options, {log_level::error, log_component::node, "said"}).empty());
}
