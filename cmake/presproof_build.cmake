# How every target of the project is built.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# A verifier's wrong answer costs more than time: asserts stay on in every build.
# What is built with the tests is debugged by its line numbers; a whole picture of all types costs a fifth more.
if(PRESPROOF_TESTS)
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
else()
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g")
endif()

add_library(presproof_options INTERFACE)
target_compile_options(presproof_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wnon-virtual-dtor
  $<$<BOOL:${PRESPROOF_WERROR}>:-Werror>)
if(PRESPROOF_SANITIZE)
  # Line tables alone: enough for stack traces, and a fifth less to compile. These stand first, so that a target can say otherwise.
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
  target_compile_options(presproof_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(presproof_options INTERFACE -fsanitize=address,undefined)
endif()

# Unit tests are compiled fast rather than to be fast: what they test is not slower for it.
add_library(presproof_test_options INTERFACE)
target_link_libraries(presproof_test_options INTERFACE presproof_options)
target_compile_options(presproof_test_options INTERFACE -O0 -g1)

# The presets test and sanitize compile files of one target together, a few at a time (CMAKE_UNITY_BUILD): most of the
# work is in headers and templates that all of them use. Other presets compile each on its own, and so find an include
# that a file lacks.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 6)

# presproof_alone(file...): files that define, for themselves, what another file of their target defines, too.
macro(presproof_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endmacro()

# presproof_module(NAME SOURCES file... [USES module...] [EXTERNAL target...])
# A folder of checker/: includes are written from checker/ ("xml/document.h"); USES holds the modules to its left.
function(presproof_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;EXTERNAL" ${ARGN})
  add_library(presproof_${name} STATIC ${ARG_SOURCES})
  target_include_directories(presproof_${name} PUBLIC "${PROJECT_SOURCE_DIR}/checker")
  list(TRANSFORM ARG_USES PREPEND presproof_)
  target_link_libraries(presproof_${name} PUBLIC ${ARG_USES} PRIVATE presproof_options fmt::fmt ${ARG_EXTERNAL})
endfunction()

# presproof_unit_test(MODULE file...): one test program per module, its cases run by CTest one by one.
function(presproof_unit_test module)
  add_executable(test_${module} ${ARGN})
  target_include_directories(test_${module} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(test_${module} PRIVATE presproof_${module} presproof_test_options fmt::fmt Catch2::Catch2WithMain)
  add_test(NAME unit_${module} COMMAND test_${module} --warn NoTests)
endfunction()
