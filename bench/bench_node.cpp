#include <tusker/bench/bench_node.hpp>

#include <map>
#include <string>

namespace tusker::bench {

auto start_tally_node(const runtime_options& options) -> result<runtime> {
  auto node = runtime::open(options);
  if (!node)
    return node;
  if (auto started = node->add<tally>().start(); !started)
    return fail(started.error());
  return node;
}

auto add_one(runtime& node, std::uint64_t number) -> pending<receipt> {
  return node.dispatch<tally>(tally_key(number), add_to_tally{1});
}

auto are_tallies_right(const runtime& node, const answer_book& book) -> bool {
  return book.are_states_right([&node](std::uint64_t number) -> result<std::int64_t> {
    auto stored = node.load<tally>(tally_key(number));
    if (!stored)
      return fail(stored.error());
    return stored->state;
  });
}

void add_durable_option(CLI::App& command, durability& durable) {
  std::map<std::string, durability> known;
  for (const auto& [value, name] : enum_names<durability>)
    known.emplace(name, value);
  command.add_option("--durable,--durability", durable, "What an acknowledged command survives")
      ->transform(CLI::CheckedTransformer(known).description(""))
      ->type_name("strict|relaxed|volatile")
      ->default_str(std::string(name_of(durable)));
}

void add_commits_option(CLI::App& command, commit_way& commits) {
  std::map<std::string, commit_way> known;
  for (const auto& [value, name] : enum_names<commit_way>)
    known.emplace(name, value);
  command.add_option("--commits,--commit", commits, "The way of a commit to the disk")
      ->transform(CLI::CheckedTransformer(known).description(""))
      ->type_name("direct|logged")
      ->default_str(std::string(name_of(commits)));
}

} // namespace tusker::bench
