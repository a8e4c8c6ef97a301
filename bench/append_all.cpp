#include <tusker/bench/append_all.hpp>

#include <tusker/cli/cli_errc.hpp>

#include <variant>

namespace tusker::bench {

auto append_all(journal& into, const std::vector<append_item>& items) -> result<void> {
  auto verdicts = into.append(items);
  if (!verdicts)
    return fail(verdicts.error());
  for (const auto& verdict : *verdicts)
    if (!std::holds_alternative<appended>(verdict))
      return fail(cli::cli_errc::unexpected, "an item of the sample was refused");
  return {};
}

} // namespace tusker::bench
