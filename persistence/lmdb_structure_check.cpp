#include <tusker/persistence/lmdb_structure_check.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace tusker {

namespace {

constexpr page_number first_data_page = 2;
/// LMDB's own trees, in reports.
constexpr std::string_view own_pages = "pages";
constexpr std::uint16_t integer_key_flag = 0x08;

auto page_text(page_number page) -> std::string {
  return "page " + std::to_string(page);
}

/// Whether one key comes before another: as bytes, or in the free list as numbers of this machine.
auto is_before(std::string_view left, std::string_view right, std::uint16_t flags) -> bool {
  if ((flags & integer_key_flag) == 0)
    return left < right;
  return byte_reader(left).little<std::uint64_t>() < byte_reader(right).little<std::uint64_t>();
}

} // namespace

/// The walk over one tree: what it is to be, and what was counted so far.
struct lmdb_structure_check::walk {
  std::string_view table;
  lmdb_tree tree;
  /// Called for each leaf entry with its key and whole value; none when values do not matter.
  std::function<void(const lmdb_node&, std::string_view)> entry = {};
  std::uint64_t branch_pages = 0;
  std::uint64_t leaf_pages = 0;
  std::uint64_t overflow_pages = 0;
  std::uint64_t entries = 0;
};

/// The keys that a page may hold: from `low` on, below `high`.
struct lmdb_structure_check::bounds {
  std::optional<std::string> low;
  std::optional<std::string> high;
};

lmdb_structure_check::lmdb_structure_check(const lmdb_data_file& file, std::size_t page_bytes,
                                           const lmdb_meta& meta, verify_notes& notes)
    : file_(file), page_bytes_(page_bytes), meta_(meta), notes_(notes), used_(meta.last_page) {}

auto lmdb_structure_check::run() -> result<std::vector<checked_table>> {
  auto tables = check_tables();
  if (!tables)
    return tables;
  if (auto checked = check_free_list(); !checked)
    return fail(checked.error());
  return tables;
}

auto lmdb_structure_check::read_page(page_number page) -> result<std::string> {
  return file_.read(page * page_bytes_, page_bytes_);
}

auto lmdb_structure_check::take(walk& at, page_number page) -> bool {
  notes_.step(page);
  if (page < first_data_page || page > used_.last()) {
    notes_.fault(at.table, page_text(page),
                 "there is no such page: the last one is " + std::to_string(used_.last()));
    return false;
  }
  if (used_.insert(page))
    return true;
  notes_.fault(at.table, page_text(page), "it is used twice");
  return false;
}

auto lmdb_structure_check::visit(walk& at, page_number number, unsigned level, const bounds& within)
    -> result<void> {
  if (!take(at, number))
    return {};
  auto bytes = read_page(number);
  if (!bytes)
    return fail(bytes.error());
  if (bytes->size() < page_bytes_) {
    notes_.fault(at.table, page_text(number), "the file ends before or within it");
    return {};
  }
  auto page = decode_page(number, *bytes);
  if (!page) {
    notes_.fault(at.table, page_text(number), page.error().message());
    return {};
  }
  auto is_leaf = page->kind == lmdb_page_kind::leaf;
  if (is_leaf != (level == at.tree.depth)) {
    notes_.fault(at.table, page_text(number),
                 "it is at level " + std::to_string(level) + " of " + std::to_string(at.tree.depth) +
                     ", where another kind belongs");
    return {};
  }
  check_order(at, number, *page, within);
  ++(is_leaf ? at.leaf_pages : at.branch_pages);
  return is_leaf ? visit_entries(at, *page) : visit_children(at, *page, level, within);
}

