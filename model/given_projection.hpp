#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/given_when_then.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/read_rows.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/specified_rows.hpp>
#include <tusker/model/specified_source.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/typed_projection.hpp>
#include <tusker/model/visitor.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// Events of one stream, for a projection to be given: made by `in_stream`.
struct stream_history {
  std::string stream;
  std::vector<result<encoded_message>> events;
  timestamp time = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);

  /// When its events were decided. Default: 2026-01-01T00:00:00Z.
  [[nodiscard]] auto at(timestamp decided) && -> stream_history {
    time = decided;
    return std::move(*this);
  }
};

/// `in_stream("order-o-1", order_created{…}, order_confirmed{})`; old events are `stored`.
template <class... Events>
[[nodiscard]] auto in_stream(std::string stream, const Events&... events) -> stream_history {
  auto encoded = visitor{[](const encoded_message& message) { return result<encoded_message>(message); },
                         [](const auto& event) { return encode_message(event); }};
  return {std::move(stream), {encoded(events)...}};
}

/// What a query was answered.
template <query_type Q>
class specified_answer {
public:
  using answer_type = typename Q::answer;

  explicit specified_answer(result<answer_type> given) : given_(std::move(given)) {}

  /// Exactly this is the answer.
  [[nodiscard]] auto then(const answer_type& expected) const -> verdict {
    if (!given_)
      return verdict(to_string(given_.error()));
    return *given_ == expected ? verdict()
                               : verdict("query " + tusker::quoted(Q::schema.name) + " has another answer");
  }

  /// The answer itself, or what the handler failed with.
  [[nodiscard]] auto get() const -> const result<answer_type>& { return given_; }

private:
  result<answer_type> given_;
};

/// A projection that was given events, and the rows that it made of them.
template <projection P>
class specified_projection {
public:
  template <class... Histories>
  explicit specified_projection(const Histories&... histories) {
    auto type = describe_projection<P>();
    if (type)
      (tell(*type, histories), ...);
    else
      note(type.error());
  }

  /// Exactly these rows are in the table, in whatever order they are given here.
  template <class Table, class... Rows>
  [[nodiscard]] auto then(const Table& table, const Rows&... expected) const -> verdict {
    if (failure_)
      return verdict(to_string(*failure_));
    specified_rows wanted;
    std::optional<error> failure;
    (put(table, expected, wanted, failure), ...);
    return failure ? verdict(to_string(*failure))
                   : compare_messages(wanted.rows(table.name), rows_.rows(table.name));
  }

  /// Asks a query of the projection. It goes through the codec on its way, so a field that its schema forgets is
  /// missed.
  template <query_type Q>
  requires answers<P, Q>
  [[nodiscard]] auto when(const Q& question) const -> specified_answer<Q> {
    return specified_answer<Q>(answer(question));
  }

  /// What the handler said of the first event that it failed on.
  [[nodiscard]] auto failure() const -> const std::optional<error>& { return failure_; }

private:
  template <class Q>
  [[nodiscard]] auto answer(const Q& question) const -> result<typename Q::answer> {
    if (failure_)
      return fail(*failure_);
    auto asked = encode(question).and_then([](const std::string& json) { return decode<Q>(json); });
    if (!asked)
      return fail(asked.error());
    auto source = std::make_shared<const specified_source>(rows_.tables(), last_);
    return P::answer(*asked, read_rows(std::move(source), std::string(P::name)));
  }

  template <class Table>
  static void put(const Table& table, const typename Table::row_type& row, specified_rows& to,
                  std::optional<error>& failure) {
    if (auto written = to.put(table, row); !written && !failure)
      failure = written.error();
  }

  void tell(const projection_type& type, const stream_history& history) {
    auto stream = stream_id::parse(history.stream);
    if (!stream)
      return note(stream.error());
    for (const auto& content : history.events) {
      if (!content)
        return note(content.error());
      tell(type, next_event(*stream, *content, history.time));
    }
  }

  void tell(const projection_type& type, const recorded_event& event) {
    if (failure_)
      return;
    if (auto handled = type.handle(event, rows_); !handled)
      note(handled.error());
  }

  [[nodiscard]] auto next_event(const stream_id& stream, const encoded_message& content, timestamp time)
      -> recorded_event {
    last_ = last_.next();
    auto& version = versions_[stream.name()];
    version = version.next();
    return {stream, version, {log_id(0), last_}, {}, {{}, content, {}, time}};
  }

  /// The first failure is told: those after it may only follow from it.
  void note(const error& failure) {
    if (!failure_)
      failure_ = failure;
  }

  specified_rows rows_;
  std::optional<error> failure_;
  log_offset last_;
  std::map<std::string, stream_version> versions_;
};

/// `given<order_summary>(in_stream("order-o-1", order_created{…})).then(order_summary::orders, summary_row{…})`, or
/// `given<order_summary>(…).when(find_order{"o-1"}).then(summary_row{…})`
template <projection P, class... Histories>
[[nodiscard]] auto given(const Histories&... histories) -> specified_projection<P> {
  return specified_projection<P>(histories...);
}

} // namespace tusker
