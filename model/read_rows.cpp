#include <tusker/model/read_rows.hpp>

namespace tusker {

auto read_rows::slice_of(const row_selection& range, const page_request& page) const -> result<scan_slice> {
  if (range.fault)
    return fail(*range.fault);
  auto request =
      scan_request{range.table, range.index, range.range, range.direction, {page.rows_max, page.bytes_max}};
  if (!page.after.empty()) {
    auto place = decode_page_token(range, page.after);
    if (!place)
      return fail(place.error());
    request.after = std::move(*place);
  }
  auto slice = source_->scan(request);
  if (slice && !slice->next.empty())
    slice->next = encode_page_token(range, slice->next);
  return slice;
}

auto read_rows::count_of(const row_selection& range, std::size_t rows_max) const -> result<row_count> {
  if (range.fault)
    return fail(*range.fault);
  return source_->count({range.table, range.index, range.range, rows_max});
}

auto read_rows::located(const error& failure, std::string_view table) const -> error {
  return {failure.code(), "projection " + tusker::quoted(projection_) + ", table " + tusker::quoted(table) +
                              ": " + failure.message()};
}

} // namespace tusker
