#include <tusker/persistence/verify_streams.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <optional>
#include <utility>

namespace tusker {

namespace {

auto place_of(std::uint64_t number) -> std::string {
  return "stream number " + std::to_string(number);
}

/// A key of `sname` as text: the name itself, unless it was cut or is none.
auto key_place(std::string_view key) -> std::string {
  return stream_id::parse(key) ? "'" + std::string(key) + "'" : key_text(key);
}

/// What is wrong with a stream's entry in `smeta`, if anything is.
auto number_problem(const verify_scope& scope, stream_number number) -> std::optional<std::string> {
  auto entry = entry_of_stream(scope.transaction(), scope.tables(), number);
  if (!entry)
    return "the entry is damaged";
  if (!scope.has({"sname"}))
    return std::nullopt;
  auto back = find_stream(scope.transaction(), scope.tables(), entry->stream);
  if (!back)
    return back.error().message();
  if (*back != number)
    return "table 'sname' does not have '" + entry->stream.name() + "' under this number";
  return std::nullopt;
}

/// What is wrong with how much of a stream is gone, if anything is: events that are still to come would be hidden.
auto truncation_problem(const verify_scope& scope, stream_number number) -> std::optional<std::string> {
  if (!scope.has({"st"}))
    return std::nullopt;
  auto entry = entry_of_stream(scope.transaction(), scope.tables(), number);
  auto head = head_of_stream(scope.transaction(), scope.tables(), number);
  if (!entry || !head || entry->truncated_before <= head->next())
    return std::nullopt;
  return "it is truncated before version " + std::to_string(entry->truncated_before.value()) +
         ", and its last event is version " + std::to_string(head->value());
}

/// What is wrong with an entry of `sname`, if anything is.
auto name_problem(const verify_scope& scope, std::string_view key, std::string_view value)
    -> std::optional<std::string> {
  auto body = unframe(key, value);
  if (!body || body->size() != sizeof(stream_number::rep))
    return "the entry is damaged";
  auto number = stream_number(byte_reader(*body).little<std::uint64_t>());
  if (!scope.has({"smeta"}))
    return std::nullopt;
  auto entry = entry_of_stream(scope.transaction(), scope.tables(), number);
  if (!entry)
    return entry.error().message();
  if (stream_name_key(entry->stream.name()) != key)
    return "table 'smeta' has '" + entry->stream.name() + "' under number " + std::to_string(number.value());
  return std::nullopt;
}

} // namespace

auto verify_streams(verify_scope& scope) -> result<void> {
  std::uint64_t last = 0;
  auto numbers = scope.walk("smeta", "entry", [&](std::string_view key, std::string_view) {
    auto number = byte_reader(key).big<std::uint64_t>();
    if (key.size() != sizeof number)
      return scope.notes().fault("smeta", key_text(key), "it is no number");
    if (number != ++last)
      scope.notes().fault("smeta", place_of(last), "the entry is missing");
    last = number;
    if (auto problem = number_problem(scope, stream_number(number)))
      scope.notes().fault("smeta", place_of(number), std::move(*problem));
    else if (auto gone = truncation_problem(scope, stream_number(number)))
      scope.notes().fault("smeta", place_of(number), std::move(*gone));
  });
  if (!numbers)
    return numbers;
  return scope.walk("sname", "entry", [&](std::string_view key, std::string_view value) {
    if (auto problem = name_problem(scope, key, value))
      scope.notes().fault("sname", key_place(key), std::move(*problem));
  });
}

} // namespace tusker
