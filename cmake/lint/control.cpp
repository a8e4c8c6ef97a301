// What the linter must find, or it is not at work: lint.sh runs over this first. It belongs to no program.

#include <string>
#include <vector>

namespace tusker_control {

std::vector<std::string> doubled(const std::vector<std::string>& texts) {
  std::vector<std::string> result;
  for (const auto& text : texts) {
    result.push_back(text + text); // performance-inefficient-vector-operation
  }
  return result;
}

bool isEmpty(const std::string& text) { // readability-identifier-naming
  return text.size() == 0;              // readability-container-size-empty
}

} // namespace tusker_control
