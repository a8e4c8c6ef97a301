#include <tusker/config/program_config.hpp>

#include <tusker/config/option_check.hpp>

#include <string>

namespace tusker {

auto program_catalogue() -> option_catalogue<program_config> {
  option_catalogue<program_config> catalogue;
  add_event_driven_options(catalogue);
  add_event_store_options(catalogue);
  add_cqrs_options(catalogue);
  add_surface_options(catalogue);
  return catalogue;
}

auto check(const program_config& config) -> result<void> {
  auto under = [](const char* section, const result<void>& checked) -> result<void> {
    return checked ? checked : fail(checked.error().code(), std::string(section) + checked.error().message());
  };
  auto journal = config.node.journal;
  if (journal.directory.empty())
    journal.directory = "."; // The command line may still give it.
  auto server = [](http_options options) {
    if (options.token.is_empty())
      options.listen = {};
    return options;
  };
  auto admin = config.admin;
  admin.http = server(admin.http);
  return first_failure(check_limits(config.node), under("[event_store] ", check(journal)),
                       under("[event_store] ", check(config.node.read_store.limits)),
                       under("[admin] ", check(admin)), under("[http] ", check(server(config.http))));
}

} // namespace tusker
