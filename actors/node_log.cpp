#include <tusker/actors/node_log.hpp>

namespace tusker {

void tell(const log_sink& to, const log_record& record) {
  if (to)
    to(record);
}

auto correlation_in(const metadata& meta) -> std::string {
  return meta.correlation_id.is_nil() ? std::string() : to_string(meta.correlation_id);
}

} // namespace tusker
