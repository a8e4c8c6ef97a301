#include <tusker/persistence/scan_token.hpp>

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/read_store_errc.hpp>
#include <tusker/persistence/read_write.hpp>

#include <utility>

namespace tusker {

namespace {

// A token is `t` and the row's key, or `i`, the index key as an ordered text, and the row's key.
constexpr char by_key = 't';
constexpr char by_index = 'i';

} // namespace

auto encode_token(const scan_request& of, const scan_place& place) -> std::string {
  if (of.index.empty())
    return std::string(1, by_key).append(place.key);
  return std::string(1, by_index).append(ordered_key().text(place.index_key).view()).append(place.key);
}

auto decode_token(const scan_request& of) -> result<scan_place> {
  auto token = std::string_view(of.after);
  auto kind = token.front();
  token.remove_prefix(1);
  scan_place place;
  ordered_key_reader in(token);
  if (!of.index.empty())
    place.index_key = in.text();
  place.key = in.rest();
  if (kind != (of.index.empty() ? by_key : by_index) || !in.is_intact() || token.size() > key_bytes_max)
    return fail(read_store_errc::invalid, "a scan cannot go on: what it was given is no token of its kind");
  return place;
}

} // namespace tusker
