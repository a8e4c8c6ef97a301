#include "mutator.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tusker::fuzz {

namespace {

/// Where lengths and counts go wrong: nothing, one, the ends of each width and of their signs.
constexpr std::array<std::uint64_t, 12> edges{0,
                                              1,
                                              0x7F,
                                              0x80,
                                              0xFF,
                                              0xFFFF,
                                              0x7FFF'FFFF,
                                              0x8000'0000,
                                              0xFFFF'FFFF,
                                              0x7FFF'FFFF'FFFF'FFFF,
                                              0x8000'0000'0000'0000,
                                              0xFFFF'FFFF'FFFF'FFFF};

/// What the texts that are read here are made of.
constexpr std::array<std::string_view, 34> tokens{"{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ":",
                                                  ",",
                                                  "\"",
                                                  "\\",
                                                  "\\u",
                                                  "\\ud83d",
                                                  "\\udc18",
                                                  "\\u0000",
                                                  "null",
                                                  "true",
                                                  "false",
                                                  "-0",
                                                  "-0.0",
                                                  "1e999",
                                                  "1e-999",
                                                  "0.1",
                                                  "1E+2",
                                                  " ",
                                                  "\n",
                                                  "\xEF\xBB\xBF",
                                                  "\xC3\xA4",
                                                  "\xED\xA0\x80",
                                                  "\xF4\x90\x80\x80",
                                                  "-",
                                                  "T",
                                                  "Z",
                                                  "9999",
                                                  "02-29",
                                                  "18446744073709551616",
                                                  "-9223372036854775809"};

} // namespace

auto mutator::next() -> std::string {
  auto input = any_of_corpus();
  for (auto left = 1 + below(4); left > 0; --left)
    change(input);
  if (input.size() > input_bytes_max)
    input.resize(input_bytes_max);
  return input;
}

void mutator::change(std::string& input) {
  if (input.empty())
    return insert_noise(input);
  switch (below(9)) {
  case 0:
  case 1:
    return flip_bit(input);
  case 2:
  case 3:
    return put_number(input);
  case 4:
    return put_token(input);
  case 5:
    return remove_part(input);
  case 6:
    return repeat_part(input);
  case 7:
    return insert_noise(input);
  default:
    return splice(input);
  }
}

void mutator::flip_bit(std::string& input) {
  auto& byte = input[below(input.size())];
  byte = static_cast<char>(byte ^ (1 << below(8)));
}

/// Overwrites one, two, four or eight bytes with a number from an edge, in either order of bytes.
void mutator::put_number(std::string& input) {
  auto width = std::min(std::size_t{1} << below(4), input.size());
  auto at = below(input.size() - width + 1);
  auto number = edges[below(edges.size())] + below(3) - 1;
  auto is_big = below(2) == 0;
  for (std::size_t byte = 0; byte < width; ++byte)
    input[at + (is_big ? width - 1 - byte : byte)] = static_cast<char>(number >> (8 * byte));
}

void mutator::put_token(std::string& input) {
  auto token = tokens[below(tokens.size())];
  auto at = below(input.size() + 1);
  auto replaced = below(2) == 0 ? token.size() : 0;
  input.replace(at, replaced, token);
}

void mutator::remove_part(std::string& input) {
  auto at = below(input.size());
  input.erase(at, 1 + below(input.size() - at));
}

void mutator::repeat_part(std::string& input) {
  auto at = below(input.size());
  auto part = input.substr(at, 1 + below(16));
  input.insert(below(input.size() + 1), part);
}

void mutator::insert_noise(std::string& input) {
  std::string noise;
  for (auto left = 1 + below(8); left > 0; --left)
    noise.push_back(static_cast<char>(engine_()));
  input.insert(below(input.size() + 1), noise);
}

/// The front of this one and the end of another.
void mutator::splice(std::string& input) {
  const auto& other = any_of_corpus();
  input.resize(below(input.size() + 1));
  input.append(other, below(other.size() + 1));
}

} // namespace tusker::fuzz
