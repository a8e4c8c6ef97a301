#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tusker {

/// Where an address lies in the maps of a file.
struct map_place {
  std::uint64_t inode = 0;
  /// From the beginning of the file; behind its map's end when the address is.
  std::uint64_t file_offset = 0;
  bool is_inside = false;
};

/// Looks an address up in the text of `/proc/self/maps`, of which it is given part after part: among maps of files
/// called `data.mdb`, in them or up to 4 GiB behind (as far as one damaged length can lead). Takes no memory and
/// calls nothing, for signal handlers.
class fault_map_search {
public:
  explicit fault_map_search(std::uintptr_t address) : address_(address) {}

  void take(std::string_view part) noexcept;

  /// The best place so far: inside of a map before behind one.
  [[nodiscard]] auto found() const noexcept -> const std::optional<map_place>& { return found_; }

private:
  enum class field { begin, end, permissions, offset, device, inode, path };

  void take(char next) noexcept;
  void finish_field() noexcept;
  void finish_line() noexcept;

  std::uintptr_t address_;
  std::optional<map_place> found_;
  field at_ = field::begin;
  std::uint64_t number_ = 0;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t inode_ = 0;
  /// How much of the file's name the line's end so far is.
  std::size_t matched_ = 0;
};

} // namespace tusker
