# Finds cpp-httplib, as the library that Debian builds of it, as Httplib::httplib. Its flags come from pkg-config: classes
# in the header have other members without them than those in the library.

include(FindPackageHandleStandardArgs)
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
endif()

find_package_handle_standard_args(
  Httplib
  REQUIRED_VARS HTTPLIB_LIBRARIES
  VERSION_VAR HTTPLIB_VERSION)

if(Httplib_FOUND AND NOT TARGET Httplib::httplib)
  add_library(Httplib::httplib INTERFACE IMPORTED)
  target_link_libraries(Httplib::httplib INTERFACE PkgConfig::HTTPLIB)
endif()
