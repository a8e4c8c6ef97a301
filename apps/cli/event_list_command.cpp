#include <tusker/cli/event_list_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/event_translation.hpp>
#include <tusker/cli/event_view.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/text_width.hpp>

#include <chrono>
#include <limits>
#include <utility>

namespace tusker::cli {

namespace {

/// Another process cannot be waited for, so the journal is looked at again: one look costs some microseconds.
constexpr std::chrono::milliseconds look_interval{20};

class event_list {
public:
  event_list(const journal_reader& reader, const event_list_options& wanted, event_translation translation,
             const data_options& options)
      : reader_(reader), wanted_(wanted), translation_(std::move(translation)), options_(options),
        left_(wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max())) {}

  auto run() -> result<exit_status> {
    auto filter =
        log_filter{is_stored() ? wanted_.types : translation_.stored_names(), wanted_.categories, {}};
    auto after = log_offset(wanted_.after);
    while (left_ > 0) {
      auto slice = reader_.read_log(log_id(0), after, {}, filter);
      if (!slice)
        return fail(slice.error());
      if (auto printed = print_all(slice->events); !printed)
        return fail(printed.error());
      after = slice->scanned_to;
      if (left_ == 0 || !flush_output())
        break;
      if (was_interrupted())
        return exit_status::interrupted;
      if (slice->scanned_to < slice->head)
        continue;
      if (wanted_.end == event_list_end::head)
        break;
      if (wait_for_interruption(look_interval))
        return exit_status::interrupted;
    }
    return exit_status::ok;
  }

private:
  [[nodiscard]] auto is_stored() const -> bool { return wanted_.form == event_form::stored; }

  auto print_all(const std::vector<recorded_event>& events) -> result<void> {
    for (const auto& event : events) {
      if (left_ == 0)
        return {};
      if (is_stored()) {
        print_one(event, 0);
        continue;
      }
      auto said = translation_.translate(event);
      if (!said)
        return fail(said.error());
      for (const auto& each : said->current)
        print_one(each.event, each.index);
    }
    return {};
  }

  void print_one(const recorded_event& event, std::size_t index) {
    if (left_ == 0)
      return;
    --left_;
    if (!options_.as_json)
      return print(printable(event.stream.name()) + "\n" + event_text(event, where_));
    auto line = event_json(event);
    if (index == 0)
      return print(line);
    line.pop_back();
    print(with_json_member(std::move(line), "index", std::to_string(index)) + "\n");
  }

  const journal_reader& reader_;
  const event_list_options& wanted_;
  event_translation translation_;
  const data_options& options_;
  terminal where_ = inspect_terminal(1);
  std::uint64_t left_;
};

auto list_events(const event_list_options& wanted, const registered_types& types, const data_options& options)
    -> result<exit_status> {
  auto named = wanted.form == event_form::stored ? std::vector<std::string>() : wanted.types;
  auto translation = event_translation::make(types, std::move(named), wanted.categories);
  if (!translation)
    return fail(translation.error());
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  if (wanted.end == event_list_end::interruption)
    catch_interruptions();
  return event_list(**journal, wanted, std::move(*translation), options).run();
}

} // namespace

auto run_event_list(const event_list_options& wanted, const registered_types& types,
                    const data_options& options) -> exit_status {
  auto listed = list_events(wanted, types, options);
  return listed ? *listed : report_error(options.program, listed.error(), options.format());
}

} // namespace tusker::cli
