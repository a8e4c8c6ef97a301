#include <tusker/persistence/tail_rows.hpp>

#include <tusker/persistence/byte_reader.hpp>

#include <algorithm>
#include <limits>
#include <new>

namespace tusker {

/// A version of a row. Its links stand behind it, as many as it is high, and its bytes behind them.
struct tail_rows::node {
  std::uint64_t sequence;
  std::uint64_t
      key_begin; ///< The first bytes of the key as a number, so that most keys need no look at their bytes.
  const char* bytes;
  std::uint32_t key_size;
  std::uint32_t value_size;
  std::uint8_t table;
  row_change_kind kind;

  [[nodiscard]] auto key() const -> std::string_view { return {bytes, key_size}; }
  [[nodiscard]] auto value() const -> std::string_view { return {bytes + key_size, value_size}; }

  [[nodiscard]] auto link(unsigned level) -> std::atomic<node*>& {
    return reinterpret_cast<std::atomic<node*>*>(this + 1)[level];
  }
  [[nodiscard]] auto next(unsigned level) const -> node* {
    return reinterpret_cast<const std::atomic<node*>*>(this + 1)[level].load(std::memory_order_acquire);
  }
};

namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 16U;
/// Larger rows get a block of their own.
constexpr std::size_t large_bytes = block_bytes / 4;
constexpr std::size_t alignment = alignof(std::uint64_t);
constexpr auto all_sequences = std::numeric_limits<std::uint64_t>::max();

/// Numbers that differ are in the order of their keys. A key that is shorter is followed by zeros.
auto begin_of(std::string_view key) -> std::uint64_t {
  std::array<char, sizeof(std::uint64_t)> first{};
  std::copy_n(key.begin(), std::min(key.size(), first.size()), first.begin());
  return byte_reader(std::string_view(first.data(), first.size())).big<std::uint64_t>();
}

} // namespace

tail_rows::place::place(std::uint8_t of_table, std::string_view with_key, std::uint64_t up_to)
    : table(of_table), key_begin(begin_of(with_key)), key(with_key), sequence(up_to) {}

tail_rows::tail_rows() : head_(make_node(0, {}, 0, height_max)) {}

/// In the order of tables, then keys; the newest version of a row comes first.
auto tail_rows::is_before(const node& left, const place& right) -> bool {
  if (left.table != right.table)
    return left.table < right.table;
  if (left.key_begin != right.key_begin)
    return left.key_begin < right.key_begin;
  if (auto order = left.key().compare(right.key); order != 0)
    return order < 0;
  return left.sequence > right.sequence;
}

auto tail_rows::first_from(const place& wanted) const -> const node* {
  const auto* at = last_before(wanted);
  const node* next = (at == nullptr ? head_ : at)->next(0);
  // The writer may have put rows in between since.
  while (next != nullptr && is_before(*next, wanted))
    next = next->next(0);
  return next;
}

/// Null when nothing stands before it.
auto tail_rows::last_before(const place& wanted) const -> const node* {
  const node* at = head_;
  for (auto level = height_.load(std::memory_order_relaxed); level-- > 0;)
    for (const auto* next = at->next(level); next != nullptr && is_before(*next, wanted);
         next = at->next(level))
      at = next;
  return at == head_ ? nullptr : at;
}

void tail_rows::find_path(const place& wanted, path& before) const {
  auto* at = head_;
  auto level = height_.load(std::memory_order_relaxed);
  std::fill(before.begin() + level, before.end(), head_);
  while (level-- > 0) {
    for (auto* next = at->next(level); next != nullptr && is_before(*next, wanted); next = at->next(level))
      at = next;
    before[level] = at;
  }
}

/// The way to a place, right below `height`. A table's rows often come in the order of their keys: then it is the one
/// to the last of them, and little further.
auto tail_rows::path_to(const place& wanted, unsigned height) -> path& {
  if (last_added_.size() <= wanted.table) {
    path start;
    start.fill(head_);
    last_added_.resize(wanted.table + std::size_t{1}, start);
  }
  auto& before = last_added_[wanted.table];
  auto* last = before.front();
  auto* behind = last->next(0);
  auto is_next =
      last != head_ && is_before(*last, wanted) && (behind == nullptr || !is_before(*behind, wanted));
  if (!is_next) {
    find_path(wanted, before);
    return before;
  }
  for (unsigned level = 0; level < height; ++level)
    for (auto* next = before[level]->next(level); next != nullptr && is_before(*next, wanted);
         next = before[level]->next(level))
      before[level] = next;
  return before;
}

