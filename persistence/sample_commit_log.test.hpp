#pragma once

#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// A small commit log, and its files as bytes.
namespace tusker::sample {

inline constexpr std::size_t log_segment_bytes = 2'048;

[[nodiscard]] inline auto log_options_in(const std::filesystem::path& folder) -> commit_log_options {
  return {folder, id_numbered(7), log_segment_bytes, 4 * log_segment_bytes};
}

[[nodiscard]] inline auto open_log(const commit_log_options& options, std::uint64_t applied = 0)
    -> std::unique_ptr<commit_log> {
  return must(commit_log::open(options, applied));
}

/// What batch `sequence` has; each has other bytes.
[[nodiscard]] inline auto batch_numbered(std::uint64_t sequence, std::size_t bytes = 100) -> owned_batch {
  auto text = "batch " + std::to_string(sequence) + ", ";
  std::string changes;
  while (changes.size() < bytes)
    changes += text;
  changes.resize(bytes);
  return {sequence, log_offset(sequence * 3), std::move(changes)};
}

/// Appends batches `from` to `to`.
inline void append_batches(commit_log& log, std::uint64_t from, std::uint64_t to, std::size_t bytes = 100) {
  for (auto sequence = from; sequence <= to; ++sequence) {
    auto batch = batch_numbered(sequence, bytes);
    if (must(log.append(batch.head, batch.changes)) != sequence)
      throw std::runtime_error("a batch has another sequence than was expected");
  }
}

[[nodiscard]] inline auto batches(std::uint64_t from, std::uint64_t to, std::size_t bytes = 100)
    -> std::vector<owned_batch> {
  std::vector<owned_batch> all;
  for (auto sequence = from; sequence <= to; ++sequence)
    all.push_back(batch_numbered(sequence, bytes));
  return all;
}

[[nodiscard]] inline auto replayed(commit_log& log) -> std::vector<owned_batch> {
  std::vector<owned_batch> all;
  auto outcome = log.replay([&](const logged_batch& batch) -> result<void> {
    all.push_back({batch.sequence, batch.head, std::string(batch.changes)});
    return {};
  });
  if (!outcome)
    throw std::runtime_error(to_string(outcome.error()));
  return all;
}

/// The bytes of each file in a folder.
using folder_bytes = std::map<std::string, std::string>;

[[nodiscard]] inline auto bytes_of_file(const std::filesystem::path& path) -> std::string {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

[[nodiscard]] inline auto bytes_in(const std::filesystem::path& folder) -> folder_bytes {
  folder_bytes files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files[entry.path().filename().string()] = bytes_of_file(entry.path());
  return files;
}

inline void write_bytes(const std::filesystem::path& folder, const folder_bytes& files) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  for (const auto& [name, bytes] : files) {
    std::ofstream out(folder / name, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
}

} // namespace tusker::sample
