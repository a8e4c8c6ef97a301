#include "fuzz_target.hpp"

#include <tusker/model/utf8.hpp>
#include <tusker/model/uuid.hpp>

#include <algorithm>
#include <cctype>

// Ids that come as text: what is read is written again as the same text, but for the case of letters.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {"0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9", "0193A5C0-7B2E-7C41-9D2F-5A1BE0C4D7E9",
          "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"};
}

namespace {

auto lower(std::string_view text) -> std::string {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lowered;
}

void check_written(const uuid& id) {
  require(parse_uuid(to_string(id)) == id, "an id that was written is not read back");
  auto time = time_of(id);
  auto same_time = make_uuid_v7(time, std::span<const std::uint8_t, 16>(id.bytes));
  require(time_of(same_time) == time, "an id does not keep its time");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto text = text_of(data, size);
  if (auto id = parse_uuid(text))
    require(to_string(*id) == lower(text), "an id that was read is written as another text");
  else
    require(is_utf8(id.error().message()), "a message about an id is no text");
  uuid id;
  if (size >= id.bytes.size()) {
    std::copy_n(data, id.bytes.size(), id.bytes.begin());
    check_written(id);
  }
  return 0;
}
