# A module is one layer: one folder of headers and sources, seen by others under one include prefix, its view.
#
# The view is a link <build>/include/<NAME>/<VIEW> → DIR. A module exposes its own view and those of the modules it
# depends on, nothing else. So an include that points upward names a file that does not exist for that module.

include(tusker_tests)

# The descriptions of the layers are made anew, so that a module that is no more leaves none behind.
file(REMOVE_RECURSE "${CMAKE_BINARY_DIR}/layers")

# tusker_module(NAME DIR folder VIEW prefix [INSTALL]
#               [DEPENDS modules…] [PUBLIC_LINK targets…] [PRIVATE_LINK targets…] [TEST_LINK targets…])
# Makes tusker::<NAME> from DIR/*.cpp, <NAME>_tests from DIR/*.test.cpp, and the header checks of DIR/*.hpp.
# A folder without sources, or not there yet, becomes a library of headers that still passes on what it depends on.
function(tusker_module NAME)
  cmake_parse_arguments(arg "INSTALL" "DIR;VIEW" "DEPENDS;PUBLIC_LINK;PRIVATE_LINK;TEST_LINK" ${ARGN})
  set(target tusker_${NAME})
  set(folder "${CMAKE_SOURCE_DIR}/${arg_DIR}")
  set(view_root "${CMAKE_BINARY_DIR}/include/${NAME}")

  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "\\.test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(\\.test|/main)\\.cpp$")
  list(TRANSFORM arg_DEPENDS PREPEND "tusker::" OUTPUT_VARIABLE depends)

  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PRIVATE ${arg_PRIVATE_LINK})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  add_library(tusker::${NAME} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${NAME})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_link_libraries(${target} ${scope} ${depends} ${arg_PUBLIC_LINK})

  _tusker_make_view("${folder}" "${view_root}/${arg_VIEW}")
  target_include_directories(${target} ${scope} "$<BUILD_INTERFACE:${view_root}>" "$<INSTALL_INTERFACE:include>")
  _tusker_describe_layer(${NAME} "${arg_DIR}" "${arg_VIEW}")

  tusker_test(${NAME}_tests LABEL ${NAME} SOURCES ${tests} LINK tusker::${NAME} ${arg_PRIVATE_LINK} ${arg_TEST_LINK})
  tusker_header_checks_of(${NAME} DIR ${arg_DIR} VIEW ${arg_VIEW} LINK tusker::${NAME} ${arg_PRIVATE_LINK})

  if(arg_INSTALL)
    install(TARGETS ${target} EXPORT tuskerTargets)
    if(IS_DIRECTORY "${folder}")
      install(
        DIRECTORY "${folder}/"
        DESTINATION "include/${arg_VIEW}"
        FILES_MATCHING
        PATTERN "*.hpp"
        PATTERN "*.test.*" EXCLUDE)
    endif()
  endif()
endfunction()

# tusker_program(NAME [APART] MODULE module DIR folder): the program NAME from main.cpp in the module's folder, if it is
# there. APART keeps it out of what `./run build` makes.
function(tusker_program NAME)
  cmake_parse_arguments(arg "APART" "MODULE;DIR" "" ${ARGN})
  file(GLOB main CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${arg_DIR}/main.cpp")
  if(NOT main)
    return()
  endif()
  add_executable(${NAME} ${main})
  target_link_libraries(${NAME} PRIVATE tusker::${arg_MODULE})
  if(TARGET Jemalloc::jemalloc)
    # Nobody calls it by name, and the linker may leave out what nobody calls.
    target_link_libraries(${NAME} PRIVATE -Wl,--no-as-needed Jemalloc::jemalloc -Wl,--as-needed)
  endif()
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
  if(NOT arg_APART)
    add_dependencies(programs ${NAME})
  endif()
endfunction()

function(_tusker_make_view FOLDER LINK)
  get_filename_component(parent "${LINK}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  if(IS_DIRECTORY "${FOLDER}")
    file(CREATE_LINK "${FOLDER}" "${LINK}" SYMBOLIC)
  endif()
endfunction()

# Writes <build>/layers/<NAME>.json for tests/layers: what the module may see, as the build really passes it on.
function(_tusker_describe_layer NAME DIR VIEW)
  set(seen "$<TARGET_PROPERTY:tusker_${NAME},INTERFACE_INCLUDE_DIRECTORIES>")
  get_target_property(type tusker_${NAME} TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    string(APPEND seen ";$<TARGET_PROPERTY:tusker_${NAME},INCLUDE_DIRECTORIES>")
  endif()
  set(seen "$<REMOVE_DUPLICATES:$<FILTER:${seen},EXCLUDE,^$>>")
  file(
    GENERATE
    OUTPUT "${CMAKE_BINARY_DIR}/layers/${NAME}.json"
    CONTENT
      "{\"name\": \"${NAME}\", \"dir\": \"${DIR}\", \"view\": \"${VIEW}\",
 \"includes\": [\"$<JOIN:${seen},\", \">\"]}
")
endfunction()
