#include <tusker/persistence/read_store_health.hpp>

#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_store_verify.hpp>

#include <system_error>
#include <utility>

namespace tusker {

namespace {

auto remedy(const std::filesystem::path& directory, const read_store_health& health) -> std::string {
  auto text = "delete the folder " + directory.string() +
              ": nothing in it is the truth, and the next start of the program makes its rows anew from the "
              "journal";
  return health.owner == owner_state::running ? "stop process " + health.owner_process + "; then " + text
                                              : text;
}

void conclude_damage(const std::filesystem::path& directory, bool has_lock, read_store_health& health) {
  health.verdict = health_verdict::damaged;
  health.cause = to_string(health.verified->faults.front());
  health.advice = remedy(directory, health);
  // Beside an owner too, who has made the file: nobody opens the store after him.
  auto alarm = journal_alarm::open(directory, has_lock ? open_mode::open_existing : open_mode::read_only);
  auto raised = alarm ? alarm->declare_damaged(health.cause) : fail(alarm.error());
  if (!raised)
    health.advice += "; the alarm could not be raised, so do not open it: " + raised.error().message();
}

void conclude(const std::filesystem::path& directory, bool has_lock, read_store_health& health) {
  if (!health.verified->is_clean())
    return conclude_damage(directory, has_lock, health);
  // What was once declared damaged is not opened again, whatever it looks like now.
  if (health.alarm.starts_with(journal_alarm::damaged)) {
    health.verdict = health_verdict::damaged;
    health.cause = health.alarm.substr(journal_alarm::damaged.size());
    health.advice = remedy(directory, health);
    return;
  }
  health.verdict = health.owner == owner_state::running ? health_verdict::in_use : health_verdict::sound;
  health.advice = health.alarm.empty() || health.owner == owner_state::running
                      ? "nothing is to be done"
                      : "open it: the next writer looks at its pages again and takes the alarm back";
}

} // namespace

auto examine_read_store(const std::filesystem::path& directory) -> result<read_store_health> {
  read_store_health health;
  std::error_code failed;
  if (!std::filesystem::exists(directory / "data.mdb", failed) && !failed) {
    health.advice = "nothing is to be done: the next start of a program with projections makes it";
    return health;
  }
  auto owner = look_for_owner(directory);
  health.owner = owner.state;
  health.owner_process = owner.process;
  if (auto alarm = journal_alarm::open(directory, open_mode::read_only))
    health.alarm = alarm->text().value_or("the alarm cannot be read");
  auto report = verify_read_store_in_child({directory});
  // Beside a writer a page may be read while it is written; what is damaged is so the next time too.
  if (report && !report->is_clean() && health.owner == owner_state::running)
    report = verify_read_store_in_child({directory});
  auto is_nothing = !report && (report.error().code() == journal_errc::not_found ||
                                report.error().code() == journal_errc::unsupported_format);
  if (is_nothing) {
    health.cause = report.error().message();
    health.advice = remedy(directory, health);
    return health;
  }
  if (!report)
    return fail(report.error());
  health.verified = std::move(*report);
  conclude(directory, owner.lock.has_value(), health);
  return health;
}

} // namespace tusker
