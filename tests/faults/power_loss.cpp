#include "power_loss.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace tusker::faults {

namespace {

constexpr std::size_t sector_bytes = 512;

/// A file as programs see it, and as the disk has it.
struct file_content {
  std::string seen;
  std::string stored;
};

/// A change of names: a file or a folder that appears, one that is renamed, a file that is removed.
struct name_change {
  io_kind kind = io_kind::create;
  std::string name;
  std::string new_name;
  std::size_t file = 0;
  bool is_durable = false;
};

auto folder_of(const std::string& name) -> std::string {
  return std::filesystem::path(name).parent_path().string();
}

class disk {
public:
  explicit disk(const power_loss& loss) : loss_(loss), random_(loss.seed) {}

  void apply(const io_operation& operation, bool is_complete) {
    switch (operation.kind) {
    case io_kind::nothing:
    case io_kind::reserve:
      break;
    case io_kind::create:
    case io_kind::make_folder:
    case io_kind::rename:
    case io_kind::remove:
      change_names(operation);
      break;
    case io_kind::write:
      write(file_named(operation.file), operation, is_complete && operation.is_durable);
      break;
    case io_kind::truncate:
      truncate(file_named(operation.file), operation.offset);
      break;
    case io_kind::sync:
      if (is_complete)
        file_named(operation.file).stored = file_named(operation.file).seen;
      break;
    case io_kind::sync_folder:
      if (is_complete)
        sync_names(operation.file);
      break;
    }
  }

  void write_to(const std::filesystem::path& folder) {
    lengthen_some();
    for (const auto& [name, file] : surviving_names(folder)) {
      std::ofstream out(folder / name, std::ios::binary);
      const auto& stored = files_.at(file).stored;
      out.write(stored.data(), static_cast<std::streamsize>(stored.size()));
      if (!out.flush())
        throw std::runtime_error("an image cannot be written");
    }
  }

private:
  auto survives() -> bool { return std::bernoulli_distribution(loss_.survival)(random_); }

  auto file_named(const std::string& name) -> file_content& {
    auto seen = seen_names_.find(name);
    if (seen == seen_names_.end())
      throw std::runtime_error("an operation on the file " + name + ", which nobody made");
    return files_.at(seen->second);
  }

  void change_names(const io_operation& operation) {
    auto change = name_change{operation.kind, operation.file, operation.renamed_to};
    if (operation.kind == io_kind::create) {
      change.file = files_.size();
      files_.emplace_back();
      seen_names_[operation.file] = change.file;
    } else if (operation.kind == io_kind::rename) {
      change.file = seen_names_.at(operation.file);
      seen_names_.erase(operation.file);
      seen_names_[operation.renamed_to] = change.file;
    } else if (operation.kind == io_kind::remove) {
      seen_names_.erase(operation.file);
    }
    names_.push_back(change);
  }

  void sync_names(const std::string& folder) {
    for (auto& change : names_)
      change.is_durable = change.is_durable || folder_of(change.name) == folder;
  }

  void write(file_content& file, const io_operation& operation, bool is_durable) {
    auto end = operation.offset + operation.bytes.size();
    file.seen.resize(std::max<std::size_t>(file.seen.size(), end));
    file.seen.replace(operation.offset, operation.bytes.size(), operation.bytes);
    for (auto at = operation.offset / sector_bytes * sector_bytes; at < end; at += sector_bytes) {
      if (!is_durable && !survives())
        continue;
      // A sector goes to the disk whole, with what earlier writes left in it.
      auto sector = file.seen.substr(at, sector_bytes);
      file.stored.resize(std::max<std::size_t>(file.stored.size(), at + sector.size()));
      file.stored.replace(at, sector.size(), sector);
    }
  }

  void truncate(file_content& file, std::uint64_t length) {
    file.seen.resize(length);
    if (survives())
      file.stored.resize(length);
  }

  /// A file's new length may be on the disk without what was written there: that reads as zeros.
  void lengthen_some() {
    for (auto& file : files_)
      if (file.stored.size() < file.seen.size() && survives())
        file.stored.resize(file.seen.size());
  }

  auto surviving_changes() -> std::size_t {
    if (loss_.survival == 0 || loss_.survival == 1)
      return loss_.survival == 0 ? 0 : names_.size();
    return std::uniform_int_distribution<std::size_t>(0, names_.size())(random_);
  }

  auto surviving_names(const std::filesystem::path& root) -> std::map<std::string, std::size_t> {
    auto there = surviving_changes();
    std::map<std::string, std::size_t> names;
    for (std::size_t at = 0; at < names_.size(); ++at) {
      const auto& change = names_[at];
      if ((at >= there && !change.is_durable) || !std::filesystem::exists(root / folder_of(change.name)))
        continue;
      if (change.kind == io_kind::make_folder) {
        std::filesystem::create_directory(root / change.name);
        continue;
      }
      if (change.kind == io_kind::rename || change.kind == io_kind::remove)
        names.erase(change.name);
      if (change.kind == io_kind::remove)
        continue;
      names[change.kind == io_kind::rename ? change.new_name : change.name] = change.file;
    }
    return names;
  }

  power_loss loss_;
  std::mt19937 random_;
  std::vector<file_content> files_;
  std::map<std::string, std::size_t> seen_names_;
  std::vector<name_change> names_;
};

auto bytes_of(const std::filesystem::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

auto operations_that_make(const std::filesystem::path& folder) -> std::vector<io_operation> {
  // By name: a folder comes before what is in it.
  std::map<std::string, bool> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    names.emplace(entry.path().lexically_relative(folder).string(), entry.is_directory());
  std::vector<io_operation> all;
  std::set<std::string> folders{""};
  for (const auto& [name, is_folder] : names) {
    all.push_back({is_folder ? io_kind::make_folder : io_kind::create, name});
    if (is_folder) {
      folders.insert(name);
      continue;
    }
    io_operation write{io_kind::write, name};
    write.bytes = bytes_of(folder / name);
    write.is_durable = true;
    all.push_back(std::move(write));
  }
  for (const auto& name : folders)
    all.push_back({io_kind::sync_folder, name});
  return all;
}

void write_image(const std::vector<io_operation>& recording, const power_loss& loss,
                 const std::filesystem::path& into) {
  disk after(loss);
  auto started = std::min(loss.complete + 1, recording.size());
  for (std::size_t at = 0; at < started; ++at)
    after.apply(recording[at], at < loss.complete);
  after.write_to(into);
}

} // namespace tusker::faults
