#include <tusker/persistence/draft_folder.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/transfer_errc.hpp>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>

namespace tusker {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view lock_name = "making";

auto place_taken(const fs::path& place) -> error {
  return {transfer_errc::place_taken,
          place.string() + " is there already; name a folder that is not, or that is empty"};
}

auto make_folder(const fs::path& folder) -> result<void> {
  std::error_code failed;
  fs::create_directories(folder.parent_path(), failed);
  if (failed)
    return fail(file_error(folder.parent_path(), failed));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return fail(file_error(folder, last_system_error()));
  return {};
}

/// Whether the file that is open is the one that stands at the path: a draft may get its name in between.
auto is_at(const file_descriptor& file, const fs::path& path) -> bool {
  struct stat opened {};
  struct stat named {};
  return ::fstat(file.number(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

auto lock_draft(const fs::path& draft) -> result<file_descriptor> {
  auto path = draft / lock_name;
  auto file = file_descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.is_open())
    return fail(file_error(path, last_system_error()));
  auto locked = ::flock(file.number(), LOCK_EX | LOCK_NB) == 0;
  if (!locked && errno != EWOULDBLOCK)
    return fail(file_error(path, last_system_error()));
  if (!locked || !is_at(file, path))
    return fail(journal_errc::locked, "another process is making " + draft.string());
  return file;
}

/// Removes what a maker left that died.
auto empty_draft(const fs::path& draft) -> result<void> {
  std::error_code failed;
  auto entries = fs::directory_iterator(draft, failed);
  for (auto entry = begin(entries); !failed && entry != end(entries); entry.increment(failed))
    if (entry->path().filename() != lock_name)
      fs::remove_all(entry->path(), failed);
  if (failed)
    return fail(file_error(draft, failed));
  return {};
}

} // namespace

auto check_place_free(const fs::path& place) -> result<void> {
  std::error_code failed;
  auto status = fs::status(place, failed);
  if (status.type() == fs::file_type::not_found)
    return {};
  auto is_free = !failed && fs::is_directory(status) && fs::is_empty(place, failed);
  if (failed)
    return fail(file_error(place, failed));
  return is_free ? result<void>() : fail(place_taken(place));
}

auto draft_folder::begin(const fs::path& place) -> result<draft_folder> {
  // Without a slash at the end: the draft stands beside the folder, not in it.
  auto own = (fs::absolute(place) / "").lexically_normal().parent_path();
  auto draft = fs::path(own).concat(".partial");
  if (auto is_free = check_place_free(own); !is_free)
    return fail(is_free.error());
  if (auto made = make_folder(draft); !made)
    return fail(made.error());
  auto lock = lock_draft(draft);
  if (!lock)
    return fail(lock.error());
  auto begun = draft_folder(std::move(own), draft, std::move(*lock));
  if (auto emptied = empty_draft(draft); !emptied)
    return fail(emptied.error());
  return begun;
}

auto draft_folder::publish() -> result<void> {
  if (auto synced = sync_folder(draft_); !synced)
    return synced;
  // An empty folder gives way; one that was filled meanwhile does not.
  if (::rename(draft_.c_str(), place_.c_str()) != 0) {
    auto why = last_system_error();
    auto is_taken = why.value() == ENOTEMPTY || why.value() == EEXIST || why.value() == ENOTDIR;
    return fail(is_taken ? place_taken(place_) : file_error(place_, why));
  }
  draft_.clear();
  // Not before: until it has its name, another maker would take a draft without it for an abandoned one.
  std::error_code ignored;
  fs::remove(place_ / lock_name, ignored);
  return sync_folder_and_name(place_);
}

draft_folder::~draft_folder() {
  if (draft_.empty())
    return;
  // What cannot be removed is removed by the next maker.
  std::error_code ignored;
  fs::remove_all(draft_, ignored);
}

} // namespace tusker
