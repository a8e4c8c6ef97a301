#include <tusker/actors/rows_digest.hpp>

#include <string>
#include <utility>

namespace tusker {

auto digest_rows(const read_view& view) -> result<projection_digest> {
  const auto& model = view.entry();
  return digest_of(view).map([&](std::string digest) {
    return projection_digest{model.version, model.offset_of(log_id(0)), std::move(digest)};
  });
}

} // namespace tusker
