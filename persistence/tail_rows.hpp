#pragma once

#include <tusker/persistence/row_change.hpp>
#include <tusker/persistence/row_filter.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tusker {

/// Rows that the commit log holds and LMDB does not have yet, in the order of LMDB's keys, with all their versions: a
/// skip list, as LevelDB's memtable is one. One thread changes it; any number read it at the same time, without a lock.
/// Nothing is ever removed, so what a reader sees stays where it is as long as the list.
class tail_rows {
public:
  tail_rows();
  tail_rows(const tail_rows&) = delete;
  auto operator=(const tail_rows&) -> tail_rows& = delete;
  ~tail_rows() = default;

  /// Adds a version of a row. Numbers never go down; of two versions with one number the later one counts.
  void add(std::uint64_t sequence, const row_change& change);

  /// False only if no version of the row was added: quicker than to look for one that is not there. From any thread.
  [[nodiscard]] auto may_have(std::uint8_t table, std::string_view key) const -> bool {
    return filter_.may_have(table, key);
  }

  /// How many versions there are, and the bytes of their keys and values. From any thread.
  [[nodiscard]] auto count() const -> std::size_t { return count_.load(std::memory_order_relaxed); }
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_.load(std::memory_order_relaxed); }

  class cursor;

private:
  struct node;
  static constexpr unsigned height_max = 12;

  /// The last node before a place, for each height.
  using path = std::array<node*, height_max>;

  /// Where a row's versions up to a number begin: the newest of them, or where it would stand.
  struct place {
    place(std::uint8_t of_table, std::string_view with_key, std::uint64_t up_to);

    std::uint8_t table;
    std::uint64_t key_begin; ///< As `node` has it.
    std::string_view key;
    std::uint64_t sequence;
  };

  [[nodiscard]] static auto is_before(const node& left, const place& right) -> bool;
  [[nodiscard]] auto first_from(const place& wanted) const -> const node*;
  [[nodiscard]] auto last_before(const place& wanted) const -> const node*;
  void find_path(const place& wanted, path& before) const;
  auto path_to(const place& wanted, unsigned height) -> path&;
  auto allocate(std::size_t bytes) -> char*;
  auto make_node(std::uint64_t sequence, const row_change& change, std::uint64_t key_begin, unsigned height)
      -> node*;
  auto random_height() -> unsigned;

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0;
  char* block_at_ = nullptr;
  std::uint32_t random_ = 0x9E3779B9U;
  row_filter filter_;
  node* head_;
  std::vector<path> last_added_; ///< The way to each table's last change, that one included. The writer's.
  std::atomic<unsigned> height_ = 1;
  std::atomic<std::size_t> count_ = 0;
  std::atomic<std::size_t> bytes_ = 0;
};

/// Walks over one table's rows as they were after the change with a number: of each row the newest version up to it,
/// one that erases it included.
class tail_rows::cursor {
public:
  /// Rows whose version is not behind `after` are passed over. The rows must outlive it.
  cursor(const tail_rows& rows, std::uint8_t table, std::uint64_t sequence_max, std::uint64_t after = 0)
      : rows_(&rows), table_(table), sequence_max_(sequence_max), after_(after) {}

  // Each returns whether there is a row there.
  /// To the first row whose key is at least `key`; an empty one is the table's first.
  auto seek(std::string_view key) -> bool;
  /// To the last row whose key is less than `key`.
  auto seek_before(std::string_view key) -> bool;
  auto seek_last() -> bool;
  auto next() -> bool;
  auto previous() -> bool;

  [[nodiscard]] auto is_there() const -> bool { return at_ != nullptr; }
  // Of the row it is at.
  [[nodiscard]] auto key() const -> std::string_view;
  [[nodiscard]] auto value() const -> std::string_view;
  [[nodiscard]] auto kind() const -> row_change_kind;

private:
  auto settle_forward(const node* from) -> bool;
  auto settle_backward(const node* from) -> bool;

  const tail_rows* rows_;
  std::uint8_t table_;
  std::uint64_t sequence_max_;
  std::uint64_t after_;
  const node* at_ = nullptr;
};

} // namespace tusker
