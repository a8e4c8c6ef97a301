#include <tusker/persistence/verify_run.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace tusker {

auto run_verification(const verify_options& options, verify_place& place, file_check check)
    -> result<verify_report> {
  auto started = std::chrono::steady_clock::now();
  verify_notes notes(options.faults_max, place);
  notes.enter("pages", "page");
  auto verified = check(options, notes);
  // What LMDB itself finds wrong is a fault like any other; where it stood says `place`.
  if (!verified && verified.error().code() == journal_errc::corrupt)
    notes.fault(place.table.data(), std::string(place.unit.data()) + " " + std::to_string(place.number),
                verified.error().message());
  else if (!verified)
    return fail(verified.error());
  notes.report().seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::move(notes.report());
}

} // namespace tusker
