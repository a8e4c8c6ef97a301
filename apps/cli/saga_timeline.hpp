#pragma once

#include <tusker/model/saga_input.hpp>
#include <tusker/model/saga_move.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace tusker::cli {

/// One line of a timeline: a move, or those of a step that are alike.
struct timeline_row {
  saga_act act = saga_act::ignored;
  std::string step;
  std::uint32_t first = 0; ///< The items.
  std::uint32_t last = 0;
  std::uint32_t attempt = 0; ///< What came of one has the call's; 0 for the first.
  std::uint32_t count = 0;   ///< Of `started` and `entered`: as the move has it.
  std::uint64_t moves = 1;   ///< That it stands for.
  timestamp at{};            ///< Of the first of them,
  timestamp until{};         ///< and of the last.
  std::optional<timestamp> due = std::nullopt;
  std::string detail;
  bool has_item = false; ///< It is of an item of a step, and not of a call of a saga of free form.
  bool is_wish = false;  ///< An operator wanted it.
  bool undoes = false;   ///< Of `undo_entered`: there was something to undo.

  friend auto operator==(const timeline_row&, const timeline_row&) -> bool = default;
};

/// What a saga did, in order, as far as it is shown.
struct timeline {
  std::vector<timeline_row> rows;
  /// Before the row of this number, moves are left out; there is one.
  std::size_t cut_at = 0;
  std::uint64_t moves_left_out = 0;
  timestamp started{};
};

/// Rows of which only the first and the last are kept.
class row_ends {
public:
  explicit row_ends(std::size_t rows_max) : head_max_(rows_max - rows_max / 2), tail_max_(rows_max / 2) {}

  void add(timeline_row row);
  [[nodiscard]] auto finish() && -> timeline;

private:
  std::size_t head_max_;
  std::size_t tail_max_;
  std::vector<timeline_row> head_;
  std::deque<timeline_row> tail_;
  std::uint64_t left_out_ = 0;
};

/// Puts rows of a step together that say the same of neighbouring items: `reserve/3–9,998 succeeded`. Such a row stands
/// where the first of them did. What begins or ends a step is a row of its own.
class row_runs {
public:
  explicit row_runs(std::size_t rows_max) : ends_(rows_max) {}

  void add(timeline_row row);
  [[nodiscard]] auto finish() && -> timeline;

private:
  /// What must be the same: act, attempt, and why.
  using sameness = std::tuple<saga_act, std::uint32_t, std::string, std::string>;
  struct run {
    std::uint64_t number = 0; ///< Of its first row.
    timeline_row row;
  };

  void put(std::map<std::uint32_t, run>& runs, run added);
  void flush();

  row_ends ends_;
  std::uint64_t rows_ = 0;
  std::map<sameness, std::map<std::uint32_t, run>> open_; ///< Runs by their first items.
};

/// Makes the timeline of an instance of its transitions, which come in order. A row is a move as long as they are few;
/// once they are more than `rows_max`, rows that are alike are put together, and of what is left the first and the last
/// are kept. It needs memory for what it shows.
class timeline_maker {
public:
  explicit timeline_maker(std::size_t rows_max) : rows_max_(rows_max), runs_(rows_max) {}

  void add(const saga_transition& transition);
  [[nodiscard]] auto finish() && -> timeline;

private:
  void note_attempt(timeline_row& row);
  void add(timeline_row row);

  std::size_t rows_max_;
  std::optional<timestamp> started_;
  std::vector<timeline_row> single_; ///< As long as they are not too many.
  bool are_too_many_ = false;
  bool has_steps_ = false; ///< It is a list of steps.
  /// Of the step that is worked on: items that were called more than once.
  std::map<std::uint32_t, std::uint32_t> attempts_;
  row_runs runs_;
};

} // namespace tusker::cli
