#include "fuzz_target.hpp"

#include <tusker/persistence/commit_log_batch.hpp>

// The row changes of a batch of the commit log.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  commit_log_batch batch;
  batch.add({1, row_change_kind::put_new, "a key", "a value"});
  auto one = std::string(batch.view());
  batch.add({9, row_change_kind::erase, "key", ""});
  batch.add({0, row_change_kind::put, "", std::string(300, '\0')});
  return {one, std::string(batch.view())};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto in = text_of(data, size);
  commit_log_batch again;
  auto outcome = read_changes(in, [&](const row_change& change) -> result<void> {
    again.add(change);
    return {};
  });
  require(in.substr(0, again.view().size()) == again.view(), "changes that were taken are encoded otherwise");
  require(outcome.has_value() == (again.view().size() == in.size()),
          "a batch is taken that was not read to its end");
  return 0;
}
