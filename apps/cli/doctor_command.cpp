#include <tusker/cli/doctor_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/journal_verify_command.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/left_over_drafts.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/size_text.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/persistence/journal_health.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tusker::cli {

namespace {

/// Faults that are told in full; `journal verify` tells more.
constexpr std::size_t faults_shown_max = 5;

auto name_of(health_verdict verdict) -> std::string_view {
  switch (verdict) {
  case health_verdict::nothing_here:
    return "nothing_here";
  case health_verdict::sound:
    return "sound";
  case health_verdict::in_use:
    return "in_use";
  case health_verdict::damaged:
    break;
  }
  return "damaged";
}

auto name_of(owner_state state) -> std::string_view {
  switch (state) {
  case owner_state::none:
    return "none";
  case owner_state::running:
    return "running";
  case owner_state::died:
    break;
  }
  return "died";
}

auto mode_text(unsigned mode) -> std::string {
  std::string digits = "0000";
  for (auto at = digits.size(); at-- > 0; mode /= 8)
    digits[at] = static_cast<char>('0' + mode % 8);
  return digits;
}

auto owner_text(owner_state owner, const std::string& id) -> std::string {
  auto process = id.empty() ? "a process" : "process " + id;
  switch (owner) {
  case owner_state::running:
    return process + " has it open";
  case owner_state::died:
    return process + " died without closing it";
  case owner_state::none:
    break;
  }
  return "nobody has it open";
}

void write_files(json_writer& out, const journal_health& health) {
  out.key("files");
  out.begin_array();
  for (const auto& file : health.files) {
    out.begin_object();
    json_field(out, "name", file.name);
    json_field(out, "present", file.is_present);
    json_field(out, "mode", mode_text(file.mode));
    json_field(out, "bytes", file.bytes);
    json_field(out, "problem", file.problem);
    out.end_object();
  }
  out.end_array();
}

void write_owner(json_writer& out, owner_state owner, const std::string& process) {
  out.key("owner");
  out.begin_object();
  json_field(out, "state", name_of(owner));
  json_field(out, "process", printable(process));
  out.end_object();
}

/// An object that was begun, ended, with the verification as its last member; without a newline.
auto with_verification(json_writer&& out, const std::optional<verify_report>& verified) -> std::string {
  out.end_object();
  auto json = json_line(std::move(out));
  json.pop_back();
  auto verification = verified ? verify_json(*verified) : "null\n";
  verification.pop_back();
  return with_json_member(std::move(json), "verification", verification);
}

auto read_store_json(const read_store_health& health) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "verdict", name_of(health.verdict));
  json_field(out, "cause", printable(health.cause));
  json_field(out, "advice", printable(health.advice));
  write_owner(out, health.owner, health.owner_process);
  json_field(out, "alarm", printable(health.alarm));
  return with_verification(std::move(out), health.verified);
}

auto drafts_json(const std::vector<left_over_draft>& drafts) -> std::string {
  json_writer out;
  out.begin_array();
  for (const auto& each : drafts) {
    out.begin_object();
    json_field(out, "name", printable(each.place.string()));
    json_field(out, "bytes", each.bytes);
    out.end_object();
  }
  out.end_array();
  return std::move(out).finish().value_or("[]");
}

auto drafts_text(const std::vector<left_over_draft>& drafts) -> std::string {
  std::string text;
  for (const auto& each : drafts)
    text += std::string(text.empty() ? "Left over:  " : "            ") + printable(each.place.string()) +
            ", " + mebibytes_text(each.bytes) +
            ": a copy that is being made, or was not finished; the next attempt removes it, or you do\n";
  return text;
}

auto health_json(const journal_health& health, const std::vector<left_over_draft>& drafts) -> std::string {
  json_writer out;
  out.begin_object();
  json_field(out, "verdict", name_of(health.verdict));
  json_field(out, "cause", printable(health.cause));
  json_field(out, "advice", printable(health.advice));
  write_owner(out, health.owner, health.owner_process);
  json_field(out, "alarm", printable(health.alarm));
  write_files(out, health);
  json_field(out, "data_bytes", health.data_bytes);
  json_field(out, "map_bytes", health.map_bytes);
  json_field(out, "disk_free_bytes", health.disk_free_bytes);
  auto json = with_verification(std::move(out), health.verified);
  json = with_json_member(std::move(json), "left_over", drafts_json(drafts));
  return with_json_member(std::move(json), "read_store", read_store_json(health.read_store)) + "\n";
}

