#include <tusker/actors/inbox_link.hpp>

#include <tusker/actors/type_ids.hpp>

#include <caf/send.hpp>

namespace tusker {

void wake(const inbox_owner& owner) {
  caf::anon_send(owner, look_at_inbox{});
}

} // namespace tusker
