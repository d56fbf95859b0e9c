# SPDX-License-Identifier: GPL-3.0-or-later
# Third-party libraries, all from Debian 12 (docs/decisions/ says what each is for).

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(FFTW3F REQUIRED IMPORTED_TARGET fftw3f)
find_package(Boost REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(tl-expected REQUIRED)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(SOAPYSDR REQUIRED IMPORTED_TARGET SoapySDR)
pkg_check_modules(OSMOGSM REQUIRED IMPORTED_TARGET libosmogsm)
pkg_check_modules(OSMOCODING REQUIRED IMPORTED_TARGET libosmocoding)
find_package(Qt6 REQUIRED COMPONENTS Core Gui Multimedia Sql Svg Widgets)
