#include <tusker/persistence/read_store_check.hpp>

namespace tusker {

namespace {

auto add_model(const journal_reader& journal, const std::string& projection, const model_entry& model,
               std::vector<model_ahead>& ahead) -> result<void> {
  for (const auto& [log, offset] : model.offsets) {
    auto head = journal.head(log);
    if (!head)
      return fail(head.error());
    if (offset > *head)
      ahead.push_back({projection, model.number, log, offset, *head});
  }
  return {};
}

} // namespace

auto models_ahead_of(const journal_reader& journal, const read_store& store)
    -> result<std::vector<model_ahead>> {
  auto of_journal = journal.info();
  auto of_store = store.info();
  if (!of_journal || !of_store)
    return fail(of_journal ? of_store.error() : of_journal.error());
  if (of_journal->id != of_store->journal)
    return fail(read_store_errc::other_journal, "the read store was made of journal " +
                                                    to_string(of_store->journal) + ", this is journal " +
                                                    to_string(of_journal->id));
  auto projections = store.projections();
  if (!projections)
    return fail(projections.error());
  std::vector<model_ahead> ahead;
  for (const auto& projection : *projections) {
    if (auto added = add_model(journal, projection.name, projection.serving, ahead); !added)
      return fail(added.error());
    if (!projection.building)
      continue;
    if (auto added = add_model(journal, projection.name, *projection.building, ahead); !added)
      return fail(added.error());
  }
  return ahead;
}

} // namespace tusker
