#include <tusker/persistence/crc32c.hpp>

#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

// RFC 3720, appendix B.4.
TEST_CASE("crc32c gives the checksums of RFC 3720") {
  std::string rising;
  for (char byte = 0; byte < 32; ++byte)
    rising.push_back(byte);
  CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AAU);
  CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43U);
  CHECK(crc32c(rising) == 0x46DD794EU);
  CHECK(crc32c(std::string(rising.rbegin(), rising.rend())) == 0x113FDB5CU);
  CHECK(crc32c("123456789") == 0xE3069283U);
  CHECK(crc32c("") == 0);
}

TEST_CASE("a checksum goes on over parts as over the whole") {
  std::string_view text = "123456789";
  for (std::size_t at = 0; at <= text.size(); ++at)
    CHECK(crc32c(text.substr(at), crc32c(text.substr(0, at))) == crc32c(text));
}

} // namespace tusker
