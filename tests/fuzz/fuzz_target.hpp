#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace tusker::fuzz {

/// Valid inputs, made by the encoders: what mutations start from besides the files of the corpus. Each target has its
/// own.
[[nodiscard]] auto seeds() -> std::vector<std::string>;

/// The input as text.
[[nodiscard]] inline auto text_of(const std::uint8_t* data, std::size_t bytes) -> std::string_view {
  return {reinterpret_cast<const char*>(data), bytes};
}

/// Ends the process by a signal when a property does not hold, so that whoever drives the target keeps the input.
inline void require(bool holds, const char* otherwise) {
  if (holds)
    return;
  std::fprintf(stderr, "property broken: %s\n", otherwise);
  std::abort();
}

} // namespace tusker::fuzz

/// One input of any bytes: returns 0, or does not return when a property is broken. The name is libFuzzer's.
extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int; // NOLINT
