#include <tusker/cli/nearest_subscriber.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <algorithm>

namespace tusker::cli {

auto check_subscriber(const journal_reader& journal, const std::string& name) -> result<void> {
  constexpr std::size_t names_max = 1'000;
  if (name.empty())
    return {};
  auto known = list_subscribers(journal, {}, names_max);
  if (!known)
    return fail(known.error());
  if (std::find(known->begin(), known->end(), name) != known->end())
    return {};
  return fail(cli_errc::not_found,
              "there is no subscriber '" + printable(name) + "'" + name_hint(name, *known));
}

} // namespace tusker::cli
