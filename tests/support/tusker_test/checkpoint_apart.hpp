#pragma once

#include <tusker_test/forwarding_read_store.hpp>

namespace tusker_test {

/// A read store that is broken where a checker looks: it writes rows, whatever it makes of the offset, and then the
/// offset, two commits for one.
class checkpoint_apart final : public tusker::forwarding_read_store {
public:
  using forwarding_read_store::forwarding_read_store;

  [[nodiscard]] auto commit(const tusker::read_commit& step)
      -> tusker::result<tusker::commit_verdict> override {
    auto rows = step;
    if (auto projection = find_projection(step.projection); projection && *projection) {
      rows.owner = (*projection)->epoch_of(step.log);
      if (const auto* model = (*projection)->model(step.model))
        rows.from = model->offset_of(step.log);
    }
    rows.to = rows.from;
    if (auto written = engine().commit(rows); !written)
      return written;
    auto rest = step;
    rest.writes.clear();
    return engine().commit(rest);
  }
};

} // namespace tusker_test
