#include <tusker/cli/dead_letters_by_node.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/model/codec.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace tusker::cli {

namespace {

/// What one request is about at the most.
constexpr std::size_t letters_at_once = 256;

/// What the node says.
struct taken_steps {
  std::optional<std::uint64_t> retried;
  std::optional<std::uint64_t> dropped;
  static constexpr auto schema =
      record("TakenSteps", field("retried", &taken_steps::retried), field("dropped", &taken_steps::dropped));
};

struct letter_wish {
  std::string target;
  std::string reason; ///< Empty: none is told.
};

void write_which(json_writer& out, const std::string& subscriber, std::span<const log_offset> offsets) {
  json_field(out, "subscriber", subscriber);
  out.key("offsets");
  out.begin_array();
  for (auto each : offsets)
    out.unsigned_integer(each.value());
  out.end_array();
}

void write_which(json_writer& out, std::span<const uuid> ids) {
  out.key("ids");
  out.begin_array();
  for (const auto& each : ids)
    out.text(to_string(each));
  out.end_array();
}

/// Asks for one part of them after the other; `write(out, part)` says which they are.
template <class Letter, class Write>
auto ask_for(running_node& node, const letter_wish& wish, std::span<const Letter> letters, const Write& write)
    -> result<std::uint64_t> {
  std::uint64_t count = 0;
  while (!letters.empty()) {
    auto part = letters.first(std::min(letters.size(), letters_at_once));
    letters = letters.subspan(part.size());
    json_writer out;
    out.begin_object();
    write(out, part);
    if (!wish.reason.empty())
      json_field(out, "reason", wish.reason);
    out.end_object();
    auto taken = node.post(wish.target, json_line(std::move(out))).and_then([](const std::string& body) {
      return decode<taken_steps>(body);
    });
    if (!taken)
      return fail(taken.error());
    count += taken->retried.value_or(0) + taken->dropped.value_or(0);
  }
  return count;
}

auto ask_for_all(running_node& node, const letter_wish& wish, const selected_letters& chosen)
    -> result<std::uint64_t> {
  auto count = ask_for<uuid>(node, wish, chosen.commands,
                             [](json_writer& out, std::span<const uuid> part) { write_which(out, part); });
  for (const auto& [subscriber, offsets] : chosen.messages) {
    auto taken = count ? ask_for<log_offset>(node, wish, offsets,
                                             [&name = subscriber](json_writer& out, auto part) {
                                               write_which(out, name, part);
                                             })
                       : count;
    if (!taken)
      return taken;
    *count += *taken;
  }
  return count;
}

} // namespace

auto retry_by(running_node& node, const selected_letters& chosen) -> result<std::uint64_t> {
  return ask_for_all(node, {"/dead-letters/retry", {}}, chosen);
}

auto drop_by(running_node& node, const selected_letters& chosen, const std::string& reason)
    -> result<std::uint64_t> {
  return ask_for_all(node, {"/dead-letters/drop", reason}, chosen);
}

} // namespace tusker::cli
