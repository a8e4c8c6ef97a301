#include <tusker/cli/saga_list_command.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/saga_choice.hpp>
#include <tusker/cli/saga_text.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace tusker::cli {

namespace {

/// Instances that are looked at before they are printed.
constexpr std::uint64_t page_sagas = 500;

/// Prints instances as they are found.
class saga_list {
public:
  saga_list(const journal_reader& journal, std::vector<std::string> sagas, const saga_list_options& wanted,
            const data_options& options)
      : journal_(journal), sagas_(std::move(sagas)), is_json_(options.as_json),
        left_(wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max())) {
    query_.is_open = wanted.is_open;
    query_.after = wanted.after;
  }

  auto run(std::optional<saga_phase> phase) -> result<void> {
    query_.phase = phase;
    if (!is_json_)
      print(styled(cut(line("Phase", "Instance", "Transitions", "Last transition", "Last input", "Why")),
                   text_style::bold, where_) +
            "\n");
    for (const auto& saga : sagas_) {
      query_.saga = saga;
      if (auto listed = list(); !listed)
        return listed;
    }
    return {};
  }

private:
  auto list() -> result<void> {
    while (left_ > 0) {
      query_.sagas_max = std::min(left_, page_sagas);
      auto page = list_sagas(journal_, query_);
      if (!page)
        return fail(page.error());
      for (const auto& look : page->sagas)
        print(is_json_ ? saga_json(look) : text_of(look));
      left_ -= page->sagas.size();
      if (!page->next || !flush_output())
        break;
      query_.after = *page->next;
    }
    return {};
  }

  /// A plain line and no box, so that it can be printed as it comes.
  static auto line(const std::string& phase, const std::string& instance, const std::string& transitions,
                   const std::string& at, const std::string& input, const std::string& why) -> std::string {
    auto text = padded(phase, 12) + "  " + padded(printable(instance), 20) + "  " +
                indented(transitions, 11) + "  " + padded(at, 27) + "  " +
                padded(printable(input), why.empty() ? 0 : 24);
    return why.empty() ? text : text + "  " + printable(why);
  }

  [[nodiscard]] auto text_of(const saga_look& look) const -> std::string {
    auto why = look.failed_step.empty() ? look.why : look.failed_step + ": " + look.why;
    auto instance = sagas_.size() == 1 ? look.key : look.saga + "-" + look.key;
    auto text = cut(line(std::string(name_of(look.phase)), instance, grouped(look.transitions.value()),
                         to_string(look.at), look.last_input, why));
    return restyled(std::move(text), 0, name_of(look.phase), style_of(look.phase), where_) + "\n";
  }

  [[nodiscard]] auto cut(const std::string& text) const -> std::string {
    return where_.columns == 0 ? text : cut_to_width(text, where_.columns);
  }

  const journal_reader& journal_;
  std::vector<std::string> sagas_;
  bool is_json_;
  std::uint64_t left_;
  saga_query query_;
  terminal where_ = inspect_terminal(1);
};

auto list_all(const saga_list_options& wanted, const registered_types& types, const data_options& options)
    -> result<void> {
  auto phase = parse_phase(wanted.phase);
  if (!phase)
    return fail(phase.error());
  auto sagas = chosen_sagas(wanted.saga, types);
  if (!sagas)
    return fail(sagas.error());
  if (!wanted.after.empty() && sagas->size() > 1)
    return fail(cli_errc::usage, "--after is a key of one saga: say which, by --saga NAME");
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  return saga_list(**journal, std::move(*sagas), wanted, options).run(*phase);
}

} // namespace

auto parse_phase(const std::string& name) -> result<std::optional<saga_phase>> {
  if (name.empty())
    return std::nullopt;
  std::vector<std::string> known;
  for (const auto& [phase, each] : enum_names<saga_phase>) {
    if (phase == saga_phase::none)
      continue;
    if (each == name)
      return phase;
    known.emplace_back(each);
  }
  return fail(cli_errc::usage, "there is no phase '" + printable(name) + "'" + name_hint(name, known));
}

auto saga_json(const saga_look& look) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "saga", look.saga);
  json_field(out, "key", look.key);
  json_field(out, "phase", name_of(look.phase));
  json_field(out, "version", look.version);
  json_field(out, "transitions", look.transitions);
  json_field(out, "at", look.at);
  json_field(out, "last_input", look.last_input);
  json_field(out, "failed_step", look.failed_step);
  json_field(out, "why", look.why);
  out.end_object();
  return json_line(std::move(out));
}

auto run_saga_ls(const saga_list_options& wanted, const registered_types& types, const data_options& options)
    -> exit_status {
  auto listed = list_all(wanted, types, options);
  return listed ? exit_status::ok : report_error(options.program, listed.error(), options.format());
}

} // namespace tusker::cli
