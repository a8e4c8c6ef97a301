#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/persistence/read_store.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tusker::contract {

/// A read store engine as the suite sees it. A new engine joins the suite with one more entry in `read_engines()`.
struct read_engine {
  std::string name;
  /// Whether a store that was closed is there again when it is opened with the same options.
  bool persists = false;
  /// Opens the store in `options.directory`, or makes it there.
  auto(*open)(const read_store_options& options) -> result<std::unique_ptr<read_store>> = nullptr;
};

[[nodiscard]] auto read_engines() -> const std::vector<read_engine>&;
[[nodiscard]] auto persistent_read_engines() -> std::vector<read_engine>;

/// The journal that the suite's stores follow.
[[nodiscard]] auto followed_journal() -> uuid;

/// A store of one engine in a folder of its own.
class read_store_under_test {
public:
  explicit read_store_under_test(const read_engine& made_by, read_store_options options = {});

  [[nodiscard]] auto operator*() const -> read_store& { return *store_; }
  [[nodiscard]] auto operator->() const -> read_store* { return store_.get(); }

  [[nodiscard]] auto options() const -> const read_store_options& { return options_; }

  /// Closes the store and opens it again. One that does not persist stays open, so that a test holds for all.
  void reopen();

  /// Closes it for good.
  void close() { store_.reset(); }

private:
  read_engine engine_;
  std::unique_ptr<tusker_test::temporary_folder> folder_;
  read_store_options options_;
  std::unique_ptr<read_store> store_;
};

} // namespace tusker::contract
