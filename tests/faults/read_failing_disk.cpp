#include "io_injector.hpp"
#include "read_workload.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <memory>
#include <string>

// A read store is made and written while one of its operations fails: the first, then the second, and so on until a
// run ends before it gets so far.

namespace tusker::faults {

namespace {

using sample::must;

constexpr std::uint64_t commits = 10;

/// One run on a disk that fails, by a projection that believes its errors.
class failing_projection {
public:
  explicit failing_projection(io_injector& injector)
      : injector_(injector), options_(read_options_in(site_.path())), watch_(site_.path(), injector) {}

  auto run() -> contract::fault_list {
    open();
    for (std::uint64_t done = 0; done < commits && faults_.empty();) {
      if (auto made = project_next(*store_); made)
        ++done;
      else
        recover(made.error(), done);
    }
    expect(commits, commits);
    reopen();
    expect(commits, commits);
    return faults_;
  }

private:
  void reopen() {
    store_.reset();
    store_ = must(open_lmdb_read_store(options_));
  }

  void open() {
    auto opened = open_lmdb_read_store(options_);
    if (!opened) {
      note(opened.error());
      injector_.mend();
      return reopen();
    }
    store_ = std::move(*opened);
  }

  void note(const error& failure) {
    if (failure.code() != journal_errc::storage_full && failure.code() != journal_errc::io_error)
      faults_.push_back("the wrong error: " + to_string(failure));
  }

  /// A full disk is mended by space, and the store goes on; anything else stops it until it is opened again.
  void recover(const error& failure, std::uint64_t done) {
    note(failure);
    injector_.mend();
    if (failure.code() == journal_errc::storage_full)
      return expect(done, done);
    if (project_next(*store_))
      faults_.push_back("the store went on in spite of " + to_string(failure));
    reopen();
    // What failed may be there. It is not made twice then: the projection asks where it is.
    expect(done, done + 1);
  }

  void expect(std::uint64_t at_least, std::uint64_t at_most) {
    auto held = projected_to(*store_);
    if (!held || *held < at_least || *held > at_most)
      faults_.push_back("after " + std::to_string(at_least) + " commits the store holds " +
                        (held ? std::to_string(*held) : std::string("other rows than those of its offset")));
  }

  io_injector& injector_;
  tusker_test::temporary_folder site_{tusker_test::memory_backed_base()};
  read_store_options options_;
  io_watch watch_;
  std::unique_ptr<read_store> store_;
  contract::fault_list faults_;
};

} // namespace

TEST_CASE("whichever operation of a read store fails, it is told, and rows and offset stay together") {
  auto failure = GENERATE(io_failure::io_error, io_failure::disk_full, io_failure::short_write);
  auto span = GENERATE(io_failure_span::once, io_failure_span::from_then_on);
  for (std::size_t nth = 1;; ++nth) {
    io_injector injector(nth, failure, span);
    auto faults = failing_projection(injector).run();
    INFO("operation " << nth << " on " << injector.victim().file);
    CHECK(faults == contract::no_faults);
    if (!injector.was_reached())
      break;
  }
}

} // namespace tusker::faults
