# SPDX-License-Identifier: GPL-3.0-or-later
# Language, warnings and sanitizers for every target of the project.

option(GACSONG_TESTS "Build the tests" ON)
option(GACSONG_BENCH "Build the benchmarks" OFF)
option(GACSONG_FUZZ "Build the fuzzers (clang only)" OFF)
set(GACSONG_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

include(GNUInstallDirs)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(gacsong_options INTERFACE)
target_compile_options(gacsong_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # At -O3 GCC 12 warns of overlapping copies inside std::string where there are none (GCC bug 105651).
  target_compile_options(gacsong_options INTERFACE -Wno-restrict)
endif()
target_include_directories(gacsong_options INTERFACE ${PROJECT_SOURCE_DIR})
# Qt would take the words `signals`, `slots` and `emit` from everybody.
target_compile_definitions(gacsong_options INTERFACE GACSONG_VERSION="${PROJECT_VERSION}" QT_NO_KEYWORDS)

if(GACSONG_SANITIZE)
  # Optimising instrumented code takes longer than all else in a build: only the libraries get it, not their tests.
  # Assertions are on, libstdc++'s as well.
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-g1")
  add_compile_options(-fsanitize=${GACSONG_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GACSONG_SANITIZE})
  if(GACSONG_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The ring that two processes share has a fence, which the sanitizer does not follow; its users are other processes.
    add_compile_options(-Wno-tsan)
  endif()
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

if(GACSONG_FUZZ)
  # Fuzzers see which branches an input takes in our libraries as well.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# gacsong_library(NAME SOURCES ... LINK ...): a room of the house as a static library.
function(gacsong_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE gacsong_options PUBLIC ${arg_LINK})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  if(GACSONG_SANITIZE)
    target_compile_options(${name} PRIVATE -O1)
  endif()
endfunction()
