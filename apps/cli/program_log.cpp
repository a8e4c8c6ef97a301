#include <tusker/cli/program_log.hpp>

#include <tusker/cli/log_text.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/terminal.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/ostream_sink.h>

#include <utility>

namespace tusker::cli {

namespace {

auto spdlog_level(log_level level) -> spdlog::level::level_enum {
  switch (level) {
  case log_level::debug:
    return spdlog::level::debug;
  case log_level::info:
    return spdlog::level::info;
  case log_level::warning:
    return spdlog::level::warn;
  case log_level::error:
    return spdlog::level::err;
  case log_level::off:
    break;
  }
  return spdlog::level::off;
}

/// Errors of a log have nowhere to go.
void ignore(const std::string& /*message*/) {}

} // namespace

struct program_log::writer {
  log_options options;
  std::string program;
  bool is_json = false;
  std::unique_ptr<spdlog::logger> logger;

  writer(const log_options& how, std::string name, bool is_terminal, spdlog::sink_ptr sink)
      : options(how), program(std::move(name)),
        is_json(how.format == log_format::json || (how.format == log_format::automatic && !is_terminal)),
        logger(std::make_unique<spdlog::logger>(program, std::move(sink))) {
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::trace);
    logger->set_error_handler(ignore);
    logger->set_pattern(is_json ? "%v" : "%Y-%m-%d %H:%M:%S.%e %^%-7l%$ %v");
  }
};

program_log::program_log(const log_options& options, std::string program)
    : writer_(std::make_unique<writer>(options, std::move(program), inspect_terminal(2).is_terminal,
                                       std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>())) {}

program_log::program_log(const log_options& options, std::string program, std::ostream& out)
    : writer_(std::make_unique<writer>(options, std::move(program), false,
                                       std::make_shared<spdlog::sinks::ostream_sink_mt>(out))) {}

program_log::~program_log() = default;

void program_log::write(const log_record& record) const {
  if (record.level < writer_->options.level_of(record.component))
    return;
  auto text = writer_->is_json ? json_text(record, writer_->program, wall_time())
                               : std::string(name_of(record.component)) + ": " + human_text(record);
  writer_->logger->log(spdlog_level(record.level), spdlog::string_view_t(text));
}

} // namespace tusker::cli
