#pragma once

#include <functional>
#include <map>
#include <string>

namespace tusker::cli {

/// What the sample config of a program says; all else stands in it as comments.
struct sample_config {
  std::string head; ///< Its first comment.
  /// By `section.key`, as TOML writes it.
  std::map<std::string, std::string, std::less<>> values;
};

} // namespace tusker::cli
