#include <tusker/bench/codec_calls.hpp>

#include <tusker/model/codec.hpp>

namespace tusker::bench {

auto encode_order(const order_created& event) -> result<std::string> {
  return encode(event);
}

auto decode_order(std::string_view json) -> result<order_created> {
  return decode<order_created>(json);
}

} // namespace tusker::bench
