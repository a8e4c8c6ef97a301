#pragma once

#include <tusker/actors/projection_digest.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/read_view.hpp>

namespace tusker {

/// Of the rows that the view shows. Errors: those of `digest_of`.
[[nodiscard]] auto digest_rows(const read_view& view) -> result<projection_digest>;

} // namespace tusker
