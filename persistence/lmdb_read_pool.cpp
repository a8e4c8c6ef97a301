#include <tusker/persistence/lmdb_read_pool.hpp>

#include <algorithm>

namespace tusker {

namespace {

/// Of the slots, which are all processes': one in so many.
constexpr std::size_t resting_share = 8;
constexpr std::size_t resting_max = 16;

auto most_of(MDB_env* env) -> std::size_t {
  unsigned slots = 0;
  mdb_env_get_maxreaders(env, &slots);
  return std::min<std::size_t>(resting_max, slots / resting_share);
}

} // namespace

lmdb_read_pool::lmdb_read_pool(MDB_env* env) : env_(env), most_(most_of(env)) {}

lmdb_read_pool::~lmdb_read_pool() {
  for (auto* transaction : resting_)
    mdb_txn_abort(transaction);
}

auto lmdb_read_pool::begin(MDB_txn** transaction) -> int {
  *transaction = take();
  if (*transaction == nullptr)
    return mdb_txn_begin(env_, nullptr, MDB_RDONLY, transaction);
  auto code = mdb_txn_renew(*transaction);
  if (code != MDB_SUCCESS)
    mdb_txn_abort(*transaction);
  return code;
}

void lmdb_read_pool::end(MDB_txn* transaction) {
  mdb_txn_reset(transaction);
  {
    std::lock_guard lock(mutex_);
    if (resting_.size() < most_) {
      resting_.push_back(transaction);
      return;
    }
  }
  mdb_txn_abort(transaction);
}

auto lmdb_read_pool::take() -> MDB_txn* {
  std::lock_guard lock(mutex_);
  if (resting_.empty())
    return nullptr;
  auto* transaction = resting_.back();
  resting_.pop_back();
  return transaction;
}

} // namespace tusker
