# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install: the program, what it reads at run time, the demo recordings and the documents.

if(TARGET gacsong)
  install(TARGETS gacsong gacsong-gui RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(TARGETS gacsong-receiver RUNTIME DESTINATION libexec/gacsong)
endif()
install(DIRECTORY plans DESTINATION ${CMAKE_INSTALL_DATADIR}/gacsong FILES_MATCHING PATTERN "*.toml" PATTERN "*.paper")
install(DIRECTORY captures DESTINATION ${CMAKE_INSTALL_DATADIR}/gacsong)
install(FILES README.md README.vi.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The service of a sensor; /etc/gacsong/sensor.env says what it listens to.
set(UNIT_ABOUT "Watches one receiver. What it listens to")
set(UNIT_DESCRIPTION "Gác Sóng: spectrum monitoring of one receiver")
set(UNIT_FILE /etc/gacsong/sensor.env)
set(UNIT_OTHER gacsong-missions.service)
set(UNIT_ENVIRONMENT EnvironmentFile=/etc/gacsong/sensor.env)
set(UNIT_COMMAND "scan $GACSONG_RECEIVER $GACSONG_OPTIONS --json --store sqlite:/var/lib/gacsong/store.sqlite")
configure_file(packaging/gacsong.service.in ${CMAKE_BINARY_DIR}/gacsong.service @ONLY)
# The same with a schedule.
set(UNIT_ABOUT "Runs missions. What is done when")
set(UNIT_DESCRIPTION "Gác Sóng: scheduled spectrum monitoring")
set(UNIT_FILE /etc/gacsong/missions.toml)
set(UNIT_OTHER gacsong.service)
set(UNIT_ENVIRONMENT Environment=GACSONG_STORE=sqlite:/var/lib/gacsong/store.sqlite)
set(UNIT_COMMAND "mission /etc/gacsong/missions.toml --json")
configure_file(packaging/gacsong.service.in ${CMAKE_BINARY_DIR}/gacsong-missions.service @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/gacsong.service ${CMAKE_BINARY_DIR}/gacsong-missions.service DESTINATION lib/systemd/system)
install(FILES packaging/sensor.env.example packaging/missions.toml.example DESTINATION ${CMAKE_INSTALL_DOCDIR})
