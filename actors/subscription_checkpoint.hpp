#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/read_store.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// Whose checkpoint is wanted, and where it begins if there is none yet.
struct checkpoint_request {
  std::string name;
  log_id log;
  log_offset start;
  /// How many offsets the subscription may be ahead of it before it is due.
  std::uint64_t offsets_max = 1;
};

/// A subscription's place in a log, in the read store: a lower bound of what it has handled. It is claimed under an
/// epoch, so that one subscription at a time can move it: the one that claimed it last.
///
///   claim ─ (is_due ─ store)…
///
/// The store is the node's: it closes with the node, and a checkpoint that outlives it fails. Used by one thread at a
/// time.
class subscription_checkpoint {
public:
  /// Takes the checkpoint over, and notes `start` if there is none, so that the next one begins there too.
  /// Errors: those of `checkpoint_entry_name`; `runtime_errc::beyond_the_log` when the checkpoint, or `start`, is ahead
  /// of the log, or was when the node started; `subscription_displaced` when others claim it all the time; those of the
  /// store and of `journal_reader::head`.
  [[nodiscard]] static auto claim(const std::shared_ptr<read_store>& store, const journal_reader& journal,
                                  const checkpoint_request& wanted, timestamp now)
      -> result<subscription_checkpoint>;

  [[nodiscard]] auto name() const -> const std::string& { return name_; }
  [[nodiscard]] auto log() const -> log_id { return place_.log; }

  /// As it is stored.
  [[nodiscard]] auto position() const -> log_offset { return stored_; }

  /// Whether a subscription that has handled all up to there has to store that before it goes on.
  [[nodiscard]] auto is_due(log_offset handled) const -> bool;

  /// Moves it to `handled`; does nothing where that is not further. After an error it is where it was, or, if the
  /// store did not say, there. Errors: `runtime_errc::subscription_displaced` when somebody else has claimed or dropped
  /// it, `stopped` when the store has been closed; those of `read_store::commit`.
  [[nodiscard]] auto store(log_offset handled, timestamp now) -> result<void>;

private:
  subscription_checkpoint(const std::shared_ptr<read_store>& store, std::string name, read_commit place,
                          std::uint64_t offsets_max)
      : store_(store), name_(std::move(name)), place_(std::move(place)), offsets_max_(offsets_max) {}

  [[nodiscard]] auto commit(log_offset to, timestamp now) -> result<void>;
  [[nodiscard]] auto displaced() const -> tl::unexpected<error>;

  std::weak_ptr<read_store> store_;
  std::string name_;
  read_commit place_; ///< Whose, and under which epoch.
  log_offset stored_;
  std::uint64_t offsets_max_;
};

} // namespace tusker
