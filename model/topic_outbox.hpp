#pragma once

#include <tusker/model/command_envelope.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/topic_message.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace tusker {

/// The id of message number `index` (from 0) of a decision. In order of ids stand, of one stream, the messages of
/// earlier decisions before those of later ones, as long as the clock does not go back: time in microseconds, then the
/// stream's version, then the number. The rest is a hash of the command and its stream.
[[nodiscard]] auto outbox_id(const command_envelope& command, stream_version version, timestamp time,
                             std::size_t index) -> uuid;

/// The messages of a decision as they are kept beside its events until they are published. `version`: of the stream
/// before them.
[[nodiscard]] auto to_outbox(std::vector<topic_message> messages, const command_envelope& command,
                             stream_version version, timestamp time) -> std::vector<outbox_entry>;

/// The topic that an entry is for; empty when it is for none: the target is something else, or no topic's name.
[[nodiscard]] auto topic_of(const outbox_entry& entry) -> std::string_view;

/// What must be the same when a message id is used again: topic, type with its version, content and key.
[[nodiscard]] auto hash_of_message(std::string_view topic, const encoded_message& content,
                                   std::string_view key) -> content_hash;

} // namespace tusker
