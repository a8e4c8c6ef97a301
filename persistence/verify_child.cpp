#include <tusker/persistence/verify_child.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <memory>
#include <new>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tusker {

namespace {

/// What stands before the child's answer.
constexpr char report_mark = 'r';
constexpr char error_mark = 'e';

auto system_failure(std::string_view doing) -> tl::unexpected<error> {
  return fail(journal_errc::io_error, std::string(doing) + ": " + std::generic_category().message(errno));
}

struct place_deleter {
  void operator()(verify_place* place) const { ::munmap(place, sizeof *place); }
};
/// Memory of both processes: the child's last word about where it is outlives it.
using shared_place = std::unique_ptr<verify_place, place_deleter>;

auto make_shared_place() -> result<shared_place> {
  auto* memory =
      ::mmap(nullptr, sizeof(verify_place), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return system_failure("no memory to share");
  return shared_place(new (memory) verify_place());
}

struct pipe_ends {
  file_descriptor read;
  file_descriptor write;
};

auto make_pipe() -> result<pipe_ends> {
  auto ends = std::array<int, 2>{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return system_failure("no pipe");
  return pipe_ends{file_descriptor(ends[0]), file_descriptor(ends[1])};
}

auto encode_answer(const result<verify_report>& outcome) -> std::string {
  if (outcome)
    return report_mark + encode_report(*outcome);
  auto code = static_cast<std::uint32_t>(outcome.error().code().value());
  return std::move(
             byte_writer().bytes(std::string(1, error_mark)).little(code).text(outcome.error().message()))
      .take();
}

auto decode_answer(std::string_view bytes) -> std::optional<result<verify_report>> {
  if (bytes.empty())
    return std::nullopt;
  if (bytes.front() == report_mark) {
    auto report = decode_report(bytes.substr(1));
    return report ? std::optional<result<verify_report>>(std::move(*report)) : std::nullopt;
  }
  byte_reader in(bytes.substr(1));
  auto code = static_cast<journal_errc>(in.little<std::uint32_t>());
  auto message = in.text();
  return in.is_finished() ? std::optional<result<verify_report>>(fail(code, std::move(message)))
                          : std::nullopt;
}

void write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    auto done = ::write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

/// What a watcher throws must not leave the child without a parent that waits for it.
void look(const verify_watch& watch, const verify_place& place) {
  try {
    watch(place);
  } catch (...) { // NOLINT(bugprone-empty-catch): whoever watches has nothing to say about the data
  }
}

/// Reads to the end, and has `watch` look at the place while there is nothing to read.
auto read_all(int file, const verify_watch& watch, const verify_place& place) -> std::string {
  constexpr int look_every_ms = 200;
  std::string bytes;
  auto part = std::array<char, 4'096>{};
  for (;;) {
    auto ready = pollfd{file, POLLIN, 0};
    if (watch && ::poll(&ready, 1, look_every_ms) == 0) {
      look(watch, place);
      continue;
    }
    auto got = ::read(file, part.data(), part.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return bytes;
    bytes.append(part.data(), static_cast<std::size_t>(got));
  }
}

/// Makes the child a process of its own: it dies with its parent, dies of its own faults without a core or the
/// parent's handlers, and has no say in the parent's files.
void settle_child(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent)
    ::_exit(1);
  for (auto signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGPIPE})
    (void)std::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  // LMDB prints why it aborts; the report says that it did.
  if (auto nowhere = ::open("/dev/null", O_WRONLY); nowhere >= 0)
    ::dup2(nowhere, STDERR_FILENO);
}

[[noreturn]] void be_child(const verification& verify, const verify_options& options, verify_place& place,
                           int answer_to) {
  try {
    write_all(answer_to, encode_answer(verify(options, place)));
  } catch (const std::exception& thrown) {
    write_all(answer_to, encode_answer(fail(journal_errc::io_error, thrown.what())));
  }
  // Not exit: what belongs to the parent is not the child's to tidy up.
  ::_exit(0);
}

auto signal_name(int number) -> std::string {
  const char* name = ::sigabbrev_np(number);
  return name == nullptr ? "signal " + std::to_string(number) : "SIG" + std::string(name);
}

/// Whether the child ended by a signal that its reading cannot have caused: the system took its memory back, or
/// somebody killed it. That is no word about the data.
auto is_killed_from_outside(int status) -> bool {
  if (!WIFSIGNALED(status))
    return false;
  auto number = WTERMSIG(status);
  return number != SIGSEGV && number != SIGBUS && number != SIGABRT && number != SIGFPE && number != SIGILL;
}

auto report_of_death(const verify_place& place, int status) -> verify_report {
  auto how = WIFSIGNALED(status) ? "was ended by " + signal_name(WTERMSIG(status))
                                 : "ended with status " + std::to_string(WEXITSTATUS(status));
  verify_report report;
  report.faults.push_back({place.table.data(),
                           std::string(place.unit.data()) + " " + std::to_string(place.number),
                           "the process that read it " + how});
  return report;
}

} // namespace

auto run_in_child(const verification& verify, const verify_options& options, const verify_watch& watch)
    -> result<verify_report> {
  auto place = make_shared_place();
  auto ends = make_pipe();
  if (!place || !ends)
    return fail(place ? ends.error() : place.error());
  // Made here: the child could wait for ever for another thread that was making it when the process was forked.
  (void)journal_category();
  auto parent = ::getpid();
  auto child = ::fork();
  if (child < 0)
    return system_failure("no child process");
  if (child == 0) {
    settle_child(parent);
    be_child(verify, options, **place, ends->write.number());
  }
  ends->write = file_descriptor();
  auto answer = read_all(ends->read.number(), watch, **place);
  auto status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno == EINTR)
      continue;
    // A program that ignores SIGCHLD has no ends of children to wait for; an answer that is whole says enough.
    auto decoded = decode_answer(answer);
    return decoded ? std::move(*decoded) : system_failure("the child process is lost");
  }
  if (is_killed_from_outside(status))
    return fail(journal_errc::io_error, "the verification was ended by " + signal_name(WTERMSIG(status)) +
                                            " from outside; it says nothing about the data");
  auto decoded = WIFEXITED(status) && WEXITSTATUS(status) == 0 ? decode_answer(answer) : std::nullopt;
  return decoded ? std::move(*decoded) : report_of_death(**place, status);
}

auto verify_in_child(const verify_options& options, const verify_watch& watch) -> result<verify_report> {
  return run_in_child(verify_journal, options, watch);
}

} // namespace tusker
