#include "fuzz_target.hpp"

#include <tusker/persistence/read_store_codec.hpp>
#include <tusker/persistence/scan_token.hpp>

#include <optional>

// Bodies of a read store and tokens of scans: what is decoded is encoded as the same bytes.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  stored_projection projection;
  projection.serving = model_number(1);
  projection.last_error = "no";
  projection.epochs = {{log_id(0), epoch(2)}, {log_id(1), epoch(1)}};
  auto by_index = scan_request{"t", "i"};
  return {"p" + encode_projection(projection),
          "m" + encode_model({"p", projection_version(1)}),
          "o" + encode_offset({log_offset(1), {}}),
          "t" + encode_table({table_number(1), 2, {"by", "at"}}),
          "r" + encode_row({{index_number(0), "k"}, {index_number(1), ""}}, "value"),
          "k" + encode_token({"t"}, {"", "key"}),
          "i" + encode_token(by_index, {std::string("a\0", 2), "key"})};
}

namespace {

template <class Decode, class Encode>
void check_body(std::string_view body, const Decode& decode, const Encode& encode) {
  if (auto content = decode(body))
    require(encode(*content) == body, "a body that was decoded is encoded otherwise");
}

void check_row(std::string_view body) {
  auto value = decode_row_value(body);
  auto indexes = decode_row_indexes(body);
  require(!indexes || value.has_value(), "a row has index keys and no value");
  require(!indexes || encode_row(*indexes, *value) == body, "a row is encoded otherwise");
}

void check_token(std::string_view token, scan_request request) {
  if (token.empty())
    return;
  request.after = token;
  if (auto place = decode_token(request))
    require(encode_token(request, *place) == token, "a token that was decoded is encoded otherwise");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto input = text_of(data, size);
  if (input.empty())
    return 0;
  auto body = input.substr(1);
  switch (input.front()) {
  case 'p':
    check_body(body, decode_projection, encode_projection);
    break;
  case 'm':
    check_body(body, decode_model, encode_model);
    break;
  case 'o':
    check_body(body, decode_offset, encode_offset);
    break;
  case 't':
    check_body(body, decode_table, encode_table);
    break;
  case 'r':
    check_row(body);
    break;
  case 'k':
    check_token(body, {"t"});
    break;
  default:
    check_token(body, {"t", "i"});
  }
  return 0;
}
