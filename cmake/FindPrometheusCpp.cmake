# Finds the core library of prometheus-cpp as PrometheusCpp::core. Its own CMake package wants the servers and clients of
# the other libraries too, which we do not use; pkg-config knows the core alone.

include(FindPackageHandleStandardArgs)
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(PROMETHEUS_CPP QUIET IMPORTED_TARGET prometheus-cpp-core)
endif()

find_package_handle_standard_args(
  PrometheusCpp
  REQUIRED_VARS PROMETHEUS_CPP_LIBRARIES
  VERSION_VAR PROMETHEUS_CPP_VERSION)

if(PrometheusCpp_FOUND AND NOT TARGET PrometheusCpp::core)
  add_library(PrometheusCpp::core INTERFACE IMPORTED)
  target_link_libraries(PrometheusCpp::core INTERFACE PkgConfig::PROMETHEUS_CPP)
endif()
