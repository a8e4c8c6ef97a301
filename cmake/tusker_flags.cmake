# Flags of every target of the project: warnings are errors, a quick linker, a compiler cache, sanitizers on demand.

include(CheckLinkerFlag)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(TUSKER_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them: 'address,undefined' or 'thread'")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
# Objects and messages name files from the project's root, so that a build elsewhere hits the same cache entries.
add_compile_options("-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  # GCC bug 105651: std::string's operator+ is reported as overlapping itself.
  add_compile_options(-Wno-restrict)
endif()

if(TUSKER_SANITIZE)
  add_compile_options("-fsanitize=${TUSKER_SANITIZE}" -fno-omit-frame-pointer)
  add_link_options("-fsanitize=${TUSKER_SANITIZE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC's flow analysis sees the sanitizers' own branches and reports what cannot happen.
    add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  if(TUSKER_SANITIZE MATCHES "fuzzer")
    # What the undefined sanitizer finds must end the run, or the fuzzer does not keep the input.
    add_compile_options(-fno-sanitize-recover=all)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND TUSKER_SANITIZE MATCHES "thread")
    # Says only that std::atomic_thread_fence is not understood by the sanitizer.
    add_compile_options(-Wno-tsan)
  endif()
endif()

foreach(_linker IN ITEMS mold lld)
  check_linker_flag(CXX "-fuse-ld=${_linker}" TUSKER_HAS_LINKER_${_linker})
  if(TUSKER_HAS_LINKER_${_linker})
    add_link_options("-fuse-ld=${_linker}")
    break()
  endif()
endforeach()

find_program(TUSKER_CCACHE ccache)
mark_as_advanced(TUSKER_CCACHE)
if(TUSKER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${TUSKER_CCACHE}")
endif()

# tusker_sanitize_caf(): what must be off in the files that include CAF, and only there.
# caf/detail/init_fun_factory.hpp:85 dereferences a null std::shared_ptr<std::tuple<>> for every actor that is spawned
# from a function without arguments, and nobody reads the empty tuple. The report is made inside libstdc++'s headers,
# which no suppression of GCC's runtime can tell apart. Reads through null still stop at the address sanitizer.
function(tusker_sanitize_caf)
  if(TUSKER_SANITIZE MATCHES "undefined")
    target_compile_options(CAF::core INTERFACE -fno-sanitize=null)
  endif()
endfunction()
