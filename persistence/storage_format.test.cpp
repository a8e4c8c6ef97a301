#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <array>
#include <cstdio>

// Pins every byte of the worked example in docs/storage_format.md, as a real journal has it on its disk.

namespace tusker {

using namespace sample;

namespace {

auto to_hex(std::string_view bytes) -> std::string {
  std::string hex;
  for (auto byte : bytes) {
    auto text = std::array<char, 3>{};
    std::snprintf(text.data(), text.size(), "%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    hex.append(text.data());
  }
  return hex;
}

/// The item of the worked example.
auto example_item() -> append_item {
  auto seven = [](std::string_view last) {
    return must(parse_uuid("019aaffb-0740-7000-8000-0000000000" + std::string(last)));
  };
  append_item item;
  item.shard_epoch = epoch(1);
  item.stream = stream_named("order-1");
  item.shard = shard_of(item.stream, shard_count(64));
  item.expected = no_stream;
  item.command = command_id(seven("01"));
  item.command_hash = hash_of_text("place");
  item.time = must(parse_timestamp("2026-11-23T09:30:00.000001Z"));
  item.events.resize(1);
  item.events[0].id = event_id(seven("02"));
  item.events[0].content = {"OrderPlaced", schema_version(1), R"({"cents":5})"};
  item.events[0].meta.user = {{"k", "v"}};
  item.events[0].time = item.time;
  item.timers = {{{item.time, seven("03")}, item.stream, {"Remind", schema_version(1), "{}"}}};
  item.outbox = {{seven("04"), "payment-1", {"Pay", schema_version(1), "{}"}, {}}};
  item.notes = {{"cursor", {"Cursor", schema_version(1), R"({"at":1})"}}};
  item.snapshot = stored_snapshot{stream_version(1), item.time, {"Order", schema_version(1), R"({"n":1})"}};
  return item;
}

/// All entries of a table, a line each: key, two points, value.
auto dump(const lmdb_transaction& transaction, MDB_dbi table) -> std::vector<std::string> {
  std::vector<std::string> lines;
  auto cursor = must(lmdb_cursor::open(transaction, table));
  for (auto found = must(cursor.move(MDB_FIRST)); found; found = must(cursor.move(MDB_NEXT)))
    lines.push_back(to_hex(cursor.key()) + ":" + to_hex(cursor.value()));
  return lines;
}

void write_example(const journal_options& options) {
  auto journal = must(open_lmdb_journal(options));
  auto item = example_item();
  REQUIRE(must(journal->claim(std::array{shard_claim{item.shard, epoch(0)}}, "anna")) ==
          std::vector{epoch(1)});
  record(*journal, {item});
}

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("a journal has the bytes of the worked example in docs/storage_format.md") {
  tusker_test::temporary_folder folder;
  auto options = journal_options();
  options.directory = folder.path();
  options.commits = commit_way::direct;
  write_example(options);
  auto store = must(open_lmdb_store(options));
  auto transaction = must(lmdb_transaction::begin(store.env.get(), MDB_RDONLY));
  const auto& tables = store.tables;
  CHECK(
      dump(transaction, tables.events) ==
      lines{"0000000000000001:b99c7fbf89000000010000000000000001000000000000000100000001000000010036000100000"
            "00116df3cee600600019aaffb07407000800000000000000236000000000000000000000000000000000000000000000"
            "000000000000000000000000000000000000000000000000001000000010000006b01000000767b2263656e7473223a3"
            "57d"});
  CHECK(dump(transaction, tables.stream_events) ==
        lines{"00000000000000010000000000000001:0000000000000001"});
  CHECK(dump(transaction, tables.stream_numbers) == lines{"6f726465722d31:0d8b8d6b080000000100000000000000"});
  CHECK(dump(transaction, tables.stream_names) ==
        lines{"0000000000000001:46b81776100000000000000000000000006f726465722d31"});
  CHECK(dump(transaction, tables.names) ==
        lines{"4300000001:3c100ab8050000006f72646572", "5400000001:844f2ad60b0000004f72646572506c61636564",
              "636f72646572:058f475f0400000001000000", "744f72646572506c61636564:d00a75d40400000001000000"});
  CHECK(
      dump(transaction, tables.receipts) ==
      lines{"0036019aaffb07407000800000000000000137e043aec56885355d7e29a4d1067dc0:b87a468a310000004d1b09771c7"
            "258cff2cfe93c0e0613140100000000000000000000000100000000000000010000000116df3cee60060000"});
  CHECK(
      dump(transaction, tables.timers) ==
      lines{"0036800660ee3cdf1601019aaffb074070008000000000000003:e5890f861d000000070000006f726465722d3106000"
            "00052656d696e640100020000007b7d"});
  CHECK(
      dump(transaction, tables.outbox) ==
      lines{"0036019aaffb074070008000000000000004:0ca6036b48000000090000007061796d656e742d3103000000506179010"
            "0020000007b7d00000000000000000000000000000000000000000000000000000000000000000000000000000000000"
            "00000"});
  CHECK(
      dump(transaction, tables.notes) ==
      lines{
          "003637e043aec56885355d7e29a4d1067dc0637572736f72:6ea138d923000000070000006f726465722d3106000000437"
          "572736f720100080000007b226174223a317d"});
  CHECK(dump(transaction, tables.shards) ==
        lines{"0036:9cdc0b1118000000010000000000000004000000616e6e610000000000000000"});
  CHECK(
      dump(transaction, tables.snapshots) ==
      lines{
          "0000000000000001:689fcae12700000001000000000000000116df3cee600600050000004f72646572010001000000007"
          "b226e223a317d"});
  auto system = dump(transaction, tables.system);
  REQUIRE(system.size() == 4);
  CHECK(system[0] == "6170706c696564:61cedb3f080000000100000000000000");
  CHECK(system[1] == "666f726d6174:7206cd750400000001000000");
  CHECK(system[2].size() == 2 * 2 + 1 + 2 * 24); // the id is another one in every journal
  CHECK(system[3] == "736861726473:745f3b69020000004000");
}

} // namespace tusker
