# What is installed and packaged, one component and one Debian package a program. `./dev package` runs it.
include(GNUInstallDirs)

function(install_program target component)
    if(TARGET ${target})
        install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component})
        set_property(GLOBAL APPEND PROPERTY PACKAGED_COMPONENTS ${component})
    endif()
endfunction()

install_program(ttf ttf)
install_program(tunnel-relay relay)
if(TARGET tunnel-relay)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/tunnel-relay.service DESTINATION lib/systemd/system COMPONENT relay)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/tunnel-relay.toml DESTINATION ${CMAKE_INSTALL_DATADIR}/tunnel-relay
        COMPONENT relay)
endif()

get_property(CPACK_COMPONENTS_ALL GLOBAL PROPERTY PACKAGED_COMPONENTS)
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME http-tunnel)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each component has its own
set(CPACK_PACKAGE_VENDOR "HTTP Tunnel")
set(CPACK_PACKAGE_CONTACT "HTTP Tunnel developers <developers@http-tunnel.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_TTF_FILE_NAME http-tunnel-ttf-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_ARCHIVE_RELAY_FILE_NAME tunnel-relay-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_TTF_PACKAGE_NAME http-tunnel-ttf)
set(CPACK_DEBIAN_RELAY_PACKAGE_NAME tunnel-relay)
set(CPACK_COMPONENT_TTF_DESCRIPTION "Public URLs for local ports, from the terminal
Gives what listens on a local port a URL that others can open, through an
embedded relay or one of your own, and shows each request.")
set(CPACK_COMPONENT_RELAY_DESCRIPTION "Self-hosted public side of HTTP Tunnel
Takes HTTP requests and WebSockets for many tunnels and carries them to their
clients. One program, one configuration file.")
include(CPack)
