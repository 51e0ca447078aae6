# DEB, RPM and TGZ, a package for each program.
if(WIN32 OR APPLE)
    return()
endif()

set(CPACK_GENERATOR TGZ DEB RPM)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(version_and_machine ${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})

set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_DESKTOP_FILE_NAME http-tunnel-${version_and_machine})
set(CPACK_ARCHIVE_TTF_FILE_NAME http-tunnel-ttf-${version_and_machine})
set(CPACK_ARCHIVE_RELAY_FILE_NAME tunnel-relay-${version_and_machine})

# --- DEB -------------------------------------------------------------------------------------------------------------
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_DESKTOP_PACKAGE_NAME http-tunnel)
set(CPACK_DEBIAN_TTF_PACKAGE_NAME http-tunnel-ttf)
set(CPACK_DEBIAN_RELAY_PACKAGE_NAME tunnel-relay)
# What no library dependency tells of: the icon engine and libsecret, which QtKeychain opens by name. The platform
# plugin for X11 and the TLS backend come with the Qt libraries themselves.
set(CPACK_DEBIAN_DESKTOP_PACKAGE_DEPENDS "libqt6svg6, libsecret-1-0")
set(CPACK_DEBIAN_DESKTOP_PACKAGE_RECOMMENDS "ca-certificates, fonts-inter, gnome-keyring | kwalletmanager, qt6-wayland")
set(CPACK_DEBIAN_TTF_PACKAGE_RECOMMENDS "ca-certificates, libsecret-1-0")
foreach(component DESKTOP TTF RELAY)
    string(TOLOWER ${component} lower)
    set(CPACK_DEBIAN_${component}_DESCRIPTION "${CPACK_COMPONENT_${component}_DESCRIPTION}\n${${lower}_text}")
endforeach()

# --- RPM -------------------------------------------------------------------------------------------------------------
set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_DESKTOP_PACKAGE_NAME http-tunnel)
set(CPACK_RPM_TTF_PACKAGE_NAME http-tunnel-ttf)
set(CPACK_RPM_RELAY_PACKAGE_NAME tunnel-relay)
foreach(component DESKTOP TTF RELAY)
    string(TOLOWER ${component} lower)
    set(CPACK_RPM_${component}_PACKAGE_SUMMARY "${CPACK_COMPONENT_${component}_DESCRIPTION}")
    set(CPACK_RPM_${component}_PACKAGE_DESCRIPTION "${${lower}_text}")
endforeach()
set(CPACK_RPM_DESKTOP_PACKAGE_REQUIRES "qt6-qtsvg, libsecret") # as Fedora names them
# Folders that belong to others.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /lib /lib/systemd /lib/systemd/system /usr/lib/systemd
    /usr/lib/systemd/system /usr/share/applications /usr/share/metainfo /usr/share/icons /usr/share/icons/hicolor)
foreach(size scalable 16x16 22x22 24x24 32x32 48x48 64x64 128x128 256x256 512x512)
    list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
        /usr/share/icons/hicolor/${size} /usr/share/icons/hicolor/${size}/apps)
endforeach()
