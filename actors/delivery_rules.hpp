#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/append_verdict.hpp>

#include <string>
#include <string_view>

namespace tusker {

/// The key under which the order of a message is kept: a long one is its hash, since order needs no more and many are
/// kept.
[[nodiscard]] auto lane_key_of(std::string_view key) -> std::string;

/// What is kept of the text of a failure: `failure_bytes_max` of it, whole characters.
[[nodiscard]] auto kept_failure(std::string text) -> std::string;

/// What became of a step of a subscriber that must be recorded. Errors: `runtime_errc::subscriber_displaced`, what the
/// journal said.
[[nodiscard]] auto outcome_of_step(const append_verdict& verdict, std::string_view subscriber)
    -> result<void>;

} // namespace tusker
