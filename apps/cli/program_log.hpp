#pragma once

#include <tusker/config/log_options.hpp>
#include <tusker/config/log_record.hpp>

#include <iosfwd>
#include <memory>
#include <string>

namespace tusker::cli {

/// The log of a program: what its parts tell, by spdlog, a line each.
class program_log {
public:
  /// On standard error; for people where that is a terminal, unless the options say otherwise.
  program_log(const log_options& options, std::string program);
  /// On another stream, which is no terminal and outlives this.
  program_log(const log_options& options, std::string program, std::ostream& out);
  program_log(const program_log&) = delete;
  auto operator=(const program_log&) -> program_log& = delete;
  ~program_log();

  /// Writes a record, or passes it over when the level of its component is above it. May be called from any thread; it
  /// never fails, since nobody could be told.
  void write(const log_record& record) const;

  /// For who tells. It is good for as long as this is.
  [[nodiscard]] auto sink() const -> log_sink {
    return [this](const log_record& record) { write(record); };
  }

private:
  struct writer;
  std::unique_ptr<writer> writer_;
};

} // namespace tusker::cli
