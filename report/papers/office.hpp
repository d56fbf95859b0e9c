// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace gacsong {

/// The office that signs (settings file, table `[office]`). What is empty stays dotted on paper.
struct Office {
    std::string superior;   ///< `UBND TỈNH AN GIANG`
    std::string body;       ///< `SỞ KHOA HỌC VÀ CÔNG NGHỆ`
    std::string body_en;    ///< for the English edition
    std::string place;      ///< `An Giang`
    std::string symbol;     ///< `SKHCN`
    std::string unit;       ///< `BCVT`: where a copy is filed
    std::string authority;  ///< lines of the signer's title, separated by `|`: `KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC`
    std::string signer;     ///< name
    std::string recipients; ///< separated by `|`
    std::string equipment;  ///< receiver's number, antenna and its height, cable
    std::string frequency_calibration;
    std::string level_calibration;
    bool draft = true;
    bool demonstration = false;
};

} // namespace gacsong
