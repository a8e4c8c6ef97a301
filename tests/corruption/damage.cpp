#include "damage.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>

namespace tusker::corruption {

namespace {

constexpr std::size_t page_bytes = 4'096;
constexpr std::size_t sector_bytes = 512;

auto bytes_of(const std::filesystem::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// One act of damage, with its own randomness.
class vandal {
public:
  vandal(const std::filesystem::path& folder, std::uint32_t number)
      : folder_(folder), data_(bytes_of(folder / "data.mdb")), random_(number) {}

  auto flip_bits() -> std::string {
    std::string done = "flipped bits at";
    for (auto count = below(4) + 1; count > 0; --count)
      done += " " + flip(below(data_.size()));
    return save(done);
  }

  auto flip_in_meta() -> std::string {
    // Only the first 152 bytes of a meta page mean something.
    return save("flipped in a meta page, at " + flip(below(2) * page_bytes + below(152)));
  }

  auto flip_in_structure() -> std::string {
    // Headers, the places of entries, and the entries' own headers lie at both ends of a page.
    auto at = page() * page_bytes + (below(2) == 0 ? below(64) : page_bytes - 1 - below(64));
    return save("flipped in a page's structure, at " + flip(at));
  }

  auto overwrite_sector() -> std::string {
    auto at = below(data_.size() / sector_bytes) * sector_bytes;
    std::generate_n(data_.begin() + static_cast<std::ptrdiff_t>(at), sector_bytes,
                    [&] { return static_cast<char>(random_()); });
    return save("overwrote the sector at " + std::to_string(at));
  }

  auto zero_page() -> std::string {
    auto number = page();
    data_.replace(number * page_bytes, page_bytes, page_bytes, '\0');
    return save("zeroed page " + std::to_string(number));
  }

  auto swap_pages() -> std::string {
    auto left = page();
    auto right = page();
    auto begin = data_.begin();
    std::swap_ranges(begin + static_cast<std::ptrdiff_t>(left * page_bytes),
                     begin + static_cast<std::ptrdiff_t>((left + 1) * page_bytes),
                     begin + static_cast<std::ptrdiff_t>(right * page_bytes));
    return save("swapped pages " + std::to_string(left) + " and " + std::to_string(right));
  }

  auto copy_page() -> std::string {
    auto from = page();
    auto to = page();
    data_.replace(to * page_bytes, page_bytes, data_.substr(from * page_bytes, page_bytes));
    return save("wrote page " + std::to_string(from) + " over page " + std::to_string(to));
  }

  auto cut_off() -> std::string {
    data_.resize(below(8) == 0 ? 0 : below(data_.size()));
    return save("cut off at " + std::to_string(data_.size()));
  }

  auto spoil_small_file() -> std::string {
    constexpr std::array<const char*, 4> names{"identity", "owner", "lock.mdb", "alarm"};
    auto name = std::string(names.at(below(names.size())));
    auto bytes = bytes_of(folder_ / name);
    switch (below(3)) {
    case 0:
      write(folder_ / name, "");
      return "emptied " + name;
    case 1:
      std::filesystem::remove(folder_ / name);
      return "removed " + name;
    default:
      std::generate_n(std::back_inserter(bytes), 5, [&] { return static_cast<char>(random_()); });
      std::shuffle(bytes.begin(), bytes.end(), random_);
      write(folder_ / name, bytes);
      return "shuffled " + name;
    }
  }

private:
  auto below(std::size_t limit) -> std::size_t { return static_cast<std::size_t>(random_()) % limit; }
  auto page() -> std::size_t { return below(data_.size() / page_bytes); }

  auto flip(std::size_t at) -> std::string {
    data_[at] = static_cast<char>(data_[at] ^ (1 << below(8)));
    return std::to_string(at);
  }

  auto save(std::string done) -> std::string {
    write(folder_ / "data.mdb", data_);
    return done;
  }

  std::filesystem::path folder_;
  std::string data_;
  std::mt19937 random_;
};

} // namespace

auto damage(const std::filesystem::path& folder, std::uint32_t number) -> std::string {
  constexpr std::array acts{
      &vandal::flip_bits,        &vandal::flip_in_meta,      &vandal::flip_in_structure, &vandal::zero_page,
      &vandal::swap_pages,       &vandal::flip_in_structure, &vandal::copy_page,         &vandal::cut_off,
      &vandal::overwrite_sector, &vandal::flip_bits,         &vandal::spoil_small_file,
  };
  vandal by(folder, number);
  return (by.*acts.at(number % acts.size()))();
}

} // namespace tusker::corruption
