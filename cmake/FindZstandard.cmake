# Finds Zstandard, which packs large contents, as Zstandard::zstd.

include(FindPackageHandleStandardArgs)

find_path(ZSTANDARD_INCLUDE_DIR NAMES zstd.h)
find_library(ZSTANDARD_LIBRARY NAMES zstd)
mark_as_advanced(ZSTANDARD_INCLUDE_DIR ZSTANDARD_LIBRARY)

find_package_handle_standard_args(
  Zstandard
  REQUIRED_VARS ZSTANDARD_LIBRARY ZSTANDARD_INCLUDE_DIR)

if(Zstandard_FOUND AND NOT TARGET Zstandard::zstd)
  add_library(Zstandard::zstd UNKNOWN IMPORTED)
  set_target_properties(Zstandard::zstd PROPERTIES IMPORTED_LOCATION "${ZSTANDARD_LIBRARY}"
                                                   INTERFACE_INCLUDE_DIRECTORIES "${ZSTANDARD_INCLUDE_DIR}")
endif()
