# The installer for Windows and the disk image for macOS: one file with all programs, a tick for each. Each is made on
# its own system, from programs built there; Qt's libraries come along by Qt's own deployment script.
set(CPACK_PACKAGE_EXECUTABLES http-tunnel "HTTP Tunnel") # the entry of the start menu
set(CPACK_PACKAGE_INSTALL_DIRECTORY "HTTP Tunnel")
set(CPACK_COMPONENT_DESKTOP_REQUIRED ON)

set(CPACK_NSIS_DISPLAY_NAME "HTTP Tunnel")
set(CPACK_NSIS_PACKAGE_NAME "HTTP Tunnel")
set(CPACK_NSIS_INSTALLED_ICON_NAME "${CMAKE_INSTALL_BINDIR}\\http-tunnel.exe")
set(CPACK_NSIS_EXECUTABLES_DIRECTORY ${CMAKE_INSTALL_BINDIR})
set(CPACK_NSIS_MUI_FINISHPAGE_RUN http-tunnel.exe)
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_MODIFY_PATH ON) # for ttf and tunnel-relay
set(CPACK_NSIS_MANIFEST_DPI_AWARE ON)

set(CPACK_DMG_VOLUME_NAME "HTTP Tunnel ${PROJECT_VERSION}")
set(CPACK_DMG_FORMAT UDZO)

if(WIN32)
    set(CPACK_GENERATOR NSIS)
elseif(APPLE)
    set(CPACK_GENERATOR DragNDrop)
else()
    return()
endif()
if(TARGET http-tunnel)
    qt_generate_deploy_app_script(TARGET http-tunnel FILENAME_VARIABLE deploy_script)
    install(SCRIPT ${deploy_script} COMPONENT desktop)
endif()
