#include <tusker/persistence/journal_backup.hpp>

namespace tusker {

namespace {

auto make_copy(const std::filesystem::path& from, const std::filesystem::path& to, copy_form form,
               copy_identity identity) -> result<journal_copy> {
  auto draft = draft_folder::begin(to);
  if (!draft)
    return fail(draft.error());
  auto copy = copy_journal(from, *draft, form, identity);
  if (!copy)
    return copy;
  if (auto published = draft->publish(); !published)
    return fail(published.error());
  return copy;
}

} // namespace

auto back_up_journal(const std::filesystem::path& from, const std::filesystem::path& to, copy_form form)
    -> result<journal_copy> {
  return make_copy(from, to, form, copy_identity::same);
}

auto restore_journal(const std::filesystem::path& from, const std::filesystem::path& to)
    -> result<journal_copy> {
  return make_copy(from, to, copy_form::as_it_is, copy_identity::own);
}

} // namespace tusker
