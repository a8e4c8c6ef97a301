#include <tusker/cli/saga_show_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/saga_facts.hpp>

namespace tusker::cli {

namespace {

auto facts_of(const saga_choice& wanted, const registered_types& types, const data_options& options)
    -> result<saga_facts> {
  auto journal = open_read_only(options.data);
  if (!journal)
    return fail(journal.error());
  auto instance = find_saga(**journal, wanted, types);
  if (!instance)
    return fail(instance.error());
  auto facts = look_at(**journal, *instance, wall_time());
  if (facts)
    facts->not_hosted = not_hosted_of(facts->trace, types);
  return facts;
}

} // namespace

auto run_saga_show(const saga_choice& wanted, const registered_types& types, const data_options& options)
    -> exit_status {
  auto facts = facts_of(wanted, types, options);
  if (!facts)
    return report_error(options.program, facts.error(), options.format());
  print(options.as_json ? facts_json(*facts) : facts_text(*facts, inspect_terminal(1)));
  return exit_status::ok;
}

} // namespace tusker::cli
