#include <tusker/model/error.hpp>

namespace tusker {

auto to_string(const error& failure) -> std::string {
  return failure.code().message() + ": " + failure.message();
}

} // namespace tusker
