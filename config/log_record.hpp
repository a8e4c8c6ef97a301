#pragma once

#include <tusker/config/log_options.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tusker {

/// What belongs to a line of a log besides its sentence. A `secret` is no text, so none gets here by itself.
struct log_field {
  std::string name;
  std::string value;

  friend auto operator==(const log_field&, const log_field&) -> bool = default;
};

/// One thing that a program, or a part of it, has to tell.
struct log_record {
  log_level level = log_level::info;
  log_component component = log_component::program;
  std::string message;
  std::vector<log_field> fields = {};
  /// Of what it was that this happened to; empty where there is none.
  std::string correlation_id = {};

  friend auto operator==(const log_record&, const log_record&) -> bool = default;
};

/// Where records go: the port between who tells and who writes. It may be called from any thread.
using log_sink = std::function<void(const log_record& record)>;

} // namespace tusker
