#include <order/order_source.hpp>

#include <order/domain/generated_orders.hpp>
#include <order/ndjson_record.hpp>

#include <utility>

namespace order_demo {

namespace {

class order_file final : public order_source {
public:
  order_file(std::string name, ndjson_reader reader, std::optional<std::uint64_t> count_max,
             fault_handler on_fault)
      : name_(std::move(name)), reader_(std::move(reader)), count_max_(count_max),
        on_fault_(std::move(on_fault)) {}

  [[nodiscard]] auto next() -> tusker::result<std::optional<sourced_order>> override {
    if (count_max_ && given_ >= *count_max_)
      return std::nullopt;
    auto record = next_record<place_order>(reader_, name_, on_fault_);
    if (!record)
      return tusker::fail(record.error());
    if (!*record)
      return std::nullopt;
    return sourced_order{given_++, std::move((*record)->place), std::move((*record)->value)};
  }

  [[nodiscard]] auto progress() const -> double override {
    if (count_max_ && *count_max_ > 0)
      return static_cast<double>(given_) / static_cast<double>(*count_max_);
    return reader_.progress();
  }

private:
  std::string name_;
  ndjson_reader reader_;
  std::optional<std::uint64_t> count_max_;
  fault_handler on_fault_;
  std::uint64_t given_ = 0;
};

class generated_source final : public order_source {
public:
  generated_source(std::uint64_t seed, std::uint64_t count) : generator_(seed), count_(count) {}

  [[nodiscard]] auto next() -> tusker::result<std::optional<sourced_order>> override {
    if (given_ >= count_)
      return std::nullopt;
    return sourced_order{given_++, {}, generator_.next()};
  }

  [[nodiscard]] auto progress() const -> double override {
    return count_ == 0 ? 1 : static_cast<double>(given_) / static_cast<double>(count_);
  }

private:
  order_generator generator_;
  std::uint64_t count_;
  std::uint64_t given_ = 0;
};

} // namespace

auto read_orders(const std::filesystem::path& path, std::optional<std::uint64_t> count_max,
                 fault_handler on_fault) -> tusker::result<std::unique_ptr<order_source>> {
  auto reader = ndjson_reader::open(path);
  if (!reader)
    return tusker::fail(reader.error());
  return std::make_unique<order_file>(path.string(), std::move(*reader), count_max, std::move(on_fault));
}

auto generate_orders(std::uint64_t seed, std::uint64_t count) -> std::unique_ptr<order_source> {
  return std::make_unique<generated_source>(seed, count);
}

} // namespace order_demo
