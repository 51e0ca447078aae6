# Debian has no static libfmt: static programs compile its header-only form. Found before Debian's package by CMAKE_MODULE_PATH.
find_path(FMT_INCLUDE_DIR fmt/format-inl.h REQUIRED)
if(NOT TARGET fmt::fmt)
    add_library(fmt::fmt INTERFACE IMPORTED GLOBAL)
    set_target_properties(fmt::fmt PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${FMT_INCLUDE_DIR}"
        INTERFACE_COMPILE_DEFINITIONS FMT_HEADER_ONLY=1)
endif()
set(fmt_FOUND TRUE)