void tail_rows::add(std::uint64_t sequence, const row_change& change) {
  auto wanted = place(change.table, change.key, sequence);
  auto own = random_height();
  auto& before = path_to(wanted, own);
  auto* made = make_node(sequence, change, wanted.key_begin, own);
  for (unsigned level = 0; level < own; ++level)
    made->link(level).store(before[level]->next(level), std::memory_order_relaxed);
  // A reader finds the row whole: each link is stored after all that it leads to.
  for (unsigned level = 0; level < own; ++level) {
    before[level]->link(level).store(made, std::memory_order_release);
    before[level] = made;
  }
  filter_.add(change.table, change.key);
  if (own > height_.load(std::memory_order_relaxed))
    height_.store(own, std::memory_order_relaxed);
  count_.fetch_add(1, std::memory_order_relaxed);
  bytes_.fetch_add(change.key.size() + change.value.size(), std::memory_order_relaxed);
}

auto tail_rows::make_node(std::uint64_t sequence, const row_change& change, std::uint64_t key_begin,
                          unsigned height) -> node* {
  auto links = height * sizeof(std::atomic<node*>);
  auto* memory = allocate(sizeof(node) + links + change.key.size() + change.value.size());
  auto* bytes = memory + sizeof(node) + links;
  std::copy(change.key.begin(), change.key.end(), bytes);
  std::copy(change.value.begin(), change.value.end(), bytes + change.key.size());
  auto* made = new (memory) node{sequence,
                                 key_begin,
                                 bytes,
                                 static_cast<std::uint32_t>(change.key.size()),
                                 static_cast<std::uint32_t>(change.value.size()),
                                 change.table,
                                 change.kind};
  for (unsigned level = 0; level < height; ++level)
    new (&made->link(level)) std::atomic<node*>(nullptr);
  return made;
}

auto tail_rows::allocate(std::size_t bytes) -> char* {
  bytes = (bytes + alignment - 1) / alignment * alignment;
  if (bytes >= large_bytes)
    return blocks_.emplace_back(std::make_unique<char[]>(bytes)).get();
  if (bytes > block_left_) {
    block_at_ = blocks_.emplace_back(std::unique_ptr<char[]>(new char[block_bytes])).get();
    block_left_ = block_bytes;
  }
  auto* memory = block_at_;
  block_at_ += bytes;
  block_left_ -= bytes;
  return memory;
}

/// Each level has a quarter of the one below: xorshift, the same heights in every run.
auto tail_rows::random_height() -> unsigned {
  unsigned height = 1;
  for (; height < height_max; ++height) {
    random_ ^= random_ << 13U;
    random_ ^= random_ >> 17U;
    random_ ^= random_ << 5U;
    if ((random_ & 3U) != 0)
      break;
  }
  return height;
}

auto tail_rows::cursor::key() const -> std::string_view {
  return at_->key();
}

auto tail_rows::cursor::value() const -> std::string_view {
  return at_->value();
}

auto tail_rows::cursor::kind() const -> row_change_kind {
  return at_->kind;
}

auto tail_rows::cursor::seek(std::string_view key) -> bool {
  return settle_forward(rows_->first_from({table_, key, sequence_max_}));
}

auto tail_rows::cursor::seek_before(std::string_view key) -> bool {
  return settle_backward(rows_->last_before({table_, key, all_sequences}));
}

auto tail_rows::cursor::seek_last() -> bool {
  return settle_backward(rows_->last_before({static_cast<std::uint8_t>(table_ + 1), {}, all_sequences}));
}

auto tail_rows::cursor::next() -> bool {
  const auto* behind = at_->next(0);
  while (behind != nullptr && behind->table == table_ && behind->key() == at_->key())
    behind = behind->next(0);
  return settle_forward(behind);
}

auto tail_rows::cursor::previous() -> bool {
  return seek_before(at_->key());
}

/// Goes on to the first version that is old enough: the newest such one of its row, since newer ones come before it.
/// Where that one is too old, so are those behind it.
auto tail_rows::cursor::settle_forward(const node* from) -> bool {
  auto counts = [this](const node& version) {
    return version.sequence <= sequence_max_ && version.sequence > after_;
  };
  while (from != nullptr && from->table == table_ && !counts(*from))
    from = from->next(0);
  at_ = from != nullptr && from->table == table_ ? from : nullptr;
  return at_ != nullptr;
}

/// `from`: the oldest version of a row.
auto tail_rows::cursor::settle_backward(const node* from) -> bool {
  for (; from != nullptr && from->table == table_;
       from = rows_->last_before({table_, from->key(), all_sequences})) {
    // The row has a version that is old enough if its oldest one is; then that search ends within the row.
    if (from->sequence > sequence_max_)
      continue;
    at_ = rows_->first_from({table_, from->key(), sequence_max_});
    if (at_->sequence > after_)
      return true;
  }
  at_ = nullptr;
  return false;
}

} // namespace tusker
