# What a desktop needs to know of http-tunnel: its entry, its AppStream description and its icons. The SVG is the icon;
# PNG files are drawn from it while installing, for panels and menus that read no SVG.
if(WIN32 OR APPLE)
    return()
endif()

set(icon ${CMAKE_SOURCE_DIR}/resources/icons/http-tunnel.svg)
set(icon_theme ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
set(metainfo ${CMAKE_SOURCE_DIR}/resources/http-tunnel.metainfo.xml)
set(entry ${CMAKE_SOURCE_DIR}/resources/http-tunnel.desktop)
install(FILES ${entry} DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT desktop)
install(FILES ${metainfo} DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT desktop)
install(FILES ${icon} DESTINATION ${icon_theme}/scalable/apps COMPONENT desktop)

find_program(RSVG_CONVERT rsvg-convert)
if(NOT RSVG_CONVERT)
    message(STATUS "No rsvg-convert (librsvg2-bin): the icon is installed as SVG only")
    return()
endif()
foreach(size 16 22 24 32 48 64 128 256 512)
    set(png ${CMAKE_BINARY_DIR}/icons/${size}/http-tunnel.png)
    install(CODE "
        file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/icons/${size})
        execute_process(COMMAND ${RSVG_CONVERT} -w ${size} -h ${size} -o ${png} ${icon} COMMAND_ERROR_IS_FATAL ANY)"
        COMPONENT desktop)
    install(FILES ${png} DESTINATION ${icon_theme}/${size}x${size}/apps COMPONENT desktop)
endforeach()
