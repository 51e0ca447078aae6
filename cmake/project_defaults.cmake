# Language level, warnings and hardening that every target shares, as two INTERFACE targets:
# tunnel::defaults for all, tunnel::qt_defaults for those that include Qt.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON) # what one folder finds, its tests and the programs see too
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

option(WARNINGS_AS_ERRORS "Turn warnings into errors (on in CI and in ./dev)" OFF)
set(SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, for example address,undefined")
option(USE_CCACHE "Compile through ccache when it is installed" ON)
option(USE_PCH "Precompile the heavy headers" ON)
option(USE_MOLD "Link with mold when it is installed" ON)

if(USE_CCACHE)
    find_program(CCACHE_PROGRAM ccache)
    if(CCACHE_PROGRAM)
        # Precompiled headers are cached only with these sloppiness settings (ccache manual, "Precompiled headers").
        set(CMAKE_CXX_COMPILER_LAUNCHER
            ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
            CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
    endif()
endif()
if(USE_MOLD)
    find_program(MOLD_PROGRAM mold)
    if(MOLD_PROGRAM)
        add_link_options(-fuse-ld=mold)
        # Every test is linked statically and four fifths of it is debug information: uncompressed, build/dev needs
        # 7.4 GB instead of 4 and links no faster. Sanitizers unpack it anew in the middle of the program for each stack.
        if(NOT SANITIZE)
            add_link_options(-Wl,--compress-debug-sections=zlib)
        endif()
    endif()
endif()

add_library(project_defaults INTERFACE)
add_library(tunnel::defaults ALIAS project_defaults)
target_link_libraries(project_defaults INTERFACE Threads::Threads)
# Bounds of containers and preconditions of std::optional and std::span are checked in every build that is not shipped;
# what is shipped gets the compiler's and the loader's own hardening instead, which cost next to nothing.
target_compile_definitions(project_defaults INTERFACE $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # Position-independent programs of -fPIC code. Not -fPIE, which is what check_pie_supported() gives to the linker and
    # thereby, with link-time optimisation, to all code: it copies variables of shared libraries into the program, but
    # Debian's Qt (-reduce-relocations) goes on using its own QCoreApplication::self and QObject::staticMetaObject.
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    add_link_options(-fPIC -pie)
    add_compile_options(-D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection)
    include(CheckCXXCompilerFlag)
    check_cxx_compiler_flag(-fcf-protection=full HAS_CF_PROTECTION) # x86: indirect calls land on endbr64 only
    if(HAS_CF_PROTECTION)
        add_compile_options(-fcf-protection=full)
        add_link_options(-fcf-protection=full) # the code is made there with link-time optimisation
    endif()
    add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_link_options(-Wno-alloc-size-larger-than) # g++ 12 at link time, about QHash's own arithmetic
    endif()
endif()
target_compile_options(project_defaults INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
    -Woverloaded-virtual -Wnull-dereference -Wdouble-promotion -Wcast-align
    $<$<BOOL:${WARNINGS_AS_ERRORS}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports these inside inlined library code (Asio, std::string), with no way to silence them there.
    target_compile_options(project_defaults INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict
        -Wno-stringop-overflow -Wno-array-bounds -fpch-preprocess)
endif()
if(SANITIZE)
    add_compile_options(-fsanitize=${SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # What g++ 12 believes to see once the sanitizers' checks stand between a check and its use; the other
        # presets compile the same code with these warnings on.
        add_compile_options(-Wno-stringop-overread -Wno-mismatched-new-delete -Wno-dangling-pointer
            -Wno-free-nonheap-object)
    endif()
    if(SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # std::atomic_thread_fence in Asio is not modelled by TSan; Asio itself uses locks where it matters.
        add_compile_options(-Wno-tsan)
    endif()
endif()

if(BUILD_FUZZERS)
    # Coverage of the libraries under test, not only of the fuzz targets, guides libFuzzer.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

add_library(project_qt_defaults INTERFACE)
add_library(tunnel::qt_defaults ALIAS project_qt_defaults)
target_link_libraries(project_qt_defaults INTERFACE project_defaults)
target_compile_definitions(project_qt_defaults INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_KEYWORDS QT_STRICT_ITERATORS QT_DEPRECATED_WARNINGS)
if(SANITIZE MATCHES "thread")
    target_sources(project_qt_defaults INTERFACE ${CMAKE_CURRENT_LIST_DIR}/tsan_qt.cpp)
    target_link_libraries(project_qt_defaults INTERFACE ${CMAKE_DL_LIBS})
endif()
