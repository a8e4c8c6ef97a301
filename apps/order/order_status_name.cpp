#include <order/order_status_name.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/nearest_name.hpp>

#include <vector>

namespace order_demo {

auto parse_order_status(const std::optional<std::string>& name, const std::string& what)
    -> tusker::result<std::optional<order_status>> {
  if (!name)
    return std::nullopt;
  std::vector<std::string> known;
  for (const auto& [status, each] : tusker::enum_names<order_status>) {
    if (status == order_status::none)
      continue;
    if (each == *name)
      return status;
    known.emplace_back(each);
  }
  return tusker::fail(tusker::cli::cli_errc::usage,
                      what + "there is no status '" + *name + "'" + tusker::name_hint(*name, known));
}

} // namespace order_demo
