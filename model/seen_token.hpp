#pragma once

#include <tusker/model/position.hpp>

#include <map>

namespace tusker {

/// How far somebody has seen each log. Tokens merge: what either has seen, both have seen together.
class seen_token {
public:
  seen_token() = default;
  explicit seen_token(position at) { merge(at); }

  /// The furthest offset seen of `log`; `before_all_events` when none.
  [[nodiscard]] auto offset_of(log_id log) const -> log_offset;

  void merge(position at);
  void merge(const seen_token& other);

  friend auto operator==(const seen_token&, const seen_token&) -> bool = default;

private:
  std::map<log_id, log_offset> offsets_;
};

} // namespace tusker
