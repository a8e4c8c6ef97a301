#include <tusker/cli/stored_json.hpp>

#include <tusker/cli/text_width.hpp>
#include <tusker/model/json_document.hpp>
#include <tusker/model/json_writer.hpp>
#include <tusker/persistence/json_text.hpp>

namespace tusker::cli {

namespace {

/// The end of the JSON string that begins at `at`.
auto end_of_string(std::string_view json, std::size_t at) -> std::size_t {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\')
      ++at;
  return at + 1;
}

/// The end of the bracket that opens at `at` when nothing opens inside it, `at` otherwise.
auto end_of_flat(std::string_view json, std::size_t at) -> std::size_t {
  for (auto end = at + 1; end < json.size();) {
    auto c = json[end];
    if (c == '"')
      end = end_of_string(json, end);
    else if (c == '{' || c == '[')
      return at;
    else if (c == '}' || c == ']')
      return end + 1;
    else
      ++end;
  }
  return at;
}

/// Writes compact JSON over lines.
class json_layout {
public:
  json_layout(std::string_view json, std::size_t indent) : json_(json), depth_(indent), indent_(indent) {}

  auto text() && -> std::string {
    out_.assign(indent_, ' ');
    for (std::size_t at = 0; at < json_.size();)
      at = step(at);
    return std::move(out_);
  }

private:
  static constexpr std::size_t step_blanks = 2;

  auto step(std::size_t at) -> std::size_t {
    switch (json_[at]) {
    case '"':
      return copy(at, end_of_string(json_, at));
    case '{':
    case '[':
      // The outermost always gets lines of its own.
      if (auto end = end_of_flat(json_, at); end != at && (at > 0 || end == at + 2))
        return copy_flat(at, end);
      depth_ += step_blanks;
      out_.push_back(json_[at]);
      return new_line(at);
    case '}':
    case ']':
      depth_ -= step_blanks;
      new_line(at);
      return copy(at, at + 1);
    case ',':
      out_.push_back(',');
      return new_line(at);
    case ':':
      out_.append(": ");
      return at + 1;
    default:
      return copy(at, at + 1);
    }
  }

  auto new_line(std::size_t at) -> std::size_t {
    out_.append("\n").append(depth_, ' ');
    return at + 1;
  }

  auto copy(std::size_t at, std::size_t end) -> std::size_t {
    out_.append(json_.substr(at, end - at));
    return end;
  }

  auto copy_flat(std::size_t at, std::size_t end) -> std::size_t {
    while (at < end) {
      auto c = json_[at];
      if (c == '"') {
        at = copy(at, end_of_string(json_, at));
        continue;
      }
      out_.push_back(c);
      if (c == ',' || c == ':')
        out_.push_back(' ');
      ++at;
    }
    return end;
  }

  std::string_view json_;
  std::size_t depth_;
  std::size_t indent_;
  std::string out_;
};

} // namespace

auto compact_json(std::string_view json) -> std::string {
  if (!json_document::parse(json)) {
    json_writer out;
    out.text(printable(json));
    return std::move(out).finish().value_or("null");
  }
  return compact_json_text(json);
}

auto pretty_json(std::string_view json, std::size_t indent) -> std::string {
  // Compacting has made sure that it is JSON; the layout relies on that.
  auto compact = compact_json(json);
  return json_layout(compact, indent).text();
}

} // namespace tusker::cli
