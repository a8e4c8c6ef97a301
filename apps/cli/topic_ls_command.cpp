#include <tusker/cli/topic_ls_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/nearest_subscriber.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/topic_name.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

constexpr std::size_t names_at_once = 1'000;

struct topic_facts {
  std::string name;
  std::uint64_t messages = 0;
};

struct subscriber_facts {
  std::string name;
  std::optional<delivery_cursor> cursor; ///< None: it was unsubscribed.
  std::uint64_t lag = 0;
  std::uint64_t parked = 0;
  std::uint64_t dead_letters = 0;
};

auto all_topics(const journal_reader& journal) -> result<std::vector<topic_facts>> {
  std::vector<topic_facts> all;
  for (std::string after;;) {
    auto streams = journal.list_streams(std::string(topic_category), after, names_at_once);
    if (!streams)
      return fail(streams.error());
    if (streams->empty())
      return all;
    for (const auto& each : *streams)
      all.push_back({std::string(each.stream.key()), each.version.value()});
    after = streams->back().stream.name();
  }
}

/// Counts page by page what `read(after)` gives in the order of offsets.
template <class Read>
auto count_all(const Read& read) -> result<std::uint64_t> {
  std::uint64_t count = 0;
  for (log_offset after;;) {
    auto page = read(after);
    if (!page)
      return fail(page.error());
    if (page->empty())
      return count;
    count += page->size();
    after = page->back().offset;
  }
}

auto facts_of(const journal_reader& journal, const std::string& name, log_offset head)
    -> result<subscriber_facts> {
  auto cursor = find_cursor(journal, name);
  auto parked =
      cursor ? count_all([&](log_offset after) { return read_parked(journal, name, after, names_at_once); })
             : fail(cursor.error());
  auto dead = parked ? count_all([&](log_offset after) {
    return read_dead_letters(journal, name, after, names_at_once);
  })
                     : parked;
  if (!dead)
    return fail(dead.error());
  auto lag = *cursor && (*cursor)->offset < head ? head.value() - (*cursor)->offset.value() : 0;
  return subscriber_facts{name, *cursor, lag, *parked, *dead};
}

auto all_subscribers(const journal_reader& journal) -> result<std::vector<subscriber_facts>> {
  auto head = journal.head(log_id(0));
  if (!head)
    return fail(head.error());
  std::vector<subscriber_facts> all;
  for (std::string after;;) {
    auto names = list_subscribers(journal, after, names_at_once);
    if (!names)
      return fail(names.error());
    if (names->empty())
      return all;
    for (const auto& name : *names) {
      auto facts = facts_of(journal, name, *head);
      if (!facts)
        return fail(facts.error());
      all.push_back(std::move(*facts));
    }
    after = names->back();
  }
}

auto state_of(const subscriber_facts& one) -> std::string_view {
  if (!one.cursor)
    return "unsubscribed";
  return one.cursor->is_paused ? "paused" : "subscribed";
}

auto json_of(const topic_facts& one) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "topic", one.name);
  json_field(out, "messages", one.messages);
  out.end_object();
  return json_line(std::move(out));
}

auto json_of(const subscriber_facts& one) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "subscriber", one.name);
  json_field(out, "topic", one.cursor ? one.cursor->topic : std::string());
  json_field(out, "state", state_of(one));
  json_field(out, "position", one.cursor ? one.cursor->offset : log_offset());
  json_field(out, "lag", one.lag);
  json_field(out, "parked", one.parked);
  json_field(out, "dead_letters", one.dead_letters);
  out.end_object();
  return json_line(std::move(out));
}

auto topics_text(const std::vector<topic_facts>& topics) -> std::string {
  text_table table({{"Topic"}, {"Messages", alignment::right}});
  for (const auto& each : topics)
    table.add_row({printable(each.name), grouped(each.messages)});
  return topics.empty() ? std::string("nothing was published\n") : table.to_text(inspect_terminal(1));
}

auto subscribers_text(const std::vector<subscriber_facts>& subscribers) -> std::string {
  text_table table({{"Subscriber"},
                    {"Topic"},
                    {"State"},
                    {"Position", alignment::right},
                    {"Lag", alignment::right},
                    {"Parked", alignment::right},
                    {"Dead letters", alignment::right}});
  for (const auto& each : subscribers)
    table.add_row({printable(each.name), printable(each.cursor ? each.cursor->topic : std::string()),
                   std::string(state_of(each)), grouped(each.cursor ? each.cursor->offset.value() : 0),
                   grouped(each.lag), grouped(each.parked), grouped(each.dead_letters)});
  return subscribers.empty() ? std::string("nobody has subscribed\n") : table.to_text(inspect_terminal(1));
}

void print_subscribers(const std::vector<subscriber_facts>& subscribers, const data_options& options) {
  if (!options.as_json)
    return print(subscribers_text(subscribers));
  for (const auto& each : subscribers)
    print(json_of(each));
}

auto print_topics(const data_options& options) -> result<void> {
  auto journal = open_read_only(options.data);
  auto topics = journal ? all_topics(**journal) : fail(journal.error());
  auto subscribers = topics ? all_subscribers(**journal) : fail(topics.error());
  if (!subscribers)
    return fail(subscribers.error());
  if (!options.as_json)
    print(topics_text(*topics));
  else
    for (const auto& each : *topics)
      print(json_of(each));
  print_subscribers(*subscribers, options);
  return {};
}

} // namespace

auto topics_json(const journal_reader& journal) -> result<std::vector<std::string>> {
  return all_topics(journal).map([](const std::vector<topic_facts>& topics) {
    std::vector<std::string> lines;
    lines.reserve(topics.size());
    for (const auto& each : topics)
      lines.push_back(json_of(each));
    return lines;
  });
}

auto print_subscriber(const std::string& name, const data_options& options) -> result<void> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  if (auto known = check_subscriber(**journal, name); !known)
    return known;
  auto head = (*journal)->head(log_id(0));
  auto facts = head ? facts_of(**journal, name, *head) : fail(head.error());
  if (!facts)
    return fail(facts.error());
  print_subscribers({*facts}, options);
  return {};
}

auto run_subscriber_ls(const data_options& options) -> exit_status {
  auto printed = [&]() -> result<void> {
    auto journal = open_read_only(options.data);
    auto subscribers = journal ? all_subscribers(**journal) : fail(journal.error());
    if (!subscribers)
      return fail(subscribers.error());
    print_subscribers(*subscribers, options);
    return {};
  }();
  return printed ? exit_status::ok : report_error(options.program, printed.error(), options.format());
}

auto run_topic_ls(const data_options& options) -> exit_status {
  auto printed = print_topics(options);
  return printed ? exit_status::ok : report_error(options.program, printed.error(), options.format());
}

} // namespace tusker::cli
