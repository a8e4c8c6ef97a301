#include <tusker/persistence/read_store_codec.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <chrono>
#include <utility>

namespace tusker {

namespace {

constexpr std::uint8_t paused_flag = 1;

template <class Value>
auto if_finished(const byte_reader& in, Value value) -> std::optional<Value> {
  return in.is_finished() ? std::optional<Value>(std::move(value)) : std::nullopt;
}

void read_epochs(byte_reader& in, std::map<log_id, epoch>& epochs) {
  for (auto left = in.little<std::uint32_t>(); left > 0 && in.is_intact(); --left) {
    auto log = log_id(in.little<std::uint32_t>());
    // In the order of logs, none twice, none that was never claimed: one value has one form.
    auto is_next = epochs.empty() || epochs.rbegin()->first < log;
    auto current = epoch(in.little<std::uint64_t>());
    if (!is_next || current == epoch())
      in.refuse();
    else
      epochs.emplace(log, current);
  }
}

} // namespace

auto encode_projection(const stored_projection& projection) -> std::string {
  byte_writer out;
  out.little(projection.mode == projection_mode::paused ? paused_flag : std::uint8_t{0});
  out.little(projection.serving.value()).little(projection.building.value()).text(projection.last_error);
  out.little(static_cast<std::uint32_t>(projection.epochs.size()));
  for (const auto& [log, current] : projection.epochs)
    out.little(log.value()).little(current.value());
  return std::move(out).take();
}

auto decode_projection(std::string_view body) -> std::optional<stored_projection> {
  byte_reader in(body);
  stored_projection projection;
  auto flags = in.little<std::uint8_t>();
  if (flags > paused_flag)
    in.refuse();
  projection.mode = flags == paused_flag ? projection_mode::paused : projection_mode::running;
  projection.serving = model_number(in.little<std::uint64_t>());
  projection.building = model_number(in.little<std::uint64_t>());
  projection.last_error = in.text();
  read_epochs(in, projection.epochs);
  return if_finished(in, std::move(projection));
}

auto encode_model(const stored_model& model) -> std::string {
  return std::move(byte_writer().little(model.version.value()).bytes(model.projection)).take();
}

auto decode_model(std::string_view body) -> std::optional<stored_model> {
  byte_reader in(body);
  stored_model model;
  model.version = projection_version(in.little<std::uint32_t>());
  model.projection = in.rest();
  return if_finished(in, std::move(model));
}

auto encode_offset(const stored_offset& offset) -> std::string {
  auto time = static_cast<std::uint64_t>(offset.progressed.time_since_epoch().count());
  return std::move(byte_writer().little(offset.offset.value()).little(time)).take();
}

auto decode_offset(std::string_view body) -> std::optional<stored_offset> {
  byte_reader in(body);
  stored_offset offset;
  offset.offset = log_offset(in.little<std::uint64_t>());
  auto time = static_cast<std::int64_t>(in.little<std::uint64_t>());
  offset.progressed = timestamp(std::chrono::microseconds(time));
  return if_finished(in, offset);
}

auto encode_table(const stored_table& table) -> std::string {
  byte_writer out;
  out.little(table.number.value()).little(table.rows);
  for (const auto& index : table.indexes)
    out.text(index);
  return std::move(out).take();
}

auto decode_table(std::string_view body) -> std::optional<stored_table> {
  byte_reader in(body);
  stored_table table;
  table.number = table_number(in.little<std::uint64_t>());
  table.rows = in.little<std::uint64_t>();
  while (in.is_intact() && !in.is_finished())
    table.indexes.push_back(in.text());
  return if_finished(in, std::move(table));
}

auto encode_row(const std::vector<stored_index_key>& indexes, std::string_view value) -> std::string {
  byte_writer out;
  out.little(static_cast<std::uint16_t>(indexes.size()));
  for (const auto& entry : indexes)
    out.little(entry.index.value()).little(static_cast<std::uint16_t>(entry.key.size())).bytes(entry.key);
  return std::move(out.bytes(value)).take();
}

auto decode_row_value(std::string_view body) -> std::optional<std::string_view> {
  byte_reader in(body);
  for (auto left = in.little<std::uint16_t>(); left > 0 && in.is_intact(); --left) {
    (void)in.little<std::uint16_t>();
    (void)in.bytes(in.little<std::uint16_t>());
  }
  auto value = in.rest();
  return if_finished(in, value);
}

auto decode_row_indexes(std::string_view body) -> std::optional<std::vector<stored_index_key>> {
  byte_reader in(body);
  std::vector<stored_index_key> indexes;
  for (auto left = in.little<std::uint16_t>(); left > 0 && in.is_intact(); --left) {
    auto index = index_number(in.little<std::uint16_t>());
    auto entry = stored_index_key{index, std::string(in.bytes(in.little<std::uint16_t>()))};
    if (!indexes.empty() && entry <= indexes.back())
      in.refuse();
    indexes.push_back(std::move(entry));
  }
  (void)in.rest();
  return if_finished(in, std::move(indexes));
}

} // namespace tusker
