#pragma once

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/checkpoint_apart.hpp>
#include <tusker_test/forwarding_read_store.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>

/// Read stores that are broken where a checker looks.
namespace tusker::contract {

using tusker_test::checkpoint_apart;

/// Takes commits of whoever comes.
class unfenced final : public forwarding_read_store {
public:
  using forwarding_read_store::forwarding_read_store;

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    auto changed = step;
    if (auto projection = sample::must(find_projection(step.projection)))
      changed.owner = projection->epoch_of(step.log);
    return engine().commit(changed);
  }
};

/// Does not look where the model is.
class unordered final : public forwarding_read_store {
public:
  using forwarding_read_store::forwarding_read_store;

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    auto changed = step;
    auto projection = sample::must(find_projection(step.projection));
    if (const auto* model = projection ? projection->model(step.model) : nullptr)
      changed.from = model->offset_of(step.log);
    return engine().commit(changed);
  }
};

/// Does not remove the index entries of a row that is replaced.
class keeps_index_entries final : public forwarding_read_store {
public:
  using forwarding_read_store::forwarding_read_store;

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    auto changed = step;
    for (auto& write : changed.writes) {
      auto* put = std::get_if<put_row>(&write);
      if (put == nullptr)
        continue;
      auto& known = entries_[{put->table, put->key}];
      known.insert(known.end(), put->indexes.begin(), put->indexes.end());
      put->indexes = known;
    }
    return engine().commit(changed);
  }

private:
  std::map<std::pair<std::string, std::string>, std::vector<index_entry>> entries_;
};

/// Leaves writes of one kind out.
template <class Left>
class leaves_out final : public forwarding_read_store {
public:
  using forwarding_read_store::forwarding_read_store;

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    auto changed = step;
    std::erase_if(changed.writes,
                  [](const read_write& write) { return std::holds_alternative<Left>(write); });
    return engine().commit(changed);
  }
};

} // namespace tusker::contract
