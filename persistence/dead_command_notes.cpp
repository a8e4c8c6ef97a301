#include <tusker/persistence/dead_command_notes.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/stream_in_shard.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/random_id.hpp>

#include <utility>

namespace tusker {

namespace {

constexpr char dead_prefix = 'd';
constexpr char content_prefix = 'c';
/// Of an id, those that are the shard.
constexpr std::size_t shard_at = 14;

auto id_key(char prefix, const uuid& id) -> std::string {
  return std::move(byte_writer().bytes(std::string(1, prefix)).raw(id.bytes)).take();
}

auto corrupt(const stream_id& stream, const std::string& why) -> error {
  return {journal_errc::corrupt, "a note of " + tusker::quoted(stream.name()) + " cannot be read: " + why};
}

auto decoded(const stream_id& stream, const stream_note& note) -> result<dead_command> {
  constexpr auto& schema = dead_command::schema;
  if (note.content.type != schema.name || note.content.version != schema.version)
    return fail(corrupt(stream, "it is a " + note.content.type));
  auto dead = decode<dead_command>(note.content.json);
  if (!dead)
    return fail(corrupt(stream, dead.error().message()));
  return dead;
}

/// The note of a dead command under that prefix; none when the journal does not have the shard either.
auto find_note_of(const journal_reader& journal, char prefix, const uuid& id)
    -> result<std::optional<stream_note>> {
  auto shard = shard_in(id);
  if (shard.value() >= journal.shards().value())
    return std::nullopt;
  return journal.find_note(dead_command_stream(shard, journal.shards()), id_key(prefix, id));
}

} // namespace

auto dead_command_stream(shard_id shard, shard_count shards) -> stream_id {
  return stream_in_shard(dead_command_category, shard, shards);
}

auto new_dead_command_id(shard_id shard, timestamp now) -> uuid {
  auto id = random_uuid(now);
  id.bytes[shard_at] = static_cast<std::uint8_t>(shard.value() >> 8U);
  id.bytes[shard_at + 1] = static_cast<std::uint8_t>(shard.value() & 0xFFU);
  return id;
}

auto shard_in(const uuid& id) -> shard_id {
  return shard_id(static_cast<std::uint16_t>(id.bytes[shard_at] << 8U | id.bytes[shard_at + 1]));
}

auto dead_command_note_key(const uuid& id) -> std::string {
  return id_key(dead_prefix, id);
}

auto dead_content_note_key(const uuid& id) -> std::string {
  return id_key(content_prefix, id);
}

auto note_of(const dead_command& dead) -> result<stream_note> {
  auto content = encode_message(dead);
  if (!content)
    return fail(content.error());
  return stream_note{dead_command_note_key(dead.id), std::move(*content)};
}

auto read_dead_commands(const journal_reader& journal, const stream_id& stream, const uuid& after,
                        std::size_t commands_max) -> result<std::vector<dead_command>> {
  auto range = note_range{std::string(1, dead_prefix), id_key(dead_prefix, after)};
  auto notes = journal.read_notes(stream, range, commands_max);
  if (!notes)
    return fail(notes.error());
  std::vector<dead_command> all;
  all.reserve(notes->size());
  for (const auto& note : *notes) {
    auto dead = decoded(stream, note);
    if (!dead)
      return fail(dead.error());
    all.push_back(std::move(*dead));
  }
  return all;
}

auto find_dead_command(const journal_reader& journal, const uuid& id) -> result<std::optional<dead_command>> {
  auto note = find_note_of(journal, dead_prefix, id);
  if (!note)
    return fail(note.error());
  if (!*note)
    return std::nullopt;
  auto dead = decoded(dead_command_stream(shard_in(id), journal.shards()), **note);
  if (!dead)
    return fail(dead.error());
  return std::optional(std::move(*dead));
}

auto find_dead_content(const journal_reader& journal, const uuid& id)
    -> result<std::optional<encoded_message>> {
  return find_note_of(journal, content_prefix, id).map([](std::optional<stream_note> note) {
    return note ? std::optional(std::move(note->content)) : std::nullopt;
  });
}

auto timer_for(const dead_command& dead, encoded_message content, timestamp due) -> result<timer_entry> {
  auto target = stream_id::parse(dead.target);
  if (!target)
    return fail(journal_errc::corrupt,
                "dead command " + to_string(dead.id) + " is for no stream: " + target.error().message());
  return timer_entry{{due, dead.id}, std::move(*target), std::move(content)};
}

} // namespace tusker
