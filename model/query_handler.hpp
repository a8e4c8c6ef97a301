#pragma once

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/read_rows.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>

#include <any>
#include <concepts>
#include <functional>
#include <string>
#include <utility>

namespace tusker {

/// A query and what answers it, without their types. Immutable; for any thread.
struct query_handler {
  /// The query's, by its schema.
  std::string query;
  /// Takes a query and gives its answer, both in `std::any`. Errors: the handler's;
  /// `model_errc::schema_mismatch` for a query that has the name and is of another type.
  std::function<result<std::any>(const std::any& question, const read_rows& rows)> answer;
};

template <class Handler, class Query>
concept answers_query = query_type<Query> &&
    requires(const Handler& handler, const Query& question, const read_rows& rows) {
  { handler(question, rows) } -> std::convertible_to<result<typename Query::answer>>;
};

template <query_type Query, answers_query<Query> Handler>
[[nodiscard]] auto make_query_handler(Handler handler) -> query_handler {
  auto answer = [handler = std::move(handler)](const std::any& question,
                                               const read_rows& rows) -> result<std::any> {
    const auto* asked = std::any_cast<Query>(&question);
    if (asked == nullptr) {
      return fail(model_errc::schema_mismatch, "query " + tusker::quoted(Query::schema.name) +
                                                   " is answered for another type of that name");
    }
    result<typename Query::answer> given = handler(*asked, rows);
    if (!given)
      return fail(std::move(given.error()));
    return std::any(std::move(*given));
  };
  return {std::string(Query::schema.name), std::move(answer)};
}

} // namespace tusker
