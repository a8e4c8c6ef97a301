#include <tusker/persistence/lmdb_map_guard.hpp>

#include <tusker/persistence/fault_map_search.hpp>
#include <tusker/persistence/journal_alarm.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace tusker {

namespace {

constexpr std::uint64_t page_bytes = 4'096;

/// A data file that is watched. The handler reads it while others write: the inode is set last, and 0 is none.
struct watched_file {
  std::atomic<std::uint64_t> inode = 0;
  std::atomic<int> alarm = -1;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

std::array<watched_file, 64> watched_files;
std::mutex watching_mutex;
std::once_flag handlers_installed;
/// What was there before; written once, before the handlers can run.
struct sigaction previous_segv {};
struct sigaction previous_bus {};

/// A line of text without memory: what does not fit is left out.
class short_line {
public:
  auto add(std::string_view text) noexcept -> short_line& {
    for (auto character : text)
      if (length_ < text_.size())
        text_[length_++] = character;
    return *this;
  }
  auto add(std::uint64_t number) noexcept -> short_line& {
    auto digits = std::array<char, 20>{};
    auto at = digits.size();
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    return add(std::string_view(digits.data() + at, digits.size() - at));
  }
  [[nodiscard]] auto view() const noexcept -> std::string_view { return {text_.data(), length_}; }

private:
  std::array<char, 128> text_{};
  std::size_t length_ = 0;
};

auto search_maps(std::uintptr_t address) noexcept -> std::optional<map_place> {
  fault_map_search search(address);
  auto maps = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (maps < 0)
    return std::nullopt;
  auto part = std::array<char, 512>{};
  for (;;) {
    auto got = ::read(maps, part.data(), part.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    search.take({part.data(), static_cast<std::size_t>(got)});
  }
  ::close(maps);
  return search.found();
}

/// Whether the fault is in or behind the map of a file that is watched; if so its alarm has been raised.
auto raise_for(int signal, std::uintptr_t address) noexcept -> bool {
  auto place = search_maps(address);
  if (!place || place->inode == 0)
    return false;
  for (auto& file : watched_files) {
    if (file.inode.load(std::memory_order_acquire) != place->inode)
      continue;
    short_line line;
    line.add(signal == SIGBUS ? "SIGBUS" : "SIGSEGV");
    line.add(place->is_inside ? " at page " : " behind the map, where page ");
    line.add(place->file_offset / page_bytes);
    line.add(place->is_inside ? " of data.mdb" : " of data.mdb would be");
    journal_alarm::raise(file.alarm.load(std::memory_order_relaxed), line.view());
    return true;
  }
  return false;
}

void on_fault(int signal, siginfo_t* info, void* context) {
  auto kept_errno = errno;
  const auto& previous = signal == SIGBUS ? previous_bus : previous_segv;
  // Somebody sent it, and no address is at fault.
  auto is_sent = info->si_code <= 0;
  auto is_ours = !is_sent && raise_for(signal, reinterpret_cast<std::uintptr_t>(info->si_addr));
  errno = kept_errno;
  auto has_handler = (previous.sa_flags & SA_SIGINFO) != 0 ||
                     (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN);
  if (!is_ours && has_handler) {
    // A program may live on after faults of its own, so this handler stays.
    if ((previous.sa_flags & SA_SIGINFO) != 0)
      previous.sa_sigaction(signal, info, context);
    else
      previous.sa_handler(signal);
    return;
  }
  if (is_sent && previous.sa_handler == SIG_IGN)
    return;
  ::sigaction(signal, &previous, nullptr);
  // On return the instruction faults once more, under what was there before. A signal that was sent has none.
  if (is_sent)
    ::raise(signal);
}

void install_handlers() {
  struct sigaction action {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  ::sigemptyset(&action.sa_mask);
  // What was there is known before a handler can ask for it.
  ::sigaction(SIGSEGV, nullptr, &previous_segv);
  ::sigaction(SIGBUS, nullptr, &previous_bus);
  ::sigaction(SIGSEGV, &action, nullptr);
  ::sigaction(SIGBUS, &action, nullptr);
}

void on_assert(MDB_env* env, const char* message) {
  auto alarm = static_cast<int>(reinterpret_cast<std::intptr_t>(mdb_env_get_userctx(env))) - 1;
  short_line line;
  line.add("LMDB gave up: ").add(std::string_view(message, ::strnlen(message, 100)));
  journal_alarm::raise(alarm, line.view());
}

} // namespace

auto lmdb_map_guard::watch(const std::filesystem::path& data_file, int alarm) -> lmdb_map_guard {
  struct stat status {};
  if (alarm < 0 || ::stat(data_file.c_str(), &status) != 0)
    return {};
  std::call_once(handlers_installed, install_handlers);
  std::lock_guard lock(watching_mutex);
  for (std::size_t slot = 0; slot < watched_files.size(); ++slot) {
    auto& file = watched_files[slot];
    if (file.inode.load(std::memory_order_relaxed) != 0)
      continue;
    file.alarm.store(alarm, std::memory_order_relaxed);
    file.inode.store(status.st_ino, std::memory_order_release);
    return lmdb_map_guard(static_cast<int>(slot));
  }
  return {};
}

lmdb_map_guard::~lmdb_map_guard() {
  if (slot_ < 0)
    return;
  std::lock_guard lock(watching_mutex);
  watched_files[static_cast<std::size_t>(slot_)].inode.store(0, std::memory_order_release);
}

void raise_alarm_on_assert(MDB_env* env, int alarm) {
  // A number in the place of a pointer: it needs no memory that would have to outlive the environment.
  auto number = static_cast<std::intptr_t>(alarm) + 1;
  mdb_env_set_userctx(env, reinterpret_cast<void*>(number)); // NOLINT: never followed
  mdb_env_set_assert(env, on_assert);
}

} // namespace tusker
