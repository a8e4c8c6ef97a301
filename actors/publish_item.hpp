#pragma once

#include <tusker/actors/node_context.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/topic_name.hpp>
#include <tusker/persistence/append_item.hpp>

#include <string_view>

namespace tusker {

/// The step that publishes a message: one event of the topic's stream, under its id, so that it may be sent again.
/// REQUIRES: the topic has a proper name.
[[nodiscard]] auto make_publish_item(const node_context& node, std::string_view topic, message_id id,
                                     const encoded_message& content, const metadata& meta) -> append_item;

} // namespace tusker
