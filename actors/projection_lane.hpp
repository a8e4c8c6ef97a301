#pragma once

#include <tusker/actors/projection_run.hpp>
#include <tusker/actors/subscription_feed.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

namespace tusker {

/// One model of a projection on its way: the run that makes its rows, what the run reads from, and what was read and
/// waits for it. Its actor drives it.
template <class Self>
struct projection_lane {
  projection_lane(std::uint64_t its_number, const projection_run::parts& made_of, projection_target target,
                  log_offset from)
      : number(its_number), model(target.model), run(made_of, std::move(target), from) {}

  /// It has made rows of all that was read for it.
  [[nodiscard]] auto is_at_rest() const -> bool { return !is_waiting && slices.empty(); }

  std::uint64_t number; ///< Never that of another lane of the same actor.
  model_number model;
  projection_run run;
  subscription_feed<Self> feed;
  std::deque<std::shared_ptr<const log_slice>> slices;
  bool has_caught_up = false; ///< It has all that was there when it looked last.
  bool is_waiting = false;    ///< Until what failed is tried again.
  std::uint64_t waits = 0;    ///< That began; the last one is the one that counts.
  bool is_settling = false;   ///< Soon it will note how far it has looked.
};

} // namespace tusker
