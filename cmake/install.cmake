# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install: programs, what they read at run time, the demo recordings, the documents, and what a desktop and a
# service manager want to know. Programs find their data from their own place (report/wording/data_paths.hpp), so the
# folders below the prefix are fixed. Components are the Debian packages of cmake/package.cmake.

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME gacsong)
set(GACSONG_WEB "" CACHE STRING "Address of the project's pages, without the last slash; the desktop's catalogue then names it and takes pictures from there")

install(TARGETS gacsong RUNTIME DESTINATION bin COMPONENT gacsong)
install(TARGETS gacsong-receiver RUNTIME DESTINATION libexec/gacsong COMPONENT gacsong)
install(TARGETS gacsong-gui RUNTIME DESTINATION bin COMPONENT gacsong-gui)

install(DIRECTORY plans DESTINATION share/gacsong COMPONENT gacsong-data FILES_MATCHING PATTERN "*.toml" PATTERN "*.paper")
install(DIRECTORY captures DESTINATION share/gacsong COMPONENT gacsong-data)
install(FILES README.md README.vi.md CHANGELOG.md DESTINATION share/doc/gacsong COMPONENT gacsong-data)
install(DIRECTORY docs DESTINATION share/doc/gacsong COMPONENT gacsong-data)
install(FILES packaging/sensor.env.example packaging/missions.toml.example DESTINATION share/doc/gacsong
        COMPONENT gacsong-data)

# SoapySDR on Debian looks for modules in lib/ARCHITECTURE/SoapySDR, below /usr and /usr/local.
set(GACSONG_MODULES "lib/${CMAKE_LIBRARY_ARCHITECTURE}/SoapySDR/modules0.8" CACHE STRING
    "Folder of SoapySDR's modules below the prefix")
install(TARGETS gacsong_replay LIBRARY DESTINATION ${GACSONG_MODULES} COMPONENT soapysdr-module-gacsong-replay)

# Made while the program is built. Manual pages are installed compressed, as manuals of distributions are.
set(GACSONG_MADE ${CMAKE_BINARY_DIR}/installed)
file(GLOB wording plans/wording/*.toml)
add_custom_command(OUTPUT ${GACSONG_MADE}/stamp
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${GACSONG_MADE}
  COMMAND make-installed-files ${GACSONG_MADE} ${GACSONG_RELEASE_DATE}
  COMMAND gzip -9nr ${GACSONG_MADE}/man
  COMMAND ${CMAKE_COMMAND} -E touch ${GACSONG_MADE}/stamp
  DEPENDS make-installed-files ${wording} COMMENT "Manual pages, completion, rules for receivers" VERBATIM)
add_custom_target(gacsong_installed_files ALL DEPENDS ${GACSONG_MADE}/stamp)
install(DIRECTORY ${GACSONG_MADE}/man DESTINATION share COMPONENT gacsong PATTERN "gacsong-gui.1.gz" EXCLUDE)
install(FILES ${GACSONG_MADE}/man/man1/gacsong-gui.1.gz DESTINATION share/man/man1 COMPONENT gacsong-gui)
install(FILES ${GACSONG_MADE}/man/vi/man1/gacsong-gui.1.gz DESTINATION share/man/vi/man1 COMPONENT gacsong-gui)
install(FILES ${GACSONG_MADE}/completion/gacsong DESTINATION share/bash-completion/completions COMPONENT gacsong)
install(FILES ${GACSONG_MADE}/completion/_gacsong DESTINATION share/zsh/vendor-completions COMPONENT gacsong)
install(FILES ${GACSONG_MADE}/60-gacsong.rules DESTINATION lib/udev/rules.d COMPONENT gacsong)

# The services name the program by its full path, which is known when it is installed.
set(GACSONG_UNITS ${CMAKE_BINARY_DIR}/units)
set(PREFIX @PREFIX@)
set(UNIT_ABOUT "Watches one receiver. What it listens to")
set(UNIT_DESCRIPTION "Gác Sóng: spectrum monitoring of one receiver")
set(UNIT_FILE /etc/gacsong/sensor.env)
set(UNIT_OTHER gacsong-missions.service)
set(UNIT_ENVIRONMENT EnvironmentFile=/etc/gacsong/sensor.env)
set(UNIT_COMMAND "scan $GACSONG_RECEIVER $GACSONG_OPTIONS --json --store sqlite:/var/lib/gacsong/store.sqlite")
configure_file(packaging/system/gacsong.service.in ${GACSONG_UNITS}/gacsong.service.in @ONLY)
# The same with a schedule.
set(UNIT_ABOUT "Runs missions. What is done when")
set(UNIT_DESCRIPTION "Gác Sóng: scheduled spectrum monitoring")
set(UNIT_FILE /etc/gacsong/missions.toml)
set(UNIT_OTHER gacsong.service)
set(UNIT_ENVIRONMENT Environment=GACSONG_STORE=sqlite:/var/lib/gacsong/store.sqlite)
set(UNIT_COMMAND "mission /etc/gacsong/missions.toml --json")
configure_file(packaging/system/gacsong.service.in ${GACSONG_UNITS}/gacsong-missions.service.in @ONLY)
configure_file(packaging/system/install_system.cmake.in ${GACSONG_UNITS}/install_system.cmake @ONLY)
install(SCRIPT ${GACSONG_UNITS}/install_system.cmake COMPONENT gacsong)
install(FILES packaging/system/gacsong.sysusers DESTINATION lib/sysusers.d RENAME gacsong.conf COMPONENT gacsong)

add_subdirectory(packaging/desktop)
