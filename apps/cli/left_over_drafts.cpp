#include <tusker/cli/left_over_drafts.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

namespace tusker::cli {

namespace fs = std::filesystem;

namespace {

constexpr auto draft_suffix = ".partial";

auto bytes_in(const fs::path& folder) -> std::uint64_t {
  std::uint64_t bytes = 0;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure))
    if (auto size = at->is_regular_file(failure) ? at->file_size(failure) : 0; !failure)
      bytes += size;
  return bytes;
}

} // namespace

auto find_left_over_drafts(const fs::path& data) -> std::vector<left_over_draft> {
  std::vector<left_over_draft> drafts;
  std::error_code failure;
  for (fs::directory_iterator at(data, failure), end; !failure && at != end; at.increment(failure))
    if (at->path().extension() == draft_suffix && at->is_directory(failure))
      drafts.push_back({at->path(), bytes_in(at->path())});
  // `shop/` is the folder `shop`.
  auto beside = data.has_filename() ? data : data.parent_path();
  beside += draft_suffix;
  if (fs::is_directory(beside, failure))
    drafts.push_back({beside, bytes_in(beside)});
  std::sort(drafts.begin(), drafts.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
  return drafts;
}

} // namespace tusker::cli