void lmdb_structure_check::check_order(walk& at, page_number number, const lmdb_page& page,
                                       const bounds& within) {
  // The first key of a branch stands for all that is below the second: LMDB never looks at it.
  auto is_branch = page.kind == lmdb_page_kind::branch;
  // Only the free list may have a branch with one child.
  auto is_free_list = (at.tree.flags & integer_key_flag) != 0;
  if (page.nodes.size() < (is_branch && !is_free_list ? 2U : 1U))
    notes_.fault(at.table, page_text(number), "it has too few entries: " + std::to_string(page.nodes.size()));
  for (std::size_t entry = is_branch ? 1 : 0; entry < page.nodes.size(); ++entry) {
    auto key = page.nodes[entry].key;
    auto is_first = entry == (is_branch ? 1U : 0U);
    auto is_in_order = is_first || is_before(page.nodes[entry - 1].key, key, at.tree.flags);
    auto is_within = !(within.low && is_before(key, *within.low, at.tree.flags)) &&
                     !(within.high && !is_before(key, *within.high, at.tree.flags));
    if (!key.empty() && is_in_order && is_within)
      continue;
    notes_.fault(at.table, page_text(number),
                 "the key of its entry " + std::to_string(entry) + " is out of order");
    return;
  }
}

auto lmdb_structure_check::visit_children(walk& at, const lmdb_page& page, unsigned level,
                                          const bounds& within) -> result<void> {
  for (std::size_t child = 0; child < page.nodes.size(); ++child) {
    bounds inner = within;
    if (child > 0)
      inner.low = std::string(page.nodes[child].key);
    if (child + 1 < page.nodes.size())
      inner.high = std::string(page.nodes[child + 1].key);
    if (auto visited = visit(at, page.nodes[child].page, level + 1, inner); !visited)
      return visited;
  }
  return {};
}

auto lmdb_structure_check::visit_entries(walk& at, const lmdb_page& page) -> result<void> {
  at.entries += page.nodes.size();
  for (const auto& node : page.nodes) {
    if (node.is_overflowing) {
      if (auto visited = visit_overflow(at, node); !visited)
        return visited;
    } else if (at.entry) {
      at.entry(node, node.value);
    }
  }
  return {};
}

auto lmdb_structure_check::visit_overflow(walk& at, const lmdb_node& node) -> result<void> {
  if (!take(at, node.page))
    return {};
  auto head = file_.read(node.page * page_bytes_, 16);
  if (!head)
    return fail(head.error());
  auto pages = decode_overflow(node.page, *head, node.value_bytes, page_bytes_);
  if (!pages) {
    notes_.fault(at.table, page_text(node.page), pages.error().message());
    return {};
  }
  for (std::uint64_t more = 1; more < *pages; ++more)
    if (!take(at, node.page + more))
      return {};
  at.overflow_pages += *pages;
  // Longer than the file it cannot be: its pages were all in range.
  auto size = at.entry ? static_cast<std::size_t>(node.value_bytes) : std::size_t{0};
  auto value = file_.read(node.page * page_bytes_ + 16, size);
  if (!value)
    return fail(value.error());
  if (auto bytes = file_.bytes(); bytes && (node.page + *pages) * page_bytes_ > *bytes)
    notes_.fault(at.table, page_text(node.page), "the file ends within its overflow pages");
  else if (at.entry)
    at.entry(node, *value);
  return {};
}

void lmdb_structure_check::check_counts(walk& at) {
  auto expect = [&](std::uint64_t noted, std::uint64_t counted, std::string_view of) {
    if (noted != counted)
      notes_.fault(at.table, "",
                   "it should have " + std::to_string(noted) + " " + std::string(of) + " and has " +
                       std::to_string(counted));
  };
  expect(at.tree.entries, at.entries, "entries");
  expect(at.tree.branch_pages, at.branch_pages, "branch pages");
  expect(at.tree.leaf_pages, at.leaf_pages, "leaf pages");
  expect(at.tree.overflow_pages, at.overflow_pages, "overflow pages");
}

