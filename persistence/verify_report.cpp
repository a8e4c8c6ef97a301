#include <tusker/persistence/verify_report.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <bit>
#include <utility>

namespace tusker {

auto to_string(const verify_fault& fault) -> std::string {
  auto text = fault.table;
  if (!fault.place.empty())
    text += ", " + fault.place;
  return text + ": " + fault.what;
}

auto encode_report(const verify_report& report) -> std::string {
  byte_writer out;
  out.little(std::uint64_t{report.faults.size()});
  for (const auto& fault : report.faults)
    out.text(fault.table).text(fault.place).text(fault.what);
  out.little(report.faults_more).little(std::uint64_t{report.tables.size()});
  for (const auto& table : report.tables)
    out.text(table.name).little(table.entries).little(table.pages);
  out.raw(report.id.bytes).little(report.format_version);
  out.little(report.head.value())
      .little(report.log_commits)
      .little(report.free_pages)
      .little(report.lost_pages);
  out.little(std::bit_cast<std::uint64_t>(report.seconds));
  return std::move(out).take();
}

auto decode_report(std::string_view bytes) -> std::optional<verify_report> {
  byte_reader in(bytes);
  verify_report report;
  for (auto left = in.little<std::uint64_t>(); left > 0 && in.is_intact(); --left) {
    auto table = in.text();
    auto place = in.text();
    report.faults.push_back({std::move(table), std::move(place), in.text()});
  }
  report.faults_more = in.little<std::uint64_t>();
  for (auto left = in.little<std::uint64_t>(); left > 0 && in.is_intact(); --left) {
    auto name = in.text();
    auto entries = in.little<std::uint64_t>();
    report.tables.push_back({std::move(name), entries, in.little<std::uint64_t>()});
  }
  in.raw(report.id.bytes);
  report.format_version = in.little<std::uint32_t>();
  report.head = log_offset(in.little<std::uint64_t>());
  report.log_commits = in.little<std::uint64_t>();
  report.free_pages = in.little<std::uint64_t>();
  report.lost_pages = in.little<std::uint64_t>();
  report.seconds = std::bit_cast<double>(in.little<std::uint64_t>());
  return in.is_finished() ? std::optional(std::move(report)) : std::nullopt;
}

} // namespace tusker
