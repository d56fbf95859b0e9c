// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/records/fields.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A device that was looked at on a visit to premises: what was typed or read from a table, what the program says of
/// it. A visit where no device was found is one without a kind. Texts are as somebody typed them; where a field has
/// codes (inspection_codes.hpp) a text that is none of them is kept.
struct InspectedDevice {
    std::uint64_t device = 0; ///< number in the store, from 1
    std::string case_id;
    std::string date; ///< `2026-11-05`
    std::string premises;
    std::string address;
    std::string kind_of_business; ///< code: `household`
    std::string representative;   ///< name and position
    std::string inspectors;
    std::string device_kind; ///< code: `wireless-microphone`
    std::string make;
    std::string model;
    std::string serial;
    std::string imei;
    std::optional<bool> imei_ok; ///< check digit; absent: the number has none
    std::string mark;            ///< of conformity: `yes`, `no`, `unreadable`, then its code; empty: not looked at
    std::string certificate;     ///< of conformity, number
    std::string declaration;     ///< likewise
    std::string invoice;         ///< papers of origin: `no`, or which
    std::optional<double> label_freq_hz; ///< as labelled
    std::optional<double> label_power_w; ///< as labelled
    std::string emission_id;             ///< what was measured of it: `12/e3`
    std::optional<double> center_hz;     ///< of that emission
    std::optional<double> bandwidth_hz;  ///< likewise
    std::string designator;              ///< likewise
    std::vector<Reason> remark;          ///< the program's, with its references
    std::string action;                  ///< code: `sealed`
    std::string seal_no;
    std::string note;

    static constexpr auto fields = std::tuple{
        Field{"device", &InspectedDevice::device},
        Field{"case_id", &InspectedDevice::case_id},
        Field{"date", &InspectedDevice::date},
        Field{"premises", &InspectedDevice::premises},
        Field{"address", &InspectedDevice::address},
        Field{"kind_of_business", &InspectedDevice::kind_of_business},
        Field{"representative", &InspectedDevice::representative},
        Field{"inspectors", &InspectedDevice::inspectors},
        Field{"device_kind", &InspectedDevice::device_kind},
        Field{"make", &InspectedDevice::make},
        Field{"model", &InspectedDevice::model},
        Field{"serial", &InspectedDevice::serial},
        Field{"imei", &InspectedDevice::imei},
        Field{"imei_ok", &InspectedDevice::imei_ok},
        Field{"mark", &InspectedDevice::mark},
        Field{"certificate", &InspectedDevice::certificate},
        Field{"declaration", &InspectedDevice::declaration},
        Field{"invoice", &InspectedDevice::invoice},
        Field{"label_freq_hz", &InspectedDevice::label_freq_hz},
        Field{"label_power_w", &InspectedDevice::label_power_w},
        Field{"emission_id", &InspectedDevice::emission_id},
        Field{"center_hz", &InspectedDevice::center_hz},
        Field{"bandwidth_hz", &InspectedDevice::bandwidth_hz},
        Field{"designator", &InspectedDevice::designator},
        Field{"remark", &InspectedDevice::remark},
        Field{"action", &InspectedDevice::action},
        Field{"seal_no", &InspectedDevice::seal_no},
        Field{"note", &InspectedDevice::note},
    };
};

} // namespace gacsong
