#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/key_range.hpp>
#include <tusker/model/ordered_key.hpp>
#include <tusker/model/read_direction.hpp>
#include <tusker/model/read_key.hpp>
#include <tusker/model/row_selection.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace tusker {

/// The part behind the last one of a key.
struct no_key_part {};

template <class T>
struct without_optional {
  using type = T;
};
template <class T>
struct without_optional<std::optional<T>> {
  using type = T;
};

/// What may be given for a value of a key: what converts to it, but neither a fraction for a whole number, nor anything
/// but a `bool` for one, nor one for anything else.
template <class Given, class Value>
concept key_argument = std::convertible_to<const Given&, Value> &&
    (std::same_as<typename without_optional<Given>::type, bool> ==
     std::same_as<typename without_optional<Value>::type,
                  bool>)&&!(std::floating_point<Given> &&
                            std::integral<typename without_optional<Value>::type>);

/// The same for a part of a key: never for `no_key_part`.
template <class Given, class Part>
concept part_argument = requires {
  typename Part::value;
}
&&key_argument<Given, typename Part::value>;

/// Rows of a table that stand next to each other in one of its orders: made by `table.all()`, `under` and `by`. `Next`
/// is the part of the key behind those whose values are given. What narrows it speaks of that part, in the order in
/// which the rows stand: of a descending part, the greater value is the earlier one.
template <class Row, class Next = no_key_part>
class row_range {
public:
  using row_type = Row;

  /// REQUIRES: `prefix` is the bytes of the parts whose values are given.
  row_range(row_selection selection, std::string prefix, Next next)
      : selection_(std::move(selection)), prefix_(std::move(prefix)), next_(next) {}

  /// The last row first. The range has the same rows.
  [[nodiscard]] auto backward() const -> row_range {
    auto turned = *this;
    turned.selection_.direction = read_direction::backward;
    return turned;
  }

  /// Only those at this value and behind it.
  template <part_argument<Next> Value>
  [[nodiscard]] auto from(const Value& value) const -> row_range {
    return narrowed([&](row_selection& rows) { rows.begin_at(key_of(value)); });
  }

  /// Only those behind this value.
  template <part_argument<Next> Value>
  [[nodiscard]] auto after(const Value& value) const -> row_range {
    return narrowed([&](row_selection& rows) { rows.begin_at(after_prefix(key_of(value))); });
  }

  /// Only those before this value and at it.
  template <part_argument<Next> Value>
  [[nodiscard]] auto up_to(const Value& value) const -> row_range {
    return narrowed([&](row_selection& rows) { rows.end_before(after_prefix(key_of(value))); });
  }

  /// Only those before this value.
  template <part_argument<Next> Value>
  [[nodiscard]] auto before(const Value& value) const -> row_range {
    return narrowed([&](row_selection& rows) { rows.end_before(key_of(value)); });
  }

  /// The same range, of which it is known already that it cannot be read.
  [[nodiscard]] auto with(std::optional<error> fault) && -> row_range {
    selection_.fault = std::move(fault);
    return std::move(*this);
  }

  /// The same without types.
  [[nodiscard]] auto selection() const -> const row_selection& { return selection_; }

private:
  template <class Value>
  [[nodiscard]] auto key_of(const Value& value) const -> std::string {
    ordered_key part;
    using wanted = typename Next::value;
    key_codec<wanted>::write(part, static_cast<wanted>(value), next_.order);
    return prefix_ + std::move(part).take();
  }

  template <class Narrow>
  [[nodiscard]] auto narrowed(Narrow&& narrow) const -> row_range {
    auto part = *this;
    narrow(part.selection_);
    return part;
  }

  row_selection selection_;
  std::string prefix_;
  Next next_;
};

} // namespace tusker
