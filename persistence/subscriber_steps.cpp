#include <tusker/persistence/subscriber_steps.hpp>

#include <tusker/model/quoted_text.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/persistence/delivery_item.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/offline_append.hpp>

#include <utility>

namespace tusker {

auto steer_subscriber(journal& of, std::string_view subscriber, delivery_wish wanted, timestamp now)
    -> result<void> {
  if (auto named = check_subscriber_name(subscriber); !named)
    return named;
  auto cursor = find_cursor(of, subscriber);
  if (!cursor)
    return fail(cursor.error());
  if (!*cursor)
    return fail(journal_errc::not_found, "nothing is delivered to subscriber " + tusker::quoted(subscriber) +
                                             ": it is not there, or was unsubscribed");
  auto shard = shard_of(delivery_stream(subscriber), of.shards());
  auto current = epoch_now(of, shard);
  if (!current)
    return fail(current.error());
  (*cursor)->is_paused = wanted == delivery_wish::paused;
  delivery_item item(subscriber, {shard, *current}, now);
  item.put(**cursor);
  return append_offline(of, std::move(item).take());
}

} // namespace tusker
