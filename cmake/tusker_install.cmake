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

# A whole config, to begin with.
install(FILES "${CMAKE_SOURCE_DIR}/apps/order/order.toml" DESTINATION "${CMAKE_INSTALL_DATADIR}/tusker/examples")

# The operator's program, with its manual page and what lets shells complete its commands: made by itself, so that they
# are of this program.
if(TARGET tusker)
  install(TARGETS tusker RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  set(_tusker_pages "${CMAKE_BINARY_DIR}/pages")
  file(MAKE_DIRECTORY "${_tusker_pages}")
  add_custom_command(
    OUTPUT "${_tusker_pages}/tusker.1" "${_tusker_pages}/tusker.bash" "${_tusker_pages}/_tusker" "${_tusker_pages}/tusker.fish"
    COMMAND tusker man > tusker.1
    COMMAND tusker completion bash > tusker.bash
    COMMAND tusker completion zsh > _tusker
    COMMAND tusker completion fish > tusker.fish
    DEPENDS tusker
    WORKING_DIRECTORY "${_tusker_pages}"
    VERBATIM)
  add_custom_target(pages ALL DEPENDS "${_tusker_pages}/tusker.1")
  add_dependencies(programs pages)
  install(FILES "${_tusker_pages}/tusker.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(
    FILES "${_tusker_pages}/tusker.bash"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
    RENAME tusker)
  install(FILES "${_tusker_pages}/_tusker" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
  install(FILES "${_tusker_pages}/tusker.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()
