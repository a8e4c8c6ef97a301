#pragma once

#include "trial.hpp"

#include <tusker/config/read_store_options.hpp>

namespace tusker::corruption {

/// A read store with rows, index entries and tables that were cleared, closed, and what a reader gets out of it.
struct read_reference {
  tusker_test::temporary_folder folder;
  std::string content;

  read_reference();

  [[nodiscard]] static auto options_in(const std::filesystem::path& folder) -> read_store_options;
};

/// Overwrites a page of a copy of the store, verifies the copy with `verify`, and reads all of it. Whatever the damage
/// does to a reader, the verification must find. `reading::partial` does not occur: what differs is different.
[[nodiscard]] auto try_page(const read_reference& store, std::uint32_t number, const verification& verify)
    -> trial;

} // namespace tusker::corruption
