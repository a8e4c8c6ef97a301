#include <tusker/persistence/delivery_notes.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <utility>

namespace tusker {

namespace {

constexpr char parked_prefix = 'p';
constexpr char dead_letter_prefix = 'd';

auto offset_key(char prefix, log_offset offset) -> std::string {
  return std::move(byte_writer().bytes(std::string(1, prefix)).big(offset.value())).take();
}

template <class T>
auto encoded_note(std::string key, const T& value) -> result<stream_note> {
  auto content = encode_message(value);
  if (!content)
    return fail(content.error());
  return stream_note{std::move(key), std::move(*content)};
}

template <class T>
auto decoded(std::string_view subscriber, const stream_note& note) -> result<T> {
  auto corrupt = [&](const std::string& why) {
    return fail(journal_errc::corrupt,
                "a note of subscriber " + tusker::quoted(subscriber) + " cannot be read: " + why);
  };
  if (note.content.type != T::schema.name || note.content.version != T::schema.version)
    return corrupt("it is a " + note.content.type);
  auto value = decode<T>(note.content.json);
  if (!value)
    return corrupt(value.error().message());
  return value;
}

template <class T>
auto found_note(const journal_reader& journal, std::string_view subscriber, const std::string& key)
    -> result<std::optional<T>> {
  auto note = journal.find_note(delivery_stream(subscriber), key);
  if (!note)
    return fail(note.error());
  if (!*note)
    return std::nullopt;
  return decoded<T>(subscriber, **note).map([](T value) { return std::optional(std::move(value)); });
}

template <class T>
auto read_all(const journal_reader& journal, std::string_view subscriber, char prefix, log_offset after,
              std::size_t count_max) -> result<std::vector<T>> {
  auto range = note_range{std::string(1, prefix), offset_key(prefix, after)};
  auto notes = journal.read_notes(delivery_stream(subscriber), range, count_max);
  if (!notes)
    return fail(notes.error());
  std::vector<T> values;
  values.reserve(notes->size());
  for (const auto& note : *notes) {
    auto value = decoded<T>(subscriber, note);
    if (!value)
      return fail(value.error());
    values.push_back(std::move(*value));
  }
  return values;
}

} // namespace

auto parked_note_key(log_offset offset) -> std::string {
  return offset_key(parked_prefix, offset);
}

auto dead_letter_note_key(log_offset offset) -> std::string {
  return offset_key(dead_letter_prefix, offset);
}

auto note_of(const delivery_cursor& cursor) -> result<stream_note> {
  return encoded_note(std::string(cursor_note_key), cursor);
}

auto note_of(const parked_message& parked) -> result<stream_note> {
  return encoded_note(parked_note_key(parked.offset), parked);
}

auto note_of(const dead_letter& dead) -> result<stream_note> {
  return encoded_note(dead_letter_note_key(dead.offset), dead);
}

auto find_cursor(const journal_reader& journal, std::string_view subscriber)
    -> result<std::optional<delivery_cursor>> {
  return found_note<delivery_cursor>(journal, subscriber, std::string(cursor_note_key));
}

auto read_parked(const journal_reader& journal, std::string_view subscriber, log_offset after,
                 std::size_t messages_max) -> result<std::vector<parked_message>> {
  return read_all<parked_message>(journal, subscriber, parked_prefix, after, messages_max);
}

auto find_parked(const journal_reader& journal, std::string_view subscriber, log_offset offset)
    -> result<std::optional<parked_message>> {
  return found_note<parked_message>(journal, subscriber, parked_note_key(offset));
}

auto read_dead_letters(const journal_reader& journal, std::string_view subscriber, log_offset after,
                       std::size_t letters_max) -> result<std::vector<dead_letter>> {
  return read_all<dead_letter>(journal, subscriber, dead_letter_prefix, after, letters_max);
}

auto find_dead_letter(const journal_reader& journal, std::string_view subscriber, log_offset offset)
    -> result<std::optional<dead_letter>> {
  return found_note<dead_letter>(journal, subscriber, dead_letter_note_key(offset));
}

auto list_subscribers(const journal_reader& journal, std::string_view after, std::size_t subscribers_max)
    -> result<std::vector<std::string>> {
  auto behind = after.empty() ? std::string() : delivery_stream(after).name();
  auto streams = journal.list_streams(std::string(delivery_category), behind, subscribers_max);
  if (!streams)
    return fail(streams.error());
  std::vector<std::string> names;
  names.reserve(streams->size());
  for (const auto& each : *streams)
    names.emplace_back(each.stream.key());
  return names;
}

auto find_event(const journal_reader& journal, position at) -> result<std::optional<recorded_event>> {
  auto slice = journal.read_log(at.log, at.offset.previous(), {1}, {});
  if (!slice)
    return fail(slice.error());
  if (slice->events.empty() || slice->events.front().at != at)
    return std::nullopt;
  return std::move(slice->events.front());
}

} // namespace tusker
