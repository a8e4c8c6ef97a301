#include <order/order_rows.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/open_rows.hpp>
#include <tusker/persistence/read_store_errc.hpp>

#include <utility>

namespace order_demo {

namespace {

auto outdated(const tusker::projection_type& projection, tusker::projection_version stored) -> tusker::error {
  return {tusker::cli::cli_errc::not_found,
          "the rows of projection '" + projection.name + "' are of version " +
              std::to_string(stored.value()) + ", this program has version " +
              std::to_string(projection.version.value()) + ": order projection rebuild " + projection.name};
}

} // namespace

auto rows_of(const tusker::cli::read_side& side, const tusker::projection_type& projection)
    -> tusker::result<projected_rows> {
  auto view = side.rows->view(projection.name);
  if (!view && view.error().code() == tusker::read_store_errc::unknown_projection)
    return tusker::fail(tusker::cli::cli_errc::not_found,
                        "there are no rows of projection '" + projection.name +
                            "' yet: they are made when order demo runs on this journal");
  if (!view)
    return tusker::fail(view.error());
  const auto& model = (*view)->entry();
  if (model.version != projection.version)
    return tusker::fail(outdated(projection, model.version));
  auto behind = tusker::cli::events_behind(*side.journal, projection, model.offset_of(tusker::log_id(0)));
  if (!behind)
    return tusker::fail(behind.error());
  return projected_rows{tusker::rows_of(std::move(*view), projection.name), *behind};
}

auto behind_text(const std::string& projection, std::uint64_t behind, const std::filesystem::path& data)
    -> std::string {
  if (behind == 0)
    return {};
  return "order: the rows of " + projection + " are " + tusker::cli::grouped(behind) +
         " events behind the journal; see order projection status " + projection + " --data " +
         tusker::cli::printable(data.string()) + "\n";
}

} // namespace order_demo
