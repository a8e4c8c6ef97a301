#include <tusker/persistence/read_store.hpp>

namespace tusker {

auto read_store::get(model_number model, std::string_view table, std::string_view key) const
    -> result<std::optional<std::string>> {
  auto seen = view(model);
  return seen ? (*seen)->get(table, key) : fail(seen.error());
}

auto read_store::scan(model_number model, const scan_request& request) const -> result<scan_slice> {
  auto seen = view(model);
  return seen ? (*seen)->scan(request) : fail(seen.error());
}

auto read_store::count(model_number model, const count_request& request) const -> result<row_count> {
  auto seen = view(model);
  return seen ? (*seen)->count(request) : fail(seen.error());
}

auto read_store::digest(model_number model) const -> result<std::string> {
  auto seen = view(model);
  return seen ? digest_of(**seen) : fail(seen.error());
}

} // namespace tusker
