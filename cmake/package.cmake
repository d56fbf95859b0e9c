# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages with CPack: `./dev package`. A package is a component of cmake/install.cmake.

set(GACSONG_PACKAGE_VERSION ${PROJECT_VERSION} CACHE STRING "Version of the Debian packages")
set(GACSONG_MAINTAINER "Gác Sóng maintainers <maintainers@gacsong.example>" CACHE STRING "Who is named as the packages' maintainer")
set(packages gacsong gacsong-gui gacsong-data soapysdr-module-gacsong-replay)

# Policy: each package has its copyright and changelog. Only packages get them, not every installation.
execute_process(COMMAND date -u -R -d ${GACSONG_RELEASE_DATE} OUTPUT_VARIABLE CHANGELOG_DAY OUTPUT_STRIP_TRAILING_WHITESPACE)
set(debian ${PROJECT_SOURCE_DIR}/packaging/debian)
configure_file(${debian}/changelog.in ${CMAKE_BINARY_DIR}/debian/changelog @ONLY)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/debian/changelog.gz
  COMMAND gzip -9nkf ${CMAKE_BINARY_DIR}/debian/changelog
  DEPENDS ${CMAKE_BINARY_DIR}/debian/changelog VERBATIM)
add_custom_target(gacsong_changelog ALL DEPENDS ${CMAKE_BINARY_DIR}/debian/changelog.gz)
foreach(package ${packages})
  install(FILES ${debian}/copyright ${CMAKE_BINARY_DIR}/debian/changelog.gz DESTINATION share/doc/${package}
          COMPONENT ${package} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gacsong)
set(CPACK_PACKAGE_VERSION ${GACSONG_PACKAGE_VERSION})
set(CPACK_PACKAGE_VENDOR "Gác Sóng")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${GACSONG_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_SECTION hamradio)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(GACSONG_WEB)
  set(CPACK_DEBIAN_PACKAGE_HOMEPAGE ${GACSONG_WEB})
endif()
foreach(package ${packages})
  string(TOUPPER ${package} component)
  set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${package})
endforeach()
set(same "(= ${GACSONG_PACKAGE_VERSION})")

# Papers need the fonts, stores Qt's drivers for SQLite and, on a server, PostgreSQL; they are looked for at run time,
# where shlibdeps does not see them.
set(CPACK_COMPONENT_GACSONG_DESCRIPTION "spectrum monitoring for radio inspectors, receive only
Finds the emissions in I/Q recordings and in what a receiver hears, measures
them and compares them with band plan and licence register; finds GSM and LTE
base stations and what speaks for a fake one; keeps cases and writes reports
and signed packages of evidence.
.
This package has the program for the command line, the services of a sensor and
the rules that let users open common receivers.")
set(CPACK_DEBIAN_GACSONG_PACKAGE_DEPENDS "gacsong-data ${same}, adduser, fonts-liberation2, libqt6sql6-sqlite")
set(CPACK_DEBIAN_GACSONG_PACKAGE_RECOMMENDS "gacsong-gui, fonts-noto-core, libqt6sql6-psql, soapysdr-module-rtlsdr | soapysdr-module-all")
set(CPACK_DEBIAN_GACSONG_PACKAGE_SUGGESTS "gpsd, rtl-433, soapysdr-module-gacsong-replay")
set(CPACK_DEBIAN_GACSONG_PACKAGE_CONTROL_EXTRA
    "${debian}/gacsong/conffiles;${debian}/gacsong/postinst;${debian}/gacsong/prerm;${debian}/gacsong/postrm")
set(CPACK_DEBIAN_GACSONG_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_COMPONENT_GACSONG-GUI_DESCRIPTION "spectrum monitoring for radio inspectors, window
The window of Gác Sóng: spectrum and waterfall of recordings and receivers with
a box around each emission, what it was compared with and why.")
set(CPACK_DEBIAN_GACSONG-GUI_PACKAGE_DEPENDS "gacsong ${same}, gacsong-data ${same}, fonts-noto-core")

set(CPACK_COMPONENT_GACSONG-DATA_DESCRIPTION "spectrum monitoring for radio inspectors, data
Band plans, sentences in Vietnamese and English, demo recordings that were
made by a computer, and the guide.")
set(CPACK_DEBIAN_GACSONG-DATA_PACKAGE_ARCHITECTURE all)

set(CPACK_COMPONENT_SOAPYSDR-MODULE-GACSONG-REPLAY_DESCRIPTION "SoapySDR driver that plays recordings
Plays any recording that Gác Sóng reads as a receiver, to whatever program uses
SoapySDR, with the faults of receivers on demand.")

set(CPACK_PROJECT_CONFIG_FILE "")
include(CPack)
