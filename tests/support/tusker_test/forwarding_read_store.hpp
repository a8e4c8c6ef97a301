#pragma once

#include <tusker/persistence/read_store.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace tusker {

/// Hands everything on to another read store, which must outlive it; a test overrides what it wants to watch or break.
class forwarding_read_store : public read_store {
public:
  explicit forwarding_read_store(read_store& engine) : engine_(engine) {}

  [[nodiscard]] auto add_projection(std::string_view projection, projection_version version)
      -> result<projection_entry> override {
    return engine_.add_projection(projection, version);
  }
  [[nodiscard]] auto claim(std::string_view projection, log_id log, epoch seen)
      -> result<claim_verdict> override {
    return engine_.claim(projection, log, seen);
  }
  [[nodiscard]] auto begin_build(std::string_view projection, const build_plan& plan)
      -> result<model_number> override {
    return engine_.begin_build(projection, plan);
  }
  [[nodiscard]] auto switch_model(std::string_view projection, model_number built) -> result<void> override {
    return engine_.switch_model(projection, built);
  }
  [[nodiscard]] auto abandon_build(std::string_view projection) -> result<void> override {
    return engine_.abandon_build(projection);
  }
  [[nodiscard]] auto drop_projection(std::string_view projection) -> result<void> override {
    return engine_.drop_projection(projection);
  }
  [[nodiscard]] auto set_mode(std::string_view projection, projection_mode mode) -> result<void> override {
    return engine_.set_mode(projection, mode);
  }
  [[nodiscard]] auto set_last_error(std::string_view projection, std::string_view what)
      -> result<void> override {
    return engine_.set_last_error(projection, what);
  }
  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override {
    return engine_.commit(step);
  }
  [[nodiscard]] auto sweep(std::size_t entries_max) -> result<std::size_t> override {
    return engine_.sweep(entries_max);
  }
  [[nodiscard]] auto info() const -> result<read_store_info> override { return engine_.info(); }
  [[nodiscard]] auto projections() const -> result<std::vector<projection_entry>> override {
    return engine_.projections();
  }
  [[nodiscard]] auto find_projection(std::string_view projection) const
      -> result<std::optional<projection_entry>> override {
    return engine_.find_projection(projection);
  }
  [[nodiscard]] auto view(model_number model) const -> result<std::unique_ptr<read_view>> override {
    return engine_.view(model);
  }
  [[nodiscard]] auto view(std::string_view projection) const -> result<std::unique_ptr<read_view>> override {
    return engine_.view(projection);
  }
  [[nodiscard]] auto storage() const -> result<storage_stats> override { return engine_.storage(); }

protected:
  [[nodiscard]] auto engine() const -> read_store& { return engine_; }

private:
  read_store& engine_;
};

} // namespace tusker
