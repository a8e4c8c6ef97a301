#pragma once

#include <tusker/model/codec.hpp>
#include <tusker/model/command_id.hpp>
#include <tusker/model/position.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tusker::fuzz {

enum class side { left, right };

/// A part of the message below; it nests itself to any depth.
struct part {
  std::string name;
  std::optional<double> weight;
  std::vector<part> parts;

  static constexpr auto schema = record("Part", field("name", &part::name), field("weight", &part::weight),
                                        field("parts", &part::parts));
  friend auto operator==(const part&, const part&) -> bool = default;
};

} // namespace tusker::fuzz

template <>
inline constexpr auto tusker::enum_names<tusker::fuzz::side> = tusker::names<tusker::fuzz::side>(
    {{tusker::fuzz::side::left, "left"}, {tusker::fuzz::side::right, "right"}});

namespace tusker::fuzz {

/// A field of every kind that a schema can have.
struct message {
  bool flag = false;
  std::int64_t number = 0;
  std::uint64_t count = 0;
  std::int8_t small = 0;
  double ratio = 0;
  float coarse = 0;
  std::string text;
  timestamp time;
  command_id id;
  log_offset offset;
  side where = side::left;
  std::optional<std::string> note;
  std::vector<part> parts;
  std::map<std::string, std::vector<std::optional<std::int32_t>>> table;

  static constexpr auto schema =
      event("Message", 1, field("flag", &message::flag), field("number", &message::number),
            field("count", &message::count), field("small", &message::small), field("ratio", &message::ratio),
            field("coarse", &message::coarse), field("text", &message::text), field("time", &message::time),
            field("id", &message::id), field("offset", &message::offset), field("where", &message::where),
            field("note", &message::note), field("parts", &message::parts), field("table", &message::table));

  friend auto operator==(const message&, const message&) -> bool = default;
};

/// A message with every field set.
[[nodiscard]] inline auto full_message() -> message {
  message full;
  full.number = INT64_MIN;
  full.count = UINT64_MAX;
  full.small = -128;
  full.ratio = -0.0;
  full.coarse = 0.1F;
  full.text = "a \"quoted\" \xC3\xA4\xF0\x9F\x90\x98\n";
  full.time = timestamp_max;
  full.where = side::right;
  full.note = "";
  full.parts = {{"a", 0.5, {{"b", std::nullopt, {}}}}, {"", 1e308, {}}};
  full.table = {{"", {}}, {"k", {1, std::nullopt, INT32_MAX}}};
  return full;
}

} // namespace tusker::fuzz
