#include <tusker/model/read_table.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>

namespace tusker {

auto unknown_index(std::string_view table, std::string_view index, std::span<const std::string> known)
    -> error {
  return {model_errc::unknown_index, "table " + tusker::quoted(table) + " has no such index " +
                                         tusker::quoted(index) + name_hint(index, known)};
}

} // namespace tusker
