#include <tusker/cli/saga_wish_command.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/read_only_journal.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/cli/text_width.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tusker::cli {

namespace {

auto named(const stream_id& instance) -> std::string {
  return "saga '" + std::string(instance.category()) + "', '" + printable(instance.key()) + "'";
}

/// Errors: `runtime_errc::rejected` with why it cannot be.
auto check(const journal_reader& journal, const stream_id& instance, const saga_wish& wish, timestamp now)
    -> result<void> {
  auto left = find_saga_wish(journal, instance, now);
  if (!left)
    return fail(left.error());
  if (*left)
    return fail(runtime_errc::rejected, named(instance) + ": the wish '" + std::string(name_of(**left)) +
                                            "' was left before; the next node that runs carries it out");
  auto why = why_not(journal, instance, wish);
  if (!why)
    return fail(why.error());
  return why->empty() ? result<void>() : fail(runtime_errc::rejected, named(instance) + ": " + *why);
}

/// Has the node that runs carry it out, which it does at once.
auto carry_out(running_node& node, const saga_wish_options& wanted, const registered_types& types,
               const data_options& options) -> result<stream_id> {
  auto journal = open_read_only(options.data);
  auto instance = journal ? find_saga(**journal, wanted.choice, types) : fail(journal.error());
  if (!instance)
    return instance;
  auto target = target_of({"sagas", instance->category(), instance->key(), name_of(wanted.wish)});
  json_writer body;
  body.begin_object();
  if (const auto* compensation = std::get_if<compensate_saga>(&wanted.wish))
    json_field(body, "reason", compensation->reason);
  body.end_object();
  auto done = node.post(target, json_line(std::move(body)));
  return done ? instance : fail(done.error());
}

/// Returns the instance. A trial needs no lock.
auto leave(const saga_wish_options& wanted, const registered_types& types, const data_options& options)
    -> result<stream_id> {
  auto journal = wanted.is_dry ? open_read_only(options.data) : open_to_write(options);
  if (!journal)
    return fail(journal.error());
  auto instance = find_saga(**journal, wanted.choice, types);
  if (!instance)
    return instance;
  auto now = wall_time();
  auto done = check(**journal, *instance, wanted.wish, now);
  if (done && !wanted.is_dry)
    done = leave_saga_wish(**journal, *instance, wanted.wish, now);
  return done ? instance : fail(done.error());
}

enum class wish_fate { tried, left, carried_out };

auto wish_json(const stream_id& instance, const saga_wish_options& wanted, wish_fate fate) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "saga", instance.category());
  json_field(out, "key", instance.key());
  json_field(out, "wish", name_of(wanted.wish));
  json_field(out, "left", fate == wish_fate::left);
  json_field(out, "carried_out", fate == wish_fate::carried_out);
  out.end_object();
  return json_line(std::move(out));
}

auto wish_text(const stream_id& instance, const saga_wish_options& wanted, wish_fate fate) -> std::string {
  auto is_retry = std::holds_alternative<retry_saga>(wanted.wish);
  if (fate == wish_fate::carried_out)
    return named(instance) + (is_retry ? " tries again\n" : " compensates\n");
  if (fate == wish_fate::tried)
    return named(instance) + (is_retry ? " would try again\n" : " would compensate\n");
  return named(instance) + (is_retry ? " is to try again" : " is to compensate") +
         ": it is carried out when the node runs next\n";
}

} // namespace

auto run_saga_wish(const saga_wish_options& wanted, const registered_types& types,
                   const data_options& options) -> exit_status {
  auto node = wanted.is_dry ? std::nullopt : running_node::find(options.data);
  auto fate = wanted.is_dry ? wish_fate::tried : node ? wish_fate::carried_out : wish_fate::left;
  auto instance = node ? carry_out(*node, wanted, types, options) : leave(wanted, types, options);
  if (!instance)
    return report_error(options.program, instance.error(), options.format());
  print(options.as_json ? wish_json(*instance, wanted, fate) : wish_text(*instance, wanted, fate));
  return exit_status::ok;
}

} // namespace tusker::cli
