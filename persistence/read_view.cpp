#include <tusker/persistence/read_view.hpp>

#include <xxhash.h>

#include <array>
#include <cstdint>
#include <memory>

namespace tusker {

namespace {

/// Hashes texts one by one, each with its length.
class text_hash {
public:
  text_hash() : state_(XXH3_createState()) { XXH3_128bits_reset(state_.get()); }

  void add(std::string_view text) {
    std::array<std::uint8_t, 8> length{};
    // Little endian, so that a digest is the same on every machine.
    for (std::size_t at = 0; at < length.size(); ++at)
      length[at] = static_cast<std::uint8_t>(std::uint64_t{text.size()} >> (8 * at));
    XXH3_128bits_update(state_.get(), length.data(), length.size());
    XXH3_128bits_update(state_.get(), text.data(), text.size());
  }

  [[nodiscard]] auto text() const -> std::string {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_.get()));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (auto byte : canonical.digest) {
      out.push_back(digits[byte >> 4U]);
      out.push_back(digits[byte & 15U]);
    }
    return out;
  }

private:
  struct deleter {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };

  std::unique_ptr<XXH3_state_t, deleter> state_;
};

auto add_table(text_hash& hash, const read_view& view, const std::string& table) -> result<void> {
  scan_request request{table};
  do {
    auto slice = view.scan(request);
    if (!slice)
      return fail(slice.error());
    for (const auto& row : slice->rows) {
      hash.add(table);
      hash.add(row.key);
      hash.add(row.value);
    }
    request.after = std::move(slice->next);
  } while (!request.after.empty());
  return {};
}

} // namespace

auto digest_of(const read_view& view) -> result<std::string> {
  auto tables = view.tables();
  if (!tables)
    return fail(tables.error());
  text_hash hash;
  for (const auto& table : *tables)
    if (auto added = add_table(hash, view, table.name); !added)
      return fail(added.error());
  return hash.text();
}

} // namespace tusker
