#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>

namespace tusker {

/// The endpoint where a running node is watched and steered.
struct admin_options {
  /// Without it a node has no endpoint, and operators' verbs that change something wait for its end.
  bool is_enabled = true;
  /// Where, by which token, and how much it takes on. `http.token` is the option `[admin] token`.
  http_options http = {};
  /// Numbers that are counted in the journal, such as sagas by state, are counted anew when they are older than this.
  /// From 100 ms to 1 hour.
  std::chrono::milliseconds recount_every{std::chrono::seconds(10)};
  /// Entries of one page of a list. From 1 to 10,000.
  std::size_t page_entries_max = 1'000;
};

/// Errors: `config_errc::out_of_range`, `config_errc::missing`, with the option's name.
[[nodiscard]] auto check(const admin_options& options) -> result<void>;

} // namespace tusker
