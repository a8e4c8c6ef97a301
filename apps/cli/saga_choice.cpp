#include <tusker/cli/saga_choice.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/nearest_stream.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <utility>

namespace tusker::cli {

namespace {

auto is_there(const journal_reader& journal, const stream_id& instance) -> result<bool> {
  return journal.stream_head(instance).map([](stream_version head) { return head != empty_stream; });
}

/// What an id names by itself: `booking-t1`.
auto whole_name(const std::string& id, const std::vector<std::string>& known) -> result<stream_id> {
  auto named = stream_id::parse(id);
  if (named && (known.empty() || std::binary_search(known.begin(), known.end(), named->category())))
    return named;
  auto hint =
      known.empty() ? std::string() : name_hint(named ? named->category() : std::string_view(id), known);
  return fail(cli_errc::usage,
              "'" + printable(id) + "' does not say of which saga: --saga NAME, or NAME-KEY" + hint);
}

auto of_saga(const std::string& saga, const std::string& key) -> result<stream_id> {
  auto instance = stream_id::make(saga, key);
  if (!instance)
    return fail(cli_errc::not_found, "there is no instance '" + printable(key) + "' of saga '" +
                                         printable(saga) + "': " + instance.error().message());
  return instance;
}

auto not_there(const journal_reader& journal, const stream_id& instance) -> error {
  auto message = "there is no instance '" + printable(instance.key()) + "' of saga '" +
                 std::string(instance.category()) + "'";
  if (auto nearest = nearest_stream(journal, instance); nearest && nearest->category() == instance.category())
    message += "; did you mean '" + printable(nearest->key()) + "'?";
  return {cli_errc::not_found, std::move(message)};
}

} // namespace

auto chosen_sagas(const std::string& name, const registered_types& types)
    -> result<std::vector<std::string>> {
  const auto& known = types.sagas();
  if (name.empty() && known.empty())
    return fail(cli_errc::usage, "the program has no sagas of its own: say which, by --saga NAME");
  if (name.empty())
    return known;
  // A program without types looks at the sagas of others.
  if (known.empty() || std::binary_search(known.begin(), known.end(), name))
    return std::vector{name};
  return fail(cli_errc::not_found, "there is no saga '" + printable(name) + "'" + name_hint(name, known));
}

auto find_saga(const journal_reader& journal, const saga_choice& wanted, const registered_types& types)
    -> result<stream_id> {
  const auto& known = types.sagas();
  auto saga = wanted.saga.empty() && known.size() == 1 ? known.front() : wanted.saga;
  if (auto chosen = chosen_sagas(saga, types); !saga.empty() && !chosen)
    return fail(chosen.error());
  auto instance = saga.empty() ? whole_name(wanted.id, known) : of_saga(saga, wanted.id);
  if (!instance)
    return instance;
  auto found = is_there(journal, *instance);
  if (!found)
    return fail(found.error());
  if (*found)
    return instance;
  // Where the key would do, the whole name does too.
  if (auto whole = stream_id::parse(wanted.id); whole && whole->category() == saga) {
    auto is_whole = is_there(journal, *whole);
    if (!is_whole || *is_whole)
      return is_whole ? whole : fail(is_whole.error());
  }
  return fail(not_there(journal, *instance));
}

} // namespace tusker::cli
