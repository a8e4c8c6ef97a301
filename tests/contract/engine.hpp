#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tusker::contract {

/// A journal engine as the suite sees it. A new engine joins the suite with one more entry in `engines()`.
struct engine {
  std::string name;
  /// Whether a journal that was closed is there again when it is opened with the same options.
  bool persists = false;
  /// Opens the journal in `options.directory`, or makes it there.
  auto(*open)(const journal_options& options) -> result<std::unique_ptr<journal>> = nullptr;
};

[[nodiscard]] auto engines() -> const std::vector<engine>&;
[[nodiscard]] auto persistent_engines() -> std::vector<engine>;

/// A journal of one engine in a folder of its own.
class journal_under_test {
public:
  explicit journal_under_test(const engine& made_by, journal_options options = {});

  [[nodiscard]] auto operator*() const -> journal& { return *journal_; }
  [[nodiscard]] auto operator->() const -> journal* { return journal_.get(); }

  [[nodiscard]] auto options() const -> const journal_options& { return options_; }

  /// Closes the journal and opens it again. One that does not persist stays open, so that a test holds for all.
  void reopen();

  /// Closes it for good.
  void close() { journal_.reset(); }

private:
  engine engine_;
  std::unique_ptr<tusker_test::temporary_folder> folder_;
  journal_options options_;
  std::unique_ptr<journal> journal_;
};

} // namespace tusker::contract
