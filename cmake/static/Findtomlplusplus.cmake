# As Findfmt.cmake: Debian's toml++ is a shared library only.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)
if(NOT TARGET tomlplusplus::tomlplusplus)
    add_library(tomlplusplus::tomlplusplus INTERFACE IMPORTED GLOBAL)
    set_target_properties(tomlplusplus::tomlplusplus PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${TOMLPLUSPLUS_INCLUDE_DIR}"
        INTERFACE_COMPILE_DEFINITIONS TOML_HEADER_ONLY=1)
endif()
set(tomlplusplus_FOUND TRUE)
