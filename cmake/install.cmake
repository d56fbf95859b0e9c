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
configure_file(packaging/gacsong.service.in ${CMAKE_BINARY_DIR}/gacsong.service @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/gacsong.service DESTINATION lib/systemd/system)
install(FILES packaging/sensor.env.example DESTINATION ${CMAKE_INSTALL_DOCDIR})
