#include <tusker/persistence/lmdb_page.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>

namespace tusker {

namespace {

constexpr std::size_t page_header_bytes = 16;
constexpr std::size_t node_header_bytes = 8;
constexpr std::uint16_t branch_flag = 0x01;
constexpr std::uint16_t leaf_flag = 0x02;
constexpr std::uint16_t overflow_flag = 0x04;
constexpr std::uint16_t big_data_flag = 0x01;
constexpr std::uint16_t table_flag = 0x02;

auto broken(std::string what) -> tl::unexpected<error> {
  return fail(journal_errc::corrupt, std::move(what));
}

struct page_header {
  std::uint16_t flags = 0;
  std::uint16_t lower = 0;
  std::uint16_t upper = 0;
};

auto decode_header(page_number number, std::string_view bytes) -> result<page_header> {
  byte_reader in(bytes);
  auto stands = in.little<std::uint64_t>();
  (void)in.bytes(2);
  page_header header;
  header.flags = in.little<std::uint16_t>();
  header.lower = in.little<std::uint16_t>();
  header.upper = in.little<std::uint16_t>();
  if (stands != number)
    return broken("it says that it is page " + std::to_string(stands));
  if (header.flags != branch_flag && header.flags != leaf_flag)
    return broken("it is no page of a tree: its flags are " + std::to_string(header.flags));
  if (header.lower < page_header_bytes || header.lower % 2 != 0 || header.upper < header.lower ||
      header.upper > bytes.size())
    return broken("its bounds are " + std::to_string(header.lower) + " and " + std::to_string(header.upper));
  return header;
}

/// The value of a leaf's node, of which `rest` is what follows the key.
auto take_value(lmdb_node& node, std::uint16_t flags, std::string_view rest) -> bool {
  if ((flags & ~(big_data_flag | table_flag)) != 0)
    return false;
  node.is_overflowing = (flags & big_data_flag) != 0;
  node.is_table = (flags & table_flag) != 0;
  auto stored = node.is_overflowing ? sizeof(page_number) : node.value_bytes;
  if (stored > rest.size() || (node.is_table && (node.is_overflowing || stored != lmdb_tree::stored_bytes)))
    return false;
  if (node.is_overflowing)
    node.page = byte_reader(rest).little<page_number>();
  else
    node.value = rest.substr(0, stored);
  return true;
}

/// The node at `at`; its length in the page, 0 when it does not fit there.
auto decode_node(std::string_view bytes, std::size_t at, lmdb_page_kind kind, lmdb_node& node)
    -> std::size_t {
  byte_reader in(bytes.substr(at));
  auto low = std::uint64_t{in.little<std::uint16_t>()};
  auto high = std::uint64_t{in.little<std::uint16_t>()};
  auto flags = in.little<std::uint16_t>();
  auto key_bytes = in.little<std::uint16_t>();
  node.key = in.bytes(key_bytes);
  if (!in.is_intact())
    return 0;
  auto length = node_header_bytes + key_bytes;
  if (kind == lmdb_page_kind::branch) {
    // A branch has no value, so that the flags' place is the upper part of the child's number.
    node.page = low | (high << 16U) | (std::uint64_t{flags} << 32U);
  } else {
    node.value_bytes = low | (high << 16U);
    if (!take_value(node, flags, in.rest()))
      return 0;
    length += node.is_overflowing ? sizeof(page_number) : node.value_bytes;
  }
  return length + length % 2;
}

} // namespace

auto decode_page(page_number number, std::string_view bytes) -> result<lmdb_page> {
  auto header = decode_header(number, bytes);
  if (!header)
    return fail(header.error());
  lmdb_page page;
  page.kind = header->flags == branch_flag ? lmdb_page_kind::branch : lmdb_page_kind::leaf;
  auto count = (header->lower - page_header_bytes) / sizeof(std::uint16_t);
  byte_reader places(bytes.substr(page_header_bytes));
  std::size_t used = 0;
  for (std::size_t at = 0; at < count; ++at) {
    auto place = places.little<std::uint16_t>();
    auto length = place >= header->upper && place % 2 == 0 && place < bytes.size()
                      ? decode_node(bytes, place, page.kind, page.nodes.emplace_back())
                      : 0;
    if (length == 0)
      return broken("its entry " + std::to_string(at) + " lies outside of it");
    used += length;
  }
  // LMDB keeps the entries of a page packed, so that any that overlap or leave a hole are found out.
  if (used != bytes.size() - header->upper)
    return broken("its entries have " + std::to_string(used) + " bytes of " +
                  std::to_string(bytes.size() - header->upper));
  return page;
}

auto decode_overflow(page_number number, std::string_view head, std::uint64_t value_bytes,
                     std::size_t page_bytes) -> result<std::uint64_t> {
  byte_reader in(head);
  auto stands = in.little<std::uint64_t>();
  (void)in.bytes(2);
  auto flags = in.little<std::uint16_t>();
  auto pages = std::uint64_t{in.little<std::uint32_t>()};
  if (!in.is_intact() || stands != number || flags != overflow_flag)
    return broken("it is not the overflow page that it should be");
  auto needed = (page_header_bytes - 1 + value_bytes) / page_bytes + 1;
  // More than needed are there where a shorter value replaced a longer one.
  if (pages < needed)
    return broken("it has " + std::to_string(pages) + " pages for a value that takes " +
                  std::to_string(needed));
  return pages;
}

} // namespace tusker
