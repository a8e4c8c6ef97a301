#pragma once

namespace tusker {

enum class read_direction { forward, backward };

} // namespace tusker
