#include <order/ndjson_reader.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/temporary_folder.hpp>
#include <tusker_test/catch.hpp>

#include <fstream>

using namespace order_demo;
using tusker::cli::temporary_folder;

namespace {

/// A file that lives as long as the test.
class input_file {
public:
  explicit input_file(std::string_view content)
      : folder_(temporary_folder::make("tusker-test").value()), path_(folder_.path() / "lines.ndjson") {
    std::ofstream(path_, std::ios::binary) << content;
  }

  [[nodiscard]] auto path() const -> const std::filesystem::path& { return path_; }

  /// `number:text` of each line, `number!` of those with a fault.
  [[nodiscard]] auto lines() const -> std::vector<std::string> {
    auto reader = ndjson_reader::open(path_);
    REQUIRE(reader);
    std::vector<std::string> found;
    for (;;) {
      auto line = reader->next();
      REQUIRE(line);
      if (!*line)
        return found;
      auto number = std::to_string((*line)->number);
      found.push_back((*line)->fault.empty() ? number + ":" + (*line)->text : number + "!");
    }
  }

private:
  temporary_folder folder_;
  std::filesystem::path path_;
};

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("blank lines are passed over and counted") {
  CHECK(input_file("a\n\n \t\r\nb\n").lines() == lines{"1:a", "4:b"});
}

TEST_CASE("the last line needs no newline") {
  CHECK(input_file("a\nb").lines() == lines{"1:a", "2:b"});
}

TEST_CASE("an empty file has no lines") {
  CHECK(input_file("").lines().empty());
  CHECK(input_file("\n\n").lines().empty());
}

TEST_CASE("a byte order mark at the beginning is passed over, one in the middle is not") {
  CHECK(input_file("\xEF\xBB\xBFx\ny").lines() == lines{"1:x", "2:y"});
  CHECK(input_file("\xEF\xBB\xBF\ny").lines() == lines{"2:y"});
  CHECK(input_file("x\n\xEF\xBB\xBFy").lines() == lines{"1:x", "2:\xEF\xBB\xBFy"});
}

TEST_CASE("a line of the longest length is given, a longer one is a fault, the next line is read") {
  auto longest = std::string(ndjson_reader::line_bytes_max, 'x');
  CHECK(input_file(longest + "\nb").lines() == lines{"1:" + longest, "2:b"});
  CHECK(input_file("a\n" + longest + "x\nb").lines() == lines{"1:a", "2!", "3:b"});
  CHECK(input_file(longest + longest + longest).lines() == lines{"1!"});
}

TEST_CASE("lines that cross the buffer's edge stay whole") {
  lines expected;
  std::string content;
  for (int at = 1; at <= 5'000; ++at) {
    auto text = std::string(static_cast<std::size_t>(at % 97 + 1), 'z');
    content += text + "\n";
    expected.push_back(std::to_string(at) + ":" + text);
  }
  CHECK(input_file(content).lines() == expected);
}

TEST_CASE("a file that is not there, and a folder, cannot be opened") {
  auto missing = ndjson_reader::open("/nowhere/orders.ndjson");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code() == tusker::cli::cli_errc::cannot_open);
  CHECK(missing.error().message() == "/nowhere/orders.ndjson: No such file or directory");
  auto folder = ndjson_reader::open("/");
  REQUIRE_FALSE(folder);
  CHECK(folder.error().code() == tusker::cli::cli_errc::cannot_open);
}

TEST_CASE("progress goes from 0 to 1") {
  auto file = input_file("a\nb\n");
  auto reader = ndjson_reader::open(file.path());
  REQUIRE(reader);
  CHECK(reader->progress() == 0.0);
  while (reader->next().value()) {
  }
  CHECK(reader->progress() == 1.0);
}
