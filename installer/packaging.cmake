# What is installed, and how it is packaged: one component a program, and one package a component where the format has
# packages (DEB, RPM, TGZ), one installer with all of them where it has not (NSIS, DMG). `./dev package` runs it.
include(GNUInstallDirs)

function(install_program target component)
    if(TARGET ${target})
        install(TARGETS ${target}
            RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component}
            BUNDLE DESTINATION . COMPONENT ${component})
        set_property(GLOBAL APPEND PROPERTY PACKAGED_COMPONENTS ${component})
    endif()
endfunction()

install_program(http-tunnel desktop)
install_program(ttf ttf)
install_program(tunnel-relay relay)
if(TARGET http-tunnel)
    include(${CMAKE_CURRENT_LIST_DIR}/desktop_files.cmake)
endif()
if(TARGET tunnel-relay AND UNIX AND NOT APPLE)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/tunnel-relay.service DESTINATION lib/systemd/system COMPONENT relay)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/tunnel-relay.toml DESTINATION ${CMAKE_INSTALL_DATADIR}/tunnel-relay
        COMPONENT relay)
endif()

get_property(CPACK_COMPONENTS_ALL GLOBAL PROPERTY PACKAGED_COMPONENTS)
set(CPACK_PACKAGE_NAME http-tunnel)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each component has its own
set(CPACK_PACKAGE_VENDOR "HTTP Tunnel")
set(CPACK_PACKAGE_CONTACT "HTTP Tunnel developers <developers@http-tunnel.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_VERBATIM_VARIABLES ON)

# One sentence each for every format that shows one; the longer text is for those that take paragraphs.
set(CPACK_COMPONENT_DESKTOP_DISPLAY_NAME "HTTP Tunnel")
set(CPACK_COMPONENT_DESKTOP_DESCRIPTION "Public URLs for local ports, in a window and the tray")
set(desktop_text "Gives what listens on a local port a URL that others can open, through an
embedded relay or one of your own, and shows each request as it comes: to
inspect, to edit and to send again.")
set(CPACK_COMPONENT_TTF_DISPLAY_NAME "ttf")
set(CPACK_COMPONENT_TTF_DESCRIPTION "Public URLs for local ports, from the terminal")
set(ttf_text "Gives what listens on a local port a URL that others can open, through an
embedded relay or one of your own, and shows each request.")
set(CPACK_COMPONENT_RELAY_DISPLAY_NAME "tunnel-relay")
set(CPACK_COMPONENT_RELAY_DESCRIPTION "Self-hosted public side of HTTP Tunnel")
set(relay_text "Takes HTTP requests and WebSockets for many tunnels and carries them to their
clients. One program, one configuration file.")

include(${CMAKE_CURRENT_LIST_DIR}/linux_packages.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/other_systems.cmake)
include(CPack)
