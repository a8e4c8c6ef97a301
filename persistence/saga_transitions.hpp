#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/saga_trace.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <cstddef>

namespace tusker {

/// Gives each transition of an instance to `take`, in their order and page by page. Errors: those of
/// `read_transitions`, and what `take` says.
template <class Take>
[[nodiscard]] auto for_each_transition(const journal_reader& journal, const stream_id& instance,
                                       const Take& take) -> result<void> {
  constexpr std::size_t transitions_at_once = 500;
  for (stream_version after = empty_stream;;) {
    auto page = read_transitions(journal, instance, after, transitions_at_once);
    if (!page)
      return fail(page.error());
    // A page may have less than it could: they are many bytes.
    if (page->empty())
      return {};
    for (const auto& transition : *page)
      if (auto taken = take(transition); !taken)
        return fail(taken.error());
    after = page->back().number;
  }
}

/// Where an instance stands, told from all its transitions. Errors: those of `read_transitions`;
/// `model_errc::schema_mismatch`.
[[nodiscard]] auto trace_saga(const journal_reader& journal, const stream_id& instance) -> result<saga_trace>;

} // namespace tusker
