#include <tusker/persistence/byte_reader.hpp>

#include <tusker/persistence/byte_writer.hpp>
#include <tusker_test/catch.hpp>

#include <array>

namespace tusker {

namespace {

auto written() -> std::string {
  auto raw = std::array<std::uint8_t, 3>{7, 8, 255};
  byte_writer out;
  out.little(std::uint8_t{0xFF}).little(std::uint16_t{0x0102}).big(std::uint16_t{0x0102});
  out.little(std::uint64_t{0x8000000000000001}).big(std::uint32_t{0xFFFFFFFE});
  out.raw(raw).text("tusk").text("").bytes("er");
  return std::move(out).take();
}

} // namespace

TEST_CASE("bytes are written little endian in values and big endian in keys") {
  auto bytes = written();
  CHECK(bytes.substr(0, 5) == std::string("\xFF\x02\x01\x01\x02", 5));
  CHECK(bytes.substr(5, 8) == std::string("\x01\0\0\0\0\0\0\x80", 8));
  CHECK(bytes.substr(13, 4) == "\xFF\xFF\xFF\xFE");
  CHECK(bytes.substr(20, 8) == std::string("\4\0\0\0tusk", 8));
}

TEST_CASE("what was written is read back") {
  auto bytes = written();
  byte_reader in(bytes);
  std::array<std::uint8_t, 3> raw{};
  CHECK(in.little<std::uint8_t>() == 0xFF);
  CHECK(in.little<std::uint16_t>() == 0x0102);
  CHECK(in.big<std::uint16_t>() == 0x0102);
  CHECK(in.little<std::uint64_t>() == 0x8000000000000001);
  CHECK(in.big<std::uint32_t>() == 0xFFFFFFFE);
  in.raw(raw);
  CHECK(raw == std::array<std::uint8_t, 3>{7, 8, 255});
  CHECK(in.text() == "tusk");
  CHECK(in.text().empty());
  CHECK_FALSE(in.is_finished());
  CHECK(in.rest() == "er");
  CHECK(in.is_finished());
}

TEST_CASE("what was refused is as read past the end") {
  byte_reader in("abc");
  (void)in.bytes(1);
  in.refuse();
  CHECK_FALSE(in.is_intact());
  CHECK_FALSE(in.is_finished());
  CHECK(in.rest().empty());
}

TEST_CASE("reading past the end gives nothing and is remembered") {
  byte_reader in("abc");
  CHECK(in.little<std::uint32_t>() == 0);
  CHECK_FALSE(in.is_intact());
  CHECK(in.bytes(0).empty());
  CHECK(in.little<std::uint8_t>() == 0);
  CHECK_FALSE(in.is_finished());
}

TEST_CASE("a text whose length is a lie is not read") {
  auto bytes = std::move(byte_writer().little(std::uint32_t{0xFFFFFFFF}).bytes("abc")).take();
  byte_reader in(bytes);
  CHECK(in.text().empty());
  CHECK_FALSE(in.is_intact());
}

TEST_CASE("a container is left as it is at the end of the input") {
  byte_reader in("ab");
  std::array<std::uint8_t, 3> raw{1, 2, 3};
  in.raw(raw);
  CHECK(raw == std::array<std::uint8_t, 3>{1, 2, 3});
  CHECK_FALSE(in.is_intact());
}

} // namespace tusker
