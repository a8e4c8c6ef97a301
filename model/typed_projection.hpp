#pragma once

#include <tusker/model/events_of.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/query_handler.hpp>
#include <tusker/model/variant_codec.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

template <class Projection, class Variant>
struct queries_of;

/// How a projection answers the queries of a variant.
template <class Projection, class... Queries>
struct queries_of<Projection, std::variant<Queries...>> {
  [[nodiscard]] static auto handlers() -> std::vector<query_handler> {
    return {make_query_handler<Queries>([](const Queries& question, const read_rows& rows) {
      return Projection::answer(question, rows);
    })...};
  }
};

/// The description by which a runtime makes the rows of `P`. Errors: `model_errc::invalid_upcasters` of an aggregate.
template <projection P>
[[nodiscard]] auto describe_projection() -> result<projection_type> {
  using events = events_of<typename P::event, typename P::aggregates>;
  static_assert(events::are_all_declared,
                "an event that the projection wants is of none of its aggregates: name it in `aggregates`");
  static_assert(P::version > 0, "versions of projections count from 1");
  auto sources = events::sources();
  if (!sources)
    return fail(sources.error());
  auto on = [](const recorded_event& event, std::size_t index, read_model& to) -> result<void> {
    auto content =
        alternatives<typename P::event>::decode(event.data.content, model_errc::unknown_event_type);
    if (!content)
      return fail(content.error());
    auto context = event_context(event, index);
    return std::visit([&](const auto& happened) { return P::on(happened, context, to); }, *content);
  };
  auto described =
      projection_type{std::string(P::name), projection_version(P::version), std::move(*sources), on};
  if constexpr (declares_queries<P>)
    described.queries = queries_of<P, typename P::query>::handlers();
  return described;
}

} // namespace tusker
