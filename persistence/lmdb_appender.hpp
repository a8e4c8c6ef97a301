#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>
#include <tusker/persistence/commit_path.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_names.hpp>
#include <tusker/persistence/lmdb_receipt_sweep.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/newest_receipts.hpp>
#include <tusker/persistence/second_chance_cache.hpp>
#include <tusker/persistence/shard_claim.hpp>
#include <tusker/persistence/stored_receipt.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tusker {

/// The writing half of the LMDB engine: one commit a batch. What it remembers between batches (heads of
/// streams, numbers of names, epochs) is never ahead of the last commit: a batch that fails takes all of it along.
class lmdb_appender {
public:
  lmdb_appender(const lmdb_store& store, commit_path& commits, const journal_options& options);

  // As in `journal`.
  [[nodiscard]] auto append(std::span<const append_item> batch) -> result<std::vector<append_verdict>>;
  [[nodiscard]] auto claim(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>>;

private:
  [[nodiscard]] auto claim_once(std::span<const shard_claim> claims, std::string_view owner)
      -> result<std::vector<epoch>>;

  /// What is known of a stream. Number 0: it has no events yet.
  struct known_stream {
    stream_number number;
    stream_version head;
    stream_state state = stream_state::open;
    stream_version truncated_before = empty_stream;
    /// Rare, and there are many of these: no more than a pointer.
    std::shared_ptr<const stream_id> in_the_way = nullptr;
  };

  class batch_facts;

  struct name_hash {
    using is_transparent = void;
    auto operator()(std::string_view name) const -> std::size_t {
      return std::hash<std::string_view>()(name);
    }
  };
  using interned_names = std::unordered_map<std::string, name_number, name_hash, std::equal_to<>>;

  /// All that a failed batch must not leave behind.
  struct memory {
    second_chance_cache<std::string, known_stream> streams;
    interned_names event_types = {};
    interned_names categories = {};
    std::unordered_map<std::uint16_t, shard_owner> shards = {};
    std::optional<log_offset> head = std::nullopt;
    std::optional<stream_number> last_stream = std::nullopt;
    newest_receipts receipts = {};
  };

  [[nodiscard]] auto append_once(std::span<const append_item> batch) -> result<std::vector<append_verdict>>;
  [[nodiscard]] auto load_counters(const journal_rows& rows) -> result<void>;
  [[nodiscard]] auto judge_all(const journal_rows& rows, std::span<const append_item> batch)
      -> result<std::vector<append_verdict>>;
  [[nodiscard]] auto owner_of(const journal_rows& rows, shard_id shard) -> result<shard_owner*>;
  [[nodiscard]] auto stream_of(const journal_rows& rows, const stream_id& stream) -> result<known_stream*>;
  [[nodiscard]] auto look_up(const journal_rows& rows, const stream_id& stream) -> result<known_stream>;
  [[nodiscard]] auto number_of(const journal_rows& rows, name_kind kind, std::string_view name)
      -> result<name_number>;
  [[nodiscard]] auto record(const journal_rows& rows, const append_item& item) -> result<appended>;
  [[nodiscard]] auto put_events(const journal_rows& rows, const append_item& item, known_stream& stream)
      -> result<void>;
  [[nodiscard]] auto put_event(const journal_rows& rows, const event_header& header, const event_data& event)
      -> result<void>;
  [[nodiscard]] auto put_receipt(const journal_rows& rows, const append_item& item, const appended& recorded)
      -> result<void>;
  [[nodiscard]] auto change_stream(const journal_rows& rows, const append_item& item, known_stream& stream)
      -> result<void>;
  [[nodiscard]] auto finish(journal_write& write, bool wrote) -> result<void>;
  void forget();

  const lmdb_store& store_;
  commit_path& commits_;
  append_limits limits_;
  std::size_t stream_cache_entries_;
  std::uint64_t map_bytes_max_;
  lmdb_receipt_sweep sweep_;
  memory memory_;
  bool is_broken_ = false;
};

} // namespace tusker
