#include <tusker/actors/thrown_error.hpp>

#include <caf/sec.hpp>

#include <string>

namespace tusker {

auto error_of_exception(std::exception_ptr& thrown) -> caf::error {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& why) {
    return caf::make_error(caf::sec::runtime_error, std::string(why.what()));
  } catch (...) {
    return caf::make_error(caf::sec::runtime_error, "an exception that is no std::exception");
  }
}

} // namespace tusker
