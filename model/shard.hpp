#pragma once

#include <tusker/model/named_number.hpp>

namespace tusker {

class stream_id;

/// The unit of ownership: every stream belongs to one shard, every shard has one owner.
using shard_id = named_number<struct shard_id_tag, std::uint16_t>;

/// How many shards a journal has, from 1 to 4,096. Fixed when the journal is made.
using shard_count = named_number<struct shard_count_tag, std::uint16_t>;

/// Counts the owners a shard has had. An append that names an older epoch than the journal's is fenced.
using epoch = named_number<struct epoch_tag>;

inline constexpr shard_count shard_count_max{4096};

/// The shard of a stream: XXH3-64 of its name, modulo `count`. Part of the storage format: it never changes.
/// REQUIRES: `count` is at least 1.
[[nodiscard]] auto shard_of(const stream_id& stream, shard_count count) -> shard_id;

} // namespace tusker
