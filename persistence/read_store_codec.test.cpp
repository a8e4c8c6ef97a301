#include <tusker/persistence/read_store_codec.hpp>

#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

// Pins the bytes that docs/read_store_format.md describes.

namespace tusker {

namespace {

auto hex(std::string_view bytes) -> std::string {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (auto byte : bytes) {
    text.push_back(digits[static_cast<unsigned char>(byte) >> 4U]);
    text.push_back(digits[static_cast<unsigned char>(byte) & 15U]);
  }
  return text;
}

/// Every shorter body, and one with a byte more, is refused, but for those of texts that go to the end.
template <class Decode>
void check_refusals(const std::string& body, const Decode& decode, std::size_t fixed_bytes) {
  for (std::size_t bytes = 0; bytes < fixed_bytes; ++bytes)
    CHECK_FALSE(decode(body.substr(0, bytes)));
}

} // namespace

TEST_CASE("the values of a read store have the bytes that the format says, and are read back") {
  stored_projection projection;
  projection.serving = model_number(2);
  projection.building = model_number(3);
  projection.mode = projection_mode::paused;
  projection.last_error = "no";
  projection.epochs = {{log_id(0), epoch(1)}, {log_id(5), epoch(7)}};
  auto body = encode_projection(projection);
  CHECK(hex(body) == "01"
                     "0200000000000000"
                     "0300000000000000"
                     "02000000"
                     "6e6f"
                     "02000000"
                     "00000000"
                     "0100000000000000"
                     "05000000"
                     "0700000000000000");
  CHECK(decode_projection(body) == projection);
  check_refusals(body, decode_projection, body.size());
  CHECK_FALSE(decode_projection(body + "x"));

  auto model = stored_model{"p", projection_version(4)};
  CHECK(hex(encode_model(model)) == "04000000"
                                    "70");
  CHECK(decode_model(encode_model(model)) == model);
  check_refusals(encode_model(model), decode_model, 4);

  auto offset = stored_offset{log_offset(9), timestamp(std::chrono::microseconds(-1))};
  CHECK(hex(encode_offset(offset)) == "0900000000000000"
                                      "ffffffffffffffff");
  CHECK(decode_offset(encode_offset(offset)) == offset);
  check_refusals(encode_offset(offset), decode_offset, 16);

  auto table = stored_table{table_number(8), 2, {"by", "at"}};
  CHECK(hex(encode_table(table)) == "0800000000000000"
                                    "0200000000000000"
                                    "02000000"
                                    "6279"
                                    "02000000"
                                    "6174");
  CHECK(decode_table(encode_table(table)) == table);
  CHECK_FALSE(decode_table(encode_table(table) + "x"));
  check_refusals(encode_table(table), decode_table, 16);

  auto keys = std::vector<stored_index_key>{{index_number(0), "k"}, {index_number(1), ""}};
  auto row = encode_row(keys, "value");
  CHECK(hex(row) == "0200"
                    "0000"
                    "0100"
                    "6b"
                    "0100"
                    "0000"
                    "76616c7565");
  CHECK(decode_row_value(row) == "value");
  CHECK(decode_row_indexes(row) == keys);
  check_refusals(row, decode_row_value, 11);
  check_refusals(row, decode_row_indexes, 11);
}

TEST_CASE("a value that its encoder would write otherwise is refused") {
  auto swapped = std::vector<stored_index_key>{{index_number(1), "k"}, {index_number(0), "k"}};
  CHECK_FALSE(decode_row_indexes(encode_row(swapped, "")));
  auto twice = std::vector<stored_index_key>{{index_number(1), "k"}, {index_number(1), "k"}};
  CHECK_FALSE(decode_row_indexes(encode_row(twice, "")));
  stored_projection projection;
  projection.epochs = {{log_id(0), epoch(0)}};
  CHECK_FALSE(decode_projection(encode_projection(projection)));
  auto body = encode_projection({});
  body[0] = 2;
  CHECK_FALSE(decode_projection(body));
}

TEST_CASE("the keys of a read store have the bytes that the format says") {
  CHECK(hex(model_key(model_number(1))) == "0000000000000001");
  CHECK(hex(offset_key(model_number(1), log_id(2))) == "000000000000000100000002");
  CHECK(log_of_offset_key(offset_key(model_number(1), log_id(2))) == log_id(2));
  CHECK(hex(table_key(model_number(1), "t")) == "000000000000000174");
  CHECK(name_of_table_key(table_key(model_number(1), "t")) == "t");
  CHECK(hex(row_key(table_number(3), "k")) == "00000000000000036b");
  CHECK(table_of_prefix(row_key(table_number(3), "k")) == table_number(3));
  auto entry = index_entry_key(table_number(3), {index_number(4), std::string("a\0b", 3)}, "k");
  CHECK(hex(entry) == "0000000000000003"
                      "0004"
                      "6100ff62"
                      "0001"
                      "6b");
  CHECK(place_of_index_entry(entry) == scan_place{std::string("a\0b", 3), "k"});
  CHECK_FALSE(place_of_index_entry(entry.substr(0, 12)));
  CHECK_FALSE(place_of_index_entry(entry.substr(0, 9)));
}

} // namespace tusker
