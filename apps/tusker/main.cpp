#include <tusker/cli/run.hpp>

namespace {

constexpr auto examples = "  tusker journal info --data shop\n"
                          "  tusker journal verify --data shop\n"
                          "  tusker doctor --data shop\n"
                          "  tusker stream ls --data shop --category order --limit 10\n"
                          "  tusker stream read order-nw-10248 --data shop\n"
                          "  tusker stream read order-nw-10248 --data shop --backward --limit 1 --json\n";

} // namespace

/// It knows no user's types: everything is shown as it is stored.
auto main(int argc, char** argv) -> int {
  return tusker::cli::run(
      argc, argv,
      {.name = "tusker", .description = "Looks into the journals of Tusker", .examples = examples});
}
