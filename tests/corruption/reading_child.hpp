#pragma once

#include "trial.hpp"

#include <tusker_test/child_process.hpp>

#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

namespace tusker::corruption {

/// The exit code by which a child tells what it read; others are crashes, also the ones of a sanitizer.
[[nodiscard]] constexpr auto exit_code_of(reading outcome) -> int {
  constexpr int first_code = 40;
  return first_code + static_cast<int>(outcome);
}

/// What a dying process prints is not the test's output. One that goes in circles is ended.
inline void be_quiet() {
  // Far beyond what reading takes: a reader that goes in circles is one that did not survive.
  constexpr unsigned reading_seconds_max = 60;
  auto nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::alarm(reading_seconds_max);
}

/// What `read()` says in a child process, which may not survive it.
template <class Read>
[[nodiscard]] auto read_in_child(const Read& read) -> reading {
  auto code = tusker_test::exit_code_of_child([&] {
    be_quiet();
    return exit_code_of(read());
  });
  for (auto outcome : {reading::equal, reading::error, reading::partial, reading::different})
    if (code == exit_code_of(outcome))
      return outcome;
  return reading::crashed;
}

/// Copies what `original` holds, damages the copy by `damage`, verifies it with `verify` and reads it by `read`.
/// Whatever the damage does to a reader, the verification must find.
template <class Damage, class Read>
[[nodiscard]] auto try_copy(const std::filesystem::path& original, const std::filesystem::path& copy,
                            const verification& verify, const Damage& damage, const Read& read) -> trial {
  for (const auto& entry : std::filesystem::directory_iterator(original))
    std::filesystem::copy_file(entry.path(), copy / entry.path().filename());
  trial made;
  made.damage = damage(copy);
  auto report = run_in_child(verify, {copy});
  made.is_found = !report || !report->is_clean();
  made.outcome = read_in_child([&] { return read(copy); });
  if (made.outcome != reading::equal && !made.is_found)
    made.broken.emplace_back("the verification did not find what spoils the reading");
  return made;
}

} // namespace tusker::corruption
