# Runs by `cmake -P`: BUILD is installed into SCRATCH/prefix, then CONSUMER is configured, built and run against it.

file(REMOVE_RECURSE "${SCRATCH}")
set(prefix "${SCRATCH}/prefix")

function(step)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

step("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}")

# Users get headers and nothing that only the build needs.
file(GLOB_RECURSE strangers "${prefix}/include/*.cpp" "${prefix}/include/*.test.*")
if(strangers)
  message(FATAL_ERROR "installed, but no public header: ${strangers}")
endif()
file(GLOB_RECURSE headers "${prefix}/include/tusker/actors/*.hpp")
if(NOT headers)
  message(FATAL_ERROR "no header of tusker/actors was installed")
endif()

# The operator's program comes with its pages.
foreach(
  file IN
  ITEMS bin/tusker share/man/man1/tusker.1 share/bash-completion/completions/tusker share/zsh/site-functions/_tusker
        share/fish/vendor_completions.d/tusker.fish share/tusker/examples/order.toml)
  if(NOT EXISTS "${prefix}/${file}")
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()

step(
  "${CMAKE_COMMAND}"
  -S
  "${CONSUMER}"
  -B
  "${SCRATCH}/build"
  -G
  "${GENERATOR}"
  "-DCMAKE_PREFIX_PATH=${prefix}"
  "-DCMAKE_CXX_COMPILER=${COMPILER}"
  "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}"
  "-DEXAMPLES=${EXAMPLES}")
step("${CMAKE_COMMAND}" --build "${SCRATCH}/build")
step("${CTEST}" --test-dir "${SCRATCH}/build" --output-on-failure --no-tests=error)
