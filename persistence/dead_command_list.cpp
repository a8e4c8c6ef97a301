#include <tusker/persistence/dead_command_list.hpp>

#include <tusker/persistence/dead_command_notes.hpp>

#include <utility>

namespace tusker {

namespace {

/// Read at once, and looked at by the filter.
constexpr std::size_t commands_at_once = 500;

auto is_wanted(const dead_command& dead, const dead_command_query& query) -> bool {
  return (!query.origin || dead.origin == *query.origin) && fits(dead, query.filter);
}

/// Adds those of one stream behind `after`, as long as the page has room. Whether it came to the end.
auto add_of(const journal_reader& journal, const stream_id& stream, uuid after,
            const dead_command_query& query, dead_command_page& page) -> result<bool> {
  for (;;) {
    auto commands = read_dead_commands(journal, stream, after, commands_at_once);
    if (!commands)
      return fail(commands.error());
    if (commands->empty())
      return true;
    for (auto& dead : *commands) {
      if (page.commands.size() >= query.commands_max) {
        page.next = dead_command_place{stream.name(), after};
        return false;
      }
      after = dead.id;
      if (is_wanted(dead, query))
        page.commands.push_back(std::move(dead));
    }
  }
}

} // namespace

auto list_dead_commands(const journal_reader& journal, const dead_command_query& query)
    -> result<dead_command_page> {
  dead_command_page page;
  std::string last;
  if (query.after) {
    last = query.after->stream;
    auto stream = stream_id::parse(last);
    if (!stream)
      return fail(stream.error());
    auto ended = add_of(journal, *stream, query.after->id, query, page);
    if (!ended)
      return fail(ended.error());
    if (!*ended)
      return page;
  }
  for (;;) {
    auto streams = journal.list_streams(std::string(dead_command_category), last, 1);
    if (!streams)
      return fail(streams.error());
    if (streams->empty())
      return page;
    last = streams->front().stream.name();
    auto ended = add_of(journal, streams->front().stream, {}, query, page);
    if (!ended)
      return fail(ended.error());
    if (!*ended)
      return page;
  }
}

} // namespace tusker
