#include <tusker/model/growing_bytes.hpp>

#include <tusker_test/catch.hpp>

#include <string>
#include <utility>

using tusker::growing_bytes;

namespace {

constexpr auto held_max = growing_bytes::held_bytes_max;

/// Such that a byte in the wrong place shows.
auto pattern(std::size_t bytes) -> std::string {
  std::string made;
  for (std::size_t at = 0; at < bytes; ++at)
    made.push_back(static_cast<char>(at * 31 % 251));
  return made;
}

} // namespace

TEST_CASE("bytes are as they were put, however many there are and however they came") {
  for (auto size : {std::size_t{0}, std::size_t{1}, held_max - 1, held_max, held_max + 1, 2 * held_max + 1,
                    std::size_t{100'000}}) {
    auto wanted = pattern(size);
    for (auto step : {std::size_t{1}, std::size_t{7}, held_max, std::size_t{100'000}}) {
      growing_bytes bytes;
      for (std::size_t at = 0; at < size; at += step)
        bytes.append(std::string_view(wanted).substr(at, step));
      REQUIRE(bytes.size() == size);
      REQUIRE(bytes.view() == wanted);
      auto taken = std::move(bytes).take();
      REQUIRE(taken == wanted);
    }
  }
}

TEST_CASE("bytes that are put one by one, or into room that was asked for, are the same") {
  auto wanted = pattern(3 * held_max);
  growing_bytes one_by_one;
  for (auto byte : wanted)
    one_by_one.push_back(byte);
  CHECK(one_by_one.view() == wanted);
  growing_bytes in_room;
  for (std::size_t at = 0; at < wanted.size(); at += 3) {
    // More is asked for than is used.
    auto* to = in_room.room(held_max);
    wanted.copy(to, 3, at);
    in_room.extend(3);
  }
  auto taken = std::move(in_room).take();
  CHECK(taken == wanted);
}

TEST_CASE("bytes do not move while they are as many as there was to be room for") {
  for (auto size : {held_max, held_max + 1, 10 * held_max}) {
    growing_bytes bytes;
    bytes.reserve(size);
    const auto* place = bytes.data();
    bytes.append(pattern(size - 1));
    bytes.push_back('x');
    CHECK(bytes.data() == place);
    CHECK(bytes.view() == pattern(size - 1) + 'x');
  }
}

TEST_CASE("what was put may be changed where it stands, before and after it has moved") {
  growing_bytes bytes;
  bytes.append("abc");
  bytes.data()[1] = 'X';
  bytes.append(std::string(2 * held_max, 'z'));
  bytes.data()[2] = 'Y';
  auto taken = std::move(bytes).take();
  CHECK(taken == "aXY" + std::string(2 * held_max, 'z'));
}
