#include "fuzz_target.hpp"

#include <tusker/model/stream_id.hpp>
#include <tusker/model/utf8.hpp>

// Names of streams: a name that is taken is kept byte by byte, and its parts make the same stream.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {"order-nw-10248", "a-\xF0\x9F\x90\x98", "order_line2-x y",
          "a-" + std::string(stream_name_bytes_max - 2, 'k'), std::string(category_bytes_max, 'c') + "-1"};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto text = text_of(data, size);
  auto stream = stream_id::parse(text);
  if (!stream) {
    require(is_utf8(stream.error().message()), "a message about a stream is no text");
    return 0;
  }
  require(stream->name() == text && is_utf8(text), "a stream has another name than was given");
  require(text.size() <= stream_name_bytes_max && is_category(stream->category()) && !stream->key().empty(),
          "a stream was taken that the contract refuses");
  require(text.find_first_of(std::string_view("\0\n\x1F\x7F", 4)) == std::string_view::npos,
          "a stream's name has a control character");
  auto again = stream_id::make(stream->category(), stream->key());
  require(again == *stream && again->key() == stream->key(), "a stream's parts do not make the stream");
  return 0;
}
