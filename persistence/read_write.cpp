#include <tusker/persistence/read_write.hpp>

namespace tusker {

namespace {

struct sizes {
  auto operator()(const put_row& put) const -> std::size_t {
    auto bytes = put.key.size() + put.value.size();
    for (const auto& entry : put.indexes)
      bytes += entry.key.size();
    return bytes;
  }
  auto operator()(const erase_row& erase) const -> std::size_t { return erase.key.size(); }
  auto operator()(const clear_table& /*clear*/) const -> std::size_t { return 0; }
};

} // namespace

auto entries_in(const read_write& write) -> std::size_t {
  const auto* put = std::get_if<put_row>(&write);
  return put == nullptr ? 1 : 1 + put->indexes.size();
}

auto size_of(const read_write& write) -> std::size_t {
  return std::visit(sizes(), write);
}

auto table_of(const read_write& write) -> const std::string& {
  return std::visit([](const auto& change) -> const std::string& { return change.table; }, write);
}

} // namespace tusker
