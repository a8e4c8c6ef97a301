# Installs the layers as a package: find_package(tusker), then link tusker::actors.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(_tusker_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tusker")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/tuskerConfig.cmake.in" "${CMAKE_BINARY_DIR}/tuskerConfig.cmake"
                              INSTALL_DESTINATION "${_tusker_package_dir}")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/tuskerConfigVersion.cmake" COMPATIBILITY SameMinorVersion)

install(
  EXPORT tuskerTargets
  NAMESPACE tusker::
  DESTINATION "${_tusker_package_dir}")
install(
  FILES "${CMAKE_BINARY_DIR}/tuskerConfig.cmake"
        "${CMAKE_BINARY_DIR}/tuskerConfigVersion.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindCAF.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindLMDB.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindISAL.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindXXHash.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindZstandard.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindHttplib.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/FindPrometheusCpp.cmake"
  DESTINATION "${_tusker_package_dir}")
