#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/http/http_params.hpp>
#include <tusker/http/http_request.hpp>
#include <tusker/http/http_response.hpp>
#include <tusker/http/http_routes.hpp>
#include <tusker/http/json_body.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// What the routes of an endpoint work on.
struct admin_context {
  runtime& node;
  std::vector<std::string> sagas; ///< The names of those that the node hosts.
  std::size_t page_entries_max = 0;
};

/// How long a wish of an operator may take until the node has noted it.
inline constexpr std::chrono::milliseconds wish_timeout{10'000};

/// An answer with this JSON, or the error's.
[[nodiscard]] auto answer_with(const result<std::string>& json) -> http_response;

/// `{"NAME":[entries…],"next":NEXT}`; `next` is what the next page is asked for with, JSON too, or null.
[[nodiscard]] auto list_json(std::string_view name, const std::vector<std::string>& entries,
                             const std::string& next = "null") -> std::string;

/// A line of JSON without its end.
[[nodiscard]] auto without_newline(std::string line) -> std::string;

/// Text as JSON.
[[nodiscard]] auto quoted_json(std::string_view text) -> std::string;

/// How many entries a page is to have: the parameter `limit`, or 100.
[[nodiscard]] auto page_limit(http_params& params, const admin_context& context) -> std::size_t;

/// What a wish comes to. Errors: the answer's; `runtime_errc::timed_out` when there is none in time.
template <class T>
[[nodiscard]] auto await_wish(const pending<T>& wish) -> result<T> {
  if (!wish.wait_until(std::chrono::steady_clock::now() + wish_timeout))
    return fail(runtime_errc::timed_out, "the node has not noted it in time; it may do so later");
  return wish.get();
}

/// The body by its schema; no body is `{}`. Errors: those of `decode_json_body`.
template <has_schema T>
[[nodiscard]] auto decode_body(const http_request& request) -> result<T> {
  return decode_json_body<T>(request.body);
}

// For requests that say all by their path, or by path and body: one that says more is refused, since nobody would heed
// it.

[[nodiscard]] auto without_params(http_routes::handler answer) -> http_routes::handler;
/// The same, and without members of a body.
[[nodiscard]] auto without_members(http_routes::handler answer) -> http_routes::handler;

// Errors of requests are answered as `answer_of` says.

void add_projection_routes(http_routes& to, const admin_context& context);
void add_saga_routes(http_routes& to, const admin_context& context);
void add_dead_letter_routes(http_routes& to, const admin_context& context);
void add_delivery_routes(http_routes& to, const admin_context& context);
void add_stream_routes(http_routes& to, const admin_context& context);
void add_stream_step_routes(http_routes& to, const admin_context& context);

} // namespace tusker
