#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/topic_name.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

/// Which attempt to handle a message this is.
struct delivery_attempt {
  /// From 1.
  std::uint32_t number = 1;
  /// What the last one came to; empty with the first.
  std::string last_failure = {};
};

/// What is known of a message besides its content. REQUIRES: message and attempt outlive it.
class delivery_context {
public:
  delivery_context(const recorded_event& message, std::size_t index, const delivery_attempt& attempt)
      : message_(message), index_(index), attempt_(attempt) {}

  /// The same with each attempt: who must not do twice what he does keeps it.
  [[nodiscard]] auto id() const -> message_id { return message_id(message_.data.id.value()); }
  /// The topic's, or that of the aggregate whose event it is.
  [[nodiscard]] auto stream() const -> const stream_id& { return message_.stream; }
  [[nodiscard]] auto version() const -> stream_version { return message_.version; }
  [[nodiscard]] auto position() const -> tusker::position { return message_.at; }
  /// When it was published, or the event was decided.
  [[nodiscard]] auto time() const -> timestamp { return message_.data.time; }
  [[nodiscard]] auto meta() const -> const metadata& { return message_.data.meta; }
  /// By which order is kept; empty when it has none.
  [[nodiscard]] auto key() const -> std::string_view { return message_key(message_.data.meta); }
  /// Its number among the messages into which a stored one was split, from 0.
  [[nodiscard]] auto index() const -> std::size_t { return index_; }
  [[nodiscard]] auto attempt() const -> const delivery_attempt& { return attempt_; }

private:
  const recorded_event& message_;
  std::size_t index_;
  const delivery_attempt& attempt_;
};

} // namespace tusker
