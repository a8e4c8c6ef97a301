#pragma once

#include <functional>
#include <map>
#include <string>

namespace tusker::cli {

/// A part of a program that can be taken out of its runs: an aggregate, a projection, a queue, a saga.
template <class Options>
struct program_part {
  bool is_on = true;
  Options how = {};
};

/// The parts of one kind, by name.
template <class Options>
using part_map = std::map<std::string, program_part<Options>, std::less<>>;

} // namespace tusker::cli
