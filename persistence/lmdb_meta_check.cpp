#include <tusker/persistence/lmdb_meta_check.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <bit>
#include <optional>
#include <utility>

namespace tusker {

namespace {

static_assert(
    std::endian::native == std::endian::little && sizeof(std::size_t) == 8,
    "LMDB's files have the machine's byte order and word size; this reads those of 64-bit machines");

constexpr std::uint32_t lmdb_magic = 0xBEEFC0DE;
constexpr std::uint32_t lmdb_data_version = 1;
constexpr std::uint16_t meta_page_flag = 0x08;
constexpr std::uint16_t integer_key_flag = 0x08;
constexpr std::uint16_t first_opened_as_file = 0x4000; // MDB_NOSUBDIR
constexpr std::size_t page_bytes_min = 512;
constexpr std::size_t page_bytes_max = 32'768;
constexpr std::size_t meta_bytes = 152;
constexpr page_number first_data_page = 2;
constexpr std::uint16_t depth_max = 32;
/// A writer that commits without a pause changes the pages between two readings, but not so many times in a row.
constexpr int readings_max = 100;

/// A meta page as it stands, before anything about it is believed.
struct raw_meta {
  page_number number = 0;
  std::uint16_t page_flags = 0;
  std::uint32_t magic = 0;
  std::uint32_t version = 0;
  lmdb_meta meta;
};

auto decode_meta(std::string_view bytes) -> raw_meta {
  byte_reader in(bytes);
  raw_meta raw;
  raw.number = in.little<std::uint64_t>();
  (void)in.bytes(2);
  raw.page_flags = in.little<std::uint16_t>();
  (void)in.bytes(4);
  raw.magic = in.little<std::uint32_t>();
  raw.version = in.little<std::uint32_t>();
  (void)in.bytes(8); // where the map was, in environments that want it there
  raw.meta.map_bytes = in.little<std::uint64_t>();
  raw.meta.free_list = decode_tree(in);
  raw.meta.tables = decode_tree(in);
  raw.meta.last_page = in.little<std::uint64_t>();
  raw.meta.transaction = in.little<std::uint64_t>();
  return raw;
}

auto is_lmdb(const raw_meta& raw) -> bool {
  return raw.magic == lmdb_magic && (raw.page_flags & meta_page_flag) != 0;
}

auto is_page_size(std::uint64_t bytes) -> bool {
  return bytes >= page_bytes_min && bytes <= page_bytes_max && std::has_single_bit(bytes);
}

/// What is wrong with a tree's note, if anything is.
auto tree_problem(const lmdb_tree& tree, page_number last_page, std::string_view name)
    -> std::optional<std::string> {
  if (tree.root == lmdb_tree::no_root) {
    if (tree.depth != 0 || tree.entries != 0)
      return std::string(name) + " has entries and no root";
    return std::nullopt;
  }
  if (tree.root < first_data_page || tree.root > last_page)
    return "the root of " + std::string(name) + " is page " + std::to_string(tree.root) +
           ", the last page is " + std::to_string(last_page);
  if (tree.depth == 0 || tree.depth > depth_max)
    return std::string(name) + " has depth " + std::to_string(tree.depth);
  return std::nullopt;
}

/// What keeps a page from being one of the two meta pages of an environment, if anything does.
auto identity_problem(const raw_meta& raw, std::size_t at, std::size_t page_bytes)
    -> std::optional<std::string> {
  const auto& meta = raw.meta;
  if (raw.number != at || raw.page_flags != meta_page_flag)
    return "it is not marked as one";
  if (meta.free_list.pad != page_bytes)
    return "it has another page size";
  // LMDB notes here how the file was first opened: when it is made, it is a file without a folder of its own.
  if ((meta.free_list.flags & ~first_opened_as_file) != integer_key_flag || meta.tables.flags != 0)
    return "it has flags that no journal has";
  // LMDB writes transaction n to page n mod 2 and takes it from there.
  if (meta.transaction != 0 && meta.transaction % 2 != at)
    return "it holds transaction " + std::to_string(meta.transaction) + ", which belongs to the other one";
  return std::nullopt;
}

/// What is wrong with the transaction that the newest meta page holds. The older page is not asked: it is not used, and
/// where the write of a commit's meta page failed LMDB leaves it with the commit's roots under the old number.
auto content_problem(const lmdb_meta& meta, std::size_t page_bytes) -> std::optional<std::string> {
  if (meta.last_page < 1)
    return "it counts no pages";
  if (meta.last_page >= meta.map_bytes / page_bytes)
    return "it counts " + std::to_string(meta.last_page) + " pages, more than a map of " +
           std::to_string(meta.map_bytes) + " bytes has";
  if (auto problem = tree_problem(meta.free_list, meta.last_page, "the free list"))
    return problem;
  return tree_problem(meta.tables, meta.last_page, "the list of tables");
}

auto damaged(const lmdb_data_file& file, std::size_t at, const std::string& problem)
    -> tl::unexpected<error> {
  return fail(journal_errc::corrupt,
              file.path().string() + ": meta page " + std::to_string(at) + " is damaged: " + problem);
}

auto check_kind(const lmdb_data_file& file, const std::array<raw_meta, 2>& raws) -> result<void> {
  if (!is_lmdb(raws[0]) && !is_lmdb(raws[1]))
    return fail(journal_errc::unsupported_format, file.path().string() + " is no LMDB environment");
  for (std::size_t at = 0; at < raws.size(); ++at) {
    if (!is_lmdb(raws[at]))
      return damaged(file, at, "it does not begin as one");
    if (raws[at].version != lmdb_data_version && raws[at].version == raws[1 - at].version)
      return fail(journal_errc::unsupported_format,
                  file.path().string() + " has LMDB's format " + std::to_string(raws[at].version) +
                      ", this program knows format " + std::to_string(lmdb_data_version));
    if (raws[at].version != lmdb_data_version)
      return damaged(file, at, "it names LMDB's format " + std::to_string(raws[at].version));
  }
  return {};
}

auto check_content(const lmdb_data_file& file, const std::array<raw_meta, 2>& raws, std::size_t page_bytes)
    -> result<void> {
  for (std::size_t at = 0; at < raws.size(); ++at)
    if (auto problem = identity_problem(raws[at], at, page_bytes))
      return damaged(file, at, *problem);
  auto first = raws[0].meta.transaction;
  auto second = raws[1].meta.transaction;
  auto newest = std::size_t{second > first ? 1U : 0U};
  if (auto problem = content_problem(raws[newest].meta, page_bytes))
    return damaged(file, newest, *problem);
  auto apart = first > second ? first - second : second - first;
  // Both are 0 in an environment that nothing was committed to.
  if (apart == 1 || (first == 0 && second == 0))
    return {};
  return damaged(file, first < second ? 0 : 1,
                 "the pages hold transactions " + std::to_string(first) + " and " + std::to_string(second) +
                     ", which do not follow each other");
}

/// The bytes of both meta pages; the second one's place depends on the first.
using meta_bytes_pair = std::array<std::string, 2>;

auto read_bytes(const lmdb_data_file& file) -> result<meta_bytes_pair> {
  auto first = file.read(0, meta_bytes);
  if (!first)
    return fail(first.error());
  auto page_bytes = std::uint64_t{decode_meta(*first).meta.free_list.pad};
  // A first page that is damaged still may have a neighbour that tells a journal from a foreign file.
  auto second = file.read(is_page_size(page_bytes) ? page_bytes : 4'096, meta_bytes);
  if (!second)
    return fail(second.error());
  return meta_bytes_pair{std::move(*first), std::move(*second)};
}

auto judge(const lmdb_data_file& file, const meta_bytes_pair& bytes) -> result<lmdb_metas> {
  auto raws = std::array{decode_meta(bytes[0]), decode_meta(bytes[1])};
  if (auto checked = check_kind(file, raws); !checked)
    return fail(checked.error());
  auto page_bytes = std::size_t{raws[0].meta.free_list.pad};
  if (!is_page_size(page_bytes))
    return damaged(file, 0, "a page cannot have " + std::to_string(page_bytes) + " bytes");
  if (auto checked = check_content(file, raws, page_bytes); !checked)
    return fail(checked.error());
  return lmdb_metas{{raws[0].meta, raws[1].meta}, page_bytes};
}

} // namespace

auto decode_tree(byte_reader& in) -> lmdb_tree {
  lmdb_tree tree;
  tree.pad = in.little<std::uint32_t>();
  tree.flags = in.little<std::uint16_t>();
  tree.depth = in.little<std::uint16_t>();
  tree.branch_pages = in.little<std::uint64_t>();
  tree.leaf_pages = in.little<std::uint64_t>();
  tree.overflow_pages = in.little<std::uint64_t>();
  tree.entries = in.little<std::uint64_t>();
  tree.root = in.little<std::uint64_t>();
  return tree;
}

auto read_metas(const lmdb_data_file& file) -> result<lmdb_metas> {
  auto bytes = read_bytes(file);
  if (!bytes)
    return fail(bytes.error());
  for (int reading = 1;; ++reading) {
    auto judged = judge(file, *bytes);
    if (judged)
      return judged;
    auto again = read_bytes(file);
    if (!again)
      return fail(again.error());
    // A fault counts once two readings agree: otherwise a commit went on between or within them.
    if (*again == *bytes || reading == readings_max)
      return judged;
    bytes = std::move(again);
  }
}

} // namespace tusker
