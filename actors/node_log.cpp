#include <tusker/actors/node_log.hpp>

#include <tusker/model/aggregate_instance.hpp>

namespace tusker {

void tell(const log_sink& to, const log_record& record) {
  if (to)
    to(record);
}

auto crash_record(const stream_id& stream, const std::string& reason, std::uint32_t crashes,
                  const command_envelope* at_work) -> log_record {
  log_record record{log_level::warning,
                    log_component::node,
                    "the actor of an aggregate died",
                    {{"stream", stream.name()}, {"reason", reason}, {"times", std::to_string(crashes)}}};
  if (at_work != nullptr) {
    record.fields.push_back({"command", at_work->content.type});
    record.correlation_id = correlation_in(caused_by(*at_work));
  }
  return record;
}

auto correlation_in(const metadata& meta) -> std::string {
  return meta.correlation_id.is_nil() ? std::string() : to_string(meta.correlation_id);
}

} // namespace tusker
