#include "fuzz_target.hpp"
#include "mutator.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

// Runs a target without libFuzzer, with any compiler: its seeds, its corpus, and a fixed number of mutations of both.
//
//   TARGET run CORPUS_DIR MUTATIONS ARTIFACT       0 when every property held; else 1, and ARTIFACT holds the input
//   TARGET must-fail CORPUS_DIR MUTATIONS ARTIFACT the other way round: for the controls
//   TARGET replay FILE                             one input
//   TARGET write-seeds DIR                         the seeds as files, for libFuzzer to start from

// The sanitizers' runtimes have it; without one it is null.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak)); // NOLINT

namespace tusker::fuzz {

namespace {

namespace fs = std::filesystem;

constexpr int status_held = 0;
constexpr int status_broken = 1;
constexpr int status_usage = 2;

/// What the handler of signals needs: it may neither allocate nor ask anybody.
struct fallen_state {
  std::string_view input;
  std::array<char, 4'096> artifact{};
  int status = status_broken;
};

auto fallen() -> fallen_state& {
  static fallen_state state;
  return state;
}

/// Keeps the input that a property or a sanitizer fell over.
void keep_input() {
  const auto& state = fallen();
  auto file = ::open(state.artifact.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  auto written = ::write(file, state.input.data(), state.input.size());
  constexpr std::string_view words = "the input is kept in ";
  (void)!::write(STDERR_FILENO, words.data(), words.size());
  (void)!::write(STDERR_FILENO, state.artifact.data(), std::string_view(state.artifact.data()).size());
  (void)!::write(STDERR_FILENO, written < 0 ? " (not written)\n" : "\n", written < 0 ? 15 : 1);
}

void on_signal(int /*number*/) {
  keep_input();
  ::_exit(fallen().status);
}

void catch_falls(std::string_view artifact, int status) {
  auto& state = fallen();
  std::copy_n(artifact.begin(), std::min(artifact.size(), state.artifact.size() - 1), state.artifact.begin());
  state.status = status;
  std::signal(SIGABRT, on_signal);
  // A sanitizer reports the other signals itself, says where, and then calls back.
  if (__sanitizer_set_death_callback != nullptr)
    return __sanitizer_set_death_callback(keep_input);
  for (auto number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    std::signal(number, on_signal);
}

void feed(const std::string& input) {
  // A copy of exactly its size: what reads past the end leaves the allocation, which the address sanitizer sees.
  const std::vector<std::uint8_t> copy(input.begin(), input.end());
  fallen().input = text_of(copy.data(), copy.size());
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

auto content_of(const fs::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// In the order of their names, so that mutations are the same everywhere.
auto corpus_of(const fs::path& folder) -> std::vector<std::string> {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  auto corpus = seeds();
  for (const auto& file : files)
    corpus.push_back(content_of(file));
  return corpus;
}

void run(const fs::path& folder, std::size_t mutations) {
  feed({});
  auto corpus = corpus_of(folder);
  for (const auto& input : corpus)
    feed(input);
  // The seed is fixed: a test that fails once fails again.
  mutator mutations_of(corpus, 1);
  for (std::size_t left = corpus.empty() ? 0 : mutations; left > 0; --left)
    feed(mutations_of.next());
  std::printf("%zu inputs and %zu mutations of them\n", corpus.size(), mutations);
}

auto write_seeds(const fs::path& folder) -> int {
  fs::create_directories(folder);
  std::size_t number = 0;
  for (const auto& seed : seeds())
    std::ofstream(folder / ("seed-" + std::to_string(number++)), std::ios::binary) << seed;
  return status_held;
}

auto number_of(std::string_view text) -> std::size_t {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

auto drive(const std::vector<std::string>& arguments) -> int {
  auto is = [&](std::string_view verb, std::size_t count) {
    return arguments.size() == count && arguments[0] == verb;
  };
  if (is("run", 4)) {
    catch_falls(arguments[3], status_broken);
    run(arguments[1], number_of(arguments[2]));
    return status_held;
  }
  if (is("must-fail", 4)) {
    catch_falls(arguments[3], status_held);
    run(arguments[1], number_of(arguments[2]));
    std::fprintf(stderr, "nothing was found where there is something to find\n");
    return status_broken;
  }
  if (is("replay", 2)) {
    feed(content_of(arguments[1]));
    return status_held;
  }
  if (is("write-seeds", 2))
    return write_seeds(arguments[1]);
  std::fprintf(stderr, "usage: run|must-fail CORPUS MUTATIONS ARTIFACT, replay FILE, write-seeds DIR\n");
  return status_usage;
}

} // namespace

} // namespace tusker::fuzz

auto main(int count, char** words) -> int {
  return tusker::fuzz::drive({words + std::min(count, 1), words + count});
}
