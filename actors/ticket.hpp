#pragma once

#include <tusker/model/named_number.hpp>

namespace tusker {

/// Ties an answer to its question between two actors; counted by the one that asks.
using ticket = named_number<struct ticket_tag>;

} // namespace tusker
