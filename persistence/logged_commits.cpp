#include <tusker/persistence/logged_commits.hpp>

#include <tusker/persistence/commit_log_file.hpp>
#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_read.hpp>
#include <tusker/persistence/log_recovery.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace tusker {

namespace {

using std::chrono::milliseconds;

/// The longest that one batch is held up while LMDB catches up.
constexpr milliseconds pause_max(50);

/// No row of those that a batch makes is smaller, key and change of the log included.
constexpr std::size_t row_bytes_min = 40;

auto remove_commit_log(const std::filesystem::path& directory) -> result<void> {
  auto numbers = commit_log_numbers(directory);
  if (!numbers)
    return fail(numbers.error());
  for (auto number : *numbers) {
    auto file = commit_log_file::open(directory, number, commit_log_access::write);
    auto removed = file ? file->remove() : fail(file.error());
    if (!removed)
      return removed;
  }
  return sync_folder(directory);
}

} // namespace

/// A batch on its way into the log and the tail.
class logged_commits::write final : public journal_write, private row_draft {
public:
  static auto begin(logged_commits& owner) -> result<std::unique_ptr<journal_write>> {
    auto tail = owner.store_.tail->begin();
    auto base = owner.store_.readers->begin();
    if (!base) {
      owner.store_.tail->give_up();
      return fail(base.error());
    }
    return std::make_unique<write>(owner, std::move(*base), std::move(tail));
  }

  write(logged_commits& owner, lmdb_read base, tail_view tail)
      : owner_(owner), base_(std::move(base)),
        rows_(base_->transaction, std::move(tail), owner.store_.places, *this) {
    owner_.batch_.clear();
  }

  write(const write&) = delete;
  auto operator=(const write&) -> write& = delete;
  ~write() override {
    if (is_published_)
      return;
    owner_.store_.tail->give_up();
    owner_.applier_.wake();
  }

  [[nodiscard]] auto rows() const -> const journal_rows& override { return rows_; }

  [[nodiscard]] auto commit(log_offset head) -> result<void> override {
    // An item that changes nothing: there is nothing to make durable.
    if (owner_.batch_.is_empty())
      return {};
    // A read transaction that waits for a disk keeps pages from being used again, and a map from growing.
    base_.reset();
    auto appended = owner_.log_->append(head, owner_.batch_.view());
    if (!appended)
      return fail(appended.error());
    owner_.store_.tail->publish();
    is_published_ = true;
    owner_.applier_.wake();
    return {};
  }

private:
  void add(const row_change& change) override {
    owner_.batch_.add(change);
    owner_.store_.tail->add(change);
  }

  logged_commits& owner_;
  std::optional<lmdb_read> base_;
  journal_rows rows_;
  bool is_published_ = false;
};

auto logged_commits::open(lmdb_store& store, const journal_options& options)
    -> result<std::unique_ptr<logged_commits>> {
  auto recovered = recover_into_tail(store, options);
  if (!recovered)
    return fail(recovered.error());
  return std::unique_ptr<logged_commits>(new logged_commits(store, std::move(*recovered), options));
}

logged_commits::logged_commits(const lmdb_store& store, std::unique_ptr<commit_log> log,
                               const journal_options& options)
    : store_(store), log_(std::move(log)), room_(store.env.get(), *store.readers, options.map_bytes_max),
      direct_(store.env.get()), log_bytes_max_(options.commit_log_bytes), applier_(store, *log_, options) {}

auto logged_commits::begin(std::size_t bytes) -> result<std::unique_ptr<journal_write>> {
  if (auto failure = applier_.failure()) {
    auto drained = failure->code() == journal_errc::storage_full ? applier_.drain() : fail(*failure);
    if (!drained)
      return fail(drained.error());
  }
  pace(bytes);
  auto has_room = [&] {
    const auto& tail = *store_.tail;
    return log_->has_room(bytes) &&
           room_.reserve({tail.rows() + bytes / row_bytes_min, tail.bytes() + bytes});
  };
  if (has_room())
    return write::begin(*this);
  if (auto drained = applier_.drain(); !drained)
    return fail(drained.error());
  return has_room() ? write::begin(*this) : direct_.begin(bytes);
}

/// Holds the writer up, the longer the more is left to apply: it comes down to LMDB's speed smoothly, before the log is
/// full and it would have to stand still.
void logged_commits::pace(std::size_t bytes) {
  auto soft = log_bytes_max_ / 4;
  auto hard = log_bytes_max_ / 4 * 3;
  auto left = applier_.bytes_left();
  if (left <= soft)
    return;
  // At `hard`, as many bytes have to be applied as are coming; in between in proportion.
  auto share = std::min<double>(1, static_cast<double>(left - soft) / static_cast<double>(hard - soft));
  auto due = static_cast<std::uint64_t>(static_cast<double>(bytes) * share);
  applier_.wait_until_left(left - std::min(left, due), pause_max);
}

auto absorb_commit_log(const lmdb_store& store, const journal_options& options) -> result<void> {
  auto is_there = has_commit_log(options.directory);
  if (!is_there || !*is_there)
    return is_there.map([](bool) {});
  auto recovered = recover_into_lmdb(store, options);
  if (!recovered)
    return fail(recovered.error());
  recovered->reset();
  return remove_commit_log(options.directory);
}

} // namespace tusker