auto lmdb_structure_check::check_tree(walk& at) -> result<bool> {
  auto before = notes_.faults();
  notes_.enter(at.table, "page");
  if (at.tree.root != lmdb_tree::no_root)
    if (auto visited = visit(at, at.tree.root, 1, {}); !visited)
      return fail(visited.error());
  // Counts of a tree that has lost pages would only repeat that.
  if (notes_.faults() == before)
    check_counts(at);
  return notes_.faults() == before;
}

auto lmdb_structure_check::check_tables() -> result<std::vector<checked_table>> {
  std::vector<std::pair<std::string, lmdb_tree>> found;
  walk main{own_pages, meta_.tables, [&](const lmdb_node& node, std::string_view value) {
              if (!node.is_table) {
                notes_.fault(own_pages, "", "the list of tables has an entry that is no table");
                return;
              }
              byte_reader in(value);
              found.emplace_back(node.key, decode_tree(in));
            }};
  if (auto checked = check_tree(main); !checked)
    return fail(checked.error());
  std::vector<checked_table> tables;
  for (const auto& [name, tree] : found) {
    walk at{name, tree};
    auto before = notes_.faults();
    if (tree.flags != 0 || tree.pad != 0 || (tree.root == lmdb_tree::no_root) != (tree.depth == 0))
      notes_.fault(name, "", "its entry in the list of tables is not one of a journal's table");
    auto checked = check_tree(at);
    if (!checked)
      return fail(checked.error());
    tables.push_back(
        {name, at.entries, at.branch_pages + at.leaf_pages + at.overflow_pages, notes_.faults() == before});
  }
  return tables;
}

void lmdb_structure_check::count_free(std::string_view key, std::string_view numbers, lmdb_page_set& free) {
  auto transaction = byte_reader(key).little<std::uint64_t>();
  auto place = "free list of transaction " + std::to_string(transaction);
  byte_reader in(numbers);
  auto count = in.little<std::uint64_t>();
  if (key.size() != sizeof transaction || transaction > meta_.transaction ||
      count > numbers.size() / sizeof(page_number) - 1) {
    notes_.fault(own_pages, place, "it is none");
    return;
  }
  for (std::uint64_t at = 0; at < count; ++at) {
    auto page = in.little<page_number>();
    if (page < first_data_page || page > free.last())
      notes_.fault(own_pages, place, "there is no page " + std::to_string(page));
    else if (!free.insert(page))
      notes_.fault(own_pages, place, page_text(page) + " is free twice");
    else if (used_.contains(page))
      notes_.fault(own_pages, place, page_text(page) + " is free and in use");
  }
}

auto lmdb_structure_check::check_length(const lmdb_page_set& free) -> result<void> {
  auto bytes = file_.bytes();
  if (!bytes)
    return fail(bytes.error());
  // LMDB does not write a page that one transaction both made and freed, so a sound file may lack such at its end.
  for (auto page = *bytes / page_bytes_; page <= meta_.last_page; ++page) {
    if (free.contains(page))
      continue;
    notes_.fault(own_pages, page_text(page), "the file ends before or within it, and it is not free");
    break;
  }
  return {};
}

auto lmdb_structure_check::check_free_list() -> result<void> {
  lmdb_page_set free(meta_.last_page);
  std::vector<std::pair<std::string, std::string>> lists;
  walk at{own_pages, meta_.free_list,
          [&](const lmdb_node& node, std::string_view value) { lists.emplace_back(node.key, value); }};
  if (auto checked = check_tree(at); !checked)
    return fail(checked.error());
  // Once all pages are known that are in use, those of the free list itself included.
  for (const auto& [key, numbers] : lists)
    count_free(key, numbers, free);
  if (auto checked = check_length(free); !checked)
    return checked;
  auto& report = notes_.report();
  report.free_pages = free.count();
  auto accounted = first_data_page + used_.count() + free.count();
  auto pages = meta_.last_page + 1;
  report.lost_pages = notes_.faults() == 0 && pages > accounted ? pages - accounted : 0;
  return {};
}

} // namespace tusker
