#pragma once

#include <tusker/persistence/memory_read_store.hpp>
#include <tusker_test/forwarding_read_store.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

/// A read store in memory that a test can watch and break.
class read_store_probe final : public tusker::forwarding_read_store {
public:
  read_store_probe() : read_store_probe(std::move(*tusker::open_memory_read_store())) {}

  /// The next commits, so many, fail with it and write nothing.
  std::optional<tusker::error> failure;
  int failures = 0;
  /// The next reads, so many, fail with it.
  std::optional<tusker::error> read_failure;
  mutable int read_failures = 0;
  /// Counted down by commits: the one that finds 1 throws, before or after it has written.
  int throw_before = 0;
  int throw_after = 0;
  int commits = 0;
  /// The next switches, so many, fail with `failure`.
  int switch_failures = 0;
  /// What happens once, just before the next switch.
  std::function<void()> before_switch;

  auto commit(const tusker::read_commit& step) -> tusker::result<tusker::commit_verdict> override {
    if (failures > 0) {
      --failures;
      return tusker::fail(*failure);
    }
    if (throw_before > 0 && --throw_before == 0)
      throw std::runtime_error("dies before the commit");
    auto verdict = engine().commit(step);
    ++commits;
    if (throw_after > 0 && --throw_after == 0)
      throw std::runtime_error("dies after the commit");
    return verdict;
  }

  auto switch_model(std::string_view projection, tusker::model_number built)
      -> tusker::result<void> override {
    if (before_switch)
      std::exchange(before_switch, nullptr)();
    if (switch_failures > 0) {
      --switch_failures;
      return tusker::fail(*failure);
    }
    return engine().switch_model(projection, built);
  }

  [[nodiscard]] auto view(tusker::model_number model) const
      -> tusker::result<std::unique_ptr<tusker::read_view>> override {
    if (read_failures > 0) {
      --read_failures;
      return tusker::fail(*read_failure);
    }
    return engine().view(model);
  }

private:
  explicit read_store_probe(std::unique_ptr<tusker::read_store> engine)
      : forwarding_read_store(*engine), engine_(std::move(engine)) {}

  std::unique_ptr<tusker::read_store> engine_;
};
