#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <string_view>

namespace tusker {

/// What a decision may know besides the aggregate's state and the command. All of it is fixed before `decide` is
/// called, so that deciding again gives the same events.
class context {
public:
  context(timestamp now, command_id command, metadata meta);

  /// The time of the decision.
  [[nodiscard]] auto now() const -> timestamp { return now_; }
  [[nodiscard]] auto command() const -> command_id { return command_; }
  [[nodiscard]] auto meta() const -> const metadata& { return meta_; }

  /// An id for something that the decision creates: the same for the same command and purpose.
  [[nodiscard]] auto derive_id(std::string_view purpose) const -> uuid;

private:
  timestamp now_;
  command_id command_;
  metadata meta_;
};

} // namespace tusker
