#pragma once

namespace tusker {

/// Joins lambdas into one visitor for `std::visit`.
template <class... Lambdas>
struct visitor : Lambdas... {
  using Lambdas::operator()...;
};

template <class... Lambdas>
visitor(Lambdas...) -> visitor<Lambdas...>;

} // namespace tusker
