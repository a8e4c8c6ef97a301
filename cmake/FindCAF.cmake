# Finds the core library of the C++ Actor Framework as CAF::core.
# Debian's package has neither a CMake config nor a pkg-config file; the version stands in caf/config.hpp.
# CAF 1.x has another API, so anything but 0.17.x is refused here and not by a thousand compiler errors.

include(FindPackageHandleStandardArgs)

find_path(CAF_INCLUDE_DIR NAMES caf/config.hpp)
find_library(CAF_CORE_LIBRARY NAMES caf_core)
mark_as_advanced(CAF_INCLUDE_DIR CAF_CORE_LIBRARY)

unset(CAF_VERSION)
if(CAF_INCLUDE_DIR AND EXISTS "${CAF_INCLUDE_DIR}/caf/config.hpp")
  file(STRINGS "${CAF_INCLUDE_DIR}/caf/config.hpp" _caf_version_line REGEX "^#define CAF_VERSION [0-9]+")
  if(_caf_version_line MATCHES "CAF_VERSION ([0-9]+)")
    math(EXPR _caf_major "${CMAKE_MATCH_1} / 10000")
    math(EXPR _caf_minor "(${CMAKE_MATCH_1} / 100) % 100")
    math(EXPR _caf_patch "${CMAKE_MATCH_1} % 100")
    set(CAF_VERSION "${_caf_major}.${_caf_minor}.${_caf_patch}")
  elseif(EXISTS "${CAF_INCLUDE_DIR}/caf/detail/build_config.hpp")
    set(CAF_VERSION "0.18 or later")
  endif()
endif()

set(_caf_reason "")
set(_caf_usable TRUE)
if(CAF_INCLUDE_DIR AND NOT CAF_VERSION MATCHES "^0\\.17\\.")
  set(_caf_usable FALSE)
  set(_caf_reason
      "Tusker needs CAF 0.17.x (libcaf-dev), but ${CAF_INCLUDE_DIR}/caf holds version '${CAF_VERSION}'.")
endif()

find_package_handle_standard_args(
  CAF
  REQUIRED_VARS CAF_CORE_LIBRARY CAF_INCLUDE_DIR _caf_usable
  VERSION_VAR CAF_VERSION
  REASON_FAILURE_MESSAGE "${_caf_reason}")

if(CAF_FOUND AND NOT TARGET CAF::core)
  add_library(CAF::core UNKNOWN IMPORTED)
  # An imported target's headers count as SYSTEM, which CAF needs: they warn under our flags.
  set_target_properties(
    CAF::core
    PROPERTIES IMPORTED_LOCATION "${CAF_CORE_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${CAF_INCLUDE_DIR}"
               INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${CAF_INCLUDE_DIR}")
endif()
