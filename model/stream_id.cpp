#include <tusker/model/stream_id.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/utf8.hpp>

#include <algorithm>

namespace tusker {

namespace {

auto is_control(char c) -> bool {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// What is wrong with a key, or nothing.
auto fault_of_key(std::string_view key) -> std::string_view {
  if (key.empty())
    return "the key is empty";
  if (std::any_of(key.begin(), key.end(), is_control))
    return "the key has a control character";
  if (!is_utf8(key))
    return "the key is not UTF-8";
  return {};
}

} // namespace

auto is_category(std::string_view text) -> bool {
  auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  auto is_word = [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= category_bytes_max && is_lower(text.front()) &&
         std::all_of(text.begin(), text.end(), is_word);
}

auto stream_id::make(std::string_view category, std::string_view key) -> result<stream_id> {
  if (!is_category(category)) {
    return fail(model_errc::invalid_name, tusker::quoted(category) +
                                              " is not a stream category: it takes 1 to " +
                                              std::to_string(category_bytes_max) +
                                              " lower-case letters, digits and underscores, a letter first");
  }
  if (auto fault = fault_of_key(key); !fault.empty())
    return fail(model_errc::invalid_name, "a stream of category '" + std::string(category) +
                                              "' cannot be named: " + std::string(fault));
  auto stream = stream_id();
  stream.name_.reserve(category.size() + 1 + key.size());
  stream.name_.append(category).append(1, '-').append(key);
  stream.category_bytes_ = category.size();
  if (stream.name_.size() > stream_name_bytes_max)
    return fail(model_errc::invalid_name, "a stream name of category '" + std::string(category) + "' has " +
                                              std::to_string(stream.name_.size()) + " bytes, the limit is " +
                                              std::to_string(stream_name_bytes_max));
  return stream;
}

auto stream_id::parse(std::string_view name) -> result<stream_id> {
  auto dash = name.find('-');
  if (dash == std::string_view::npos)
    return fail(model_errc::invalid_name,
                tusker::quoted(name) + " is not a stream name: it lacks the dash between category and key");
  return make(name.substr(0, dash), name.substr(dash + 1));
}

} // namespace tusker