auto files_text(const journal_health& health, const terminal& where) -> std::string {
  text_table table({{"File", alignment::left},
                    {"Mode", alignment::left},
                    {"Bytes", alignment::right},
                    {"Remark", alignment::left}});
  for (const auto& file : health.files)
    table.add_row({file.name, file.is_present ? mode_text(file.mode) : "absent",
                   file.is_present ? grouped(file.bytes) : "", file.problem});
  return table.to_text(where);
}

/// `clean` is what to say of a report without faults.
auto verification_text(const std::string& title, const verify_report& report, const std::string& clean)
    -> std::string {
  if (report.is_clean())
    return title + clean + ", in " + fixed(report.seconds, 2) + " s\n";
  auto count = report.faults.size() + report.faults_more;
  auto text = title + grouped(count) + (count == 1 ? " fault\n" : " faults\n");
  for (std::size_t at = 0; at < report.faults.size() && at < faults_shown_max; ++at)
    text += "            " + printable(to_string(report.faults[at])) + "\n";
  return text;
}

auto read_store_text(const read_store_health& health) -> std::string {
  const auto* title = "Read store: ";
  if (!health.verified)
    return title + (health.cause.empty() ? "none" : printable(health.cause)) + "\n";
  auto text = verification_text(title, *health.verified, "no faults");
  if (!health.alarm.empty())
    text += "            its alarm was raised: " + printable(health.alarm) + "\n";
  if (health.owner != owner_state::none)
    text += "            " + printable(owner_text(health.owner, health.owner_process)) + "\n";
  return text;
}

auto verdict_text(const journal_health& health, const terminal& where) -> std::string {
  auto advice = "; " + printable(health.advice) + "\n";
  switch (health.verdict) {
  case health_verdict::sound:
    return styled("✔ sound", text_style::good, where) + advice;
  case health_verdict::in_use:
    return styled("✔ sound and in use", text_style::good, where) + advice;
  case health_verdict::damaged:
    return styled("✘ damaged", text_style::bad, where) + ": " + printable(health.cause) + advice;
  case health_verdict::nothing_here:
    break;
  }
  auto cause = health.cause.empty() ? "" : ": " + printable(health.cause);
  return styled("✘ nothing here", text_style::bad, where) + cause + advice;
}

auto health_text(const journal_health& health, const std::vector<left_over_draft>& drafts) -> std::string {
  auto where = inspect_terminal(1);
  auto text = files_text(health, where);
  text += "Owner:      " + printable(owner_text(health.owner, health.owner_process)) + "\n";
  text += "Alarm:      " + (health.alarm.empty() ? "none" : printable(health.alarm)) + "\n";
  text += "Space:      " + mebibytes_text(health.data_bytes) + " of at most " +
          mebibytes_text(health.map_bytes) + " mapped, " + mebibytes_text(health.disk_free_bytes) +
          " free on the disk\n";
  if (health.verified)
    text += verification_text("Verified:   ", *health.verified,
                              "no faults up to offset " + grouped(health.verified->head.value())) +
            read_store_text(health.read_store);
  return text + drafts_text(drafts) + verdict_text(health, where);
}

auto status_of(health_verdict verdict) -> exit_status {
  switch (verdict) {
  case health_verdict::sound:
  case health_verdict::in_use:
    return exit_status::ok;
  case health_verdict::nothing_here:
    return exit_status::not_found;
  case health_verdict::damaged:
    break;
  }
  return exit_status::failed;
}

} // namespace

auto run_doctor(const data_options& options) -> exit_status {
  auto health = examine_journal(options.data);
  if (!health)
    return report_error(options.program, health.error(), options.format());
  auto drafts = find_left_over_drafts(options.data);
  print(options.as_json ? health_json(*health, drafts) : health_text(*health, drafts));
  return status_of(health->verdict);
}

} // namespace tusker::cli
