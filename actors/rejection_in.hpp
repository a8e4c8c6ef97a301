#pragma once

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/decision.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/variant_codec.hpp>

#include <optional>

namespace tusker {

/// The rejection that a failed dispatch to an `Aggregate` carries; none when it failed for another reason, or the
/// rejection's type is not declared any more.
template <class Aggregate>
[[nodiscard]] auto rejection_in(const error& failure) -> std::optional<rejection_of<Aggregate>> {
  const auto* recorded = failure.detail<encoded_message>();
  if (failure.code() != runtime_errc::rejected || recorded == nullptr)
    return std::nullopt;
  auto rejection =
      alternatives<rejection_of<Aggregate>>::decode(*recorded, model_errc::unknown_rejection_type);
  return rejection ? std::optional(std::move(*rejection)) : std::nullopt;
}

} // namespace tusker
