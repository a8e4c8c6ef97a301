#include <order/domain/order.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

// Linked into the order program in front of its `decide` for a new order: it hangs at the order that ORDER_HANGS_AT
// names, or at every one if that is `all`, until something is written into the pipe ORDER_HANGS_ON. Whoever opens the
// pipe for writing knows, when that returns, that somebody hangs.

namespace order_demo {

using placing_decision = tusker::decision<order>;

// The linker's option --wrap turns calls of `decide` into calls of the first, and gives it the second to go on with.
auto hanging_decide(const order_state& current, const place_order& wish, const tusker::context& given)
    -> placing_decision asm("__wrap_" HANGING_DECIDE);
auto real_decide(const order_state& current, const place_order& wish, const tusker::context& given)
    -> placing_decision asm("__real_" HANGING_DECIDE);

namespace {

auto setting(const char* name) -> std::string_view {
  const auto* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

void hang() {
  auto pipe = ::open(setting("ORDER_HANGS_ON").data(), O_RDONLY | O_CLOEXEC);
  auto byte = '\0';
  (void)!::read(pipe, &byte, 1);
  ::close(pipe);
}

} // namespace

auto hanging_decide(const order_state& current, const place_order& wish, const tusker::context& given)
    -> placing_decision {
  auto at = setting("ORDER_HANGS_AT");
  if (at == "all" || at == wish.order_id)
    hang();
  return real_decide(current, wish, given);
}

} // namespace order_demo
