#include <order/stored_order.hpp>

#include <order/domain/order.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/nearest_stream.hpp>
#include <tusker/model/typed_aggregate.hpp>

namespace order_demo {

namespace {

auto no_such_order(const tusker::journal_reader& reader, const tusker::stream_id& stream) -> tusker::error {
  auto message = "there is no order '" + std::string(stream.key()) + "'";
  auto nearest = tusker::cli::nearest_stream(reader, stream);
  if (nearest && nearest->category() == stream.category())
    message += "; did you mean '" + std::string(nearest->key()) + "'?";
  return {tusker::cli::cli_errc::not_found, std::move(message)};
}

} // namespace

auto read_order_events(const tusker::journal_reader& reader, const std::string& order_id,
                       const std::function<tusker::result<void>(const tusker::recorded_event&)>& on_event)
    -> tusker::result<void> {
  auto stream = tusker::stream_id::make(order::type_name, order_id);
  if (!stream)
    return tusker::fail(stream.error());
  auto from = std::optional(tusker::stream_version(1));
  while (from) {
    auto slice = reader.read_stream(*stream, *from, {}, tusker::read_direction::forward);
    if (!slice)
      return tusker::fail(slice.error());
    if (slice->head == tusker::empty_stream)
      return tusker::fail(no_such_order(reader, *stream));
    for (const auto& event : slice->events)
      if (auto taken = on_event(event); !taken)
        return taken;
    from = slice->next;
  }
  return {};
}

auto load_order(const tusker::journal_reader& reader, const std::string& order_id)
    -> tusker::result<stored_order> {
  tusker::typed_aggregate<order> instance;
  auto version = tusker::empty_stream;
  auto replayed = read_order_events(reader, order_id, [&](const tusker::recorded_event& event) {
    version = event.version;
    return instance.apply(event);
  });
  if (!replayed)
    return tusker::fail(replayed.error());
  return stored_order{instance.state(), version};
}

} // namespace order_demo
