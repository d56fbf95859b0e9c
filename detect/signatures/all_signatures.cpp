// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/all_signatures.hpp"

#include <array>

namespace gacsong::detect {

// One signature a file; a new one is declared here and listed below, cheap ones first.
extern const Signature signature_acars;
extern const Signature signature_ads_b;
extern const Signature signature_ais;
extern const Signature signature_am_broadcast;
extern const Signature signature_analogue_video;
extern const Signature signature_analogue_voice;
extern const Signature signature_aprs;
extern const Signature signature_bluetooth;
extern const Signature signature_dab;
extern const Signature signature_dect;
extern const Signature signature_digital_television;
extern const Signature signature_dji;
extern const Signature signature_dmr;
extern const Signature signature_fm_broadcast;
extern const Signature signature_frame_syncs;
extern const Signature signature_idle_transmitter;
extern const Signature signature_jammer;
extern const Signature signature_lora;
extern const Signature signature_morse;
extern const Signature signature_nr;
extern const Signature signature_p25;
extern const Signature signature_packet_radio;
extern const Signature signature_pocsag;
extern const Signature signature_radiosonde;
extern const Signature signature_repeater;
extern const Signature signature_rtl_433;
extern const Signature signature_tetra;
extern const Signature signature_umts;
extern const Signature signature_vor;
extern const Signature signature_wifi;
extern const Signature signature_wireless_microphone;
extern const Signature signature_zigbee;

namespace {

constexpr std::array signatures{
    &signature_morse,
    &signature_vor,
    &signature_fm_broadcast,
    &signature_wireless_microphone,
    &signature_ads_b,
    &signature_dect,
    &signature_bluetooth,
    &signature_zigbee,
    &signature_wifi,
    &signature_dji,
    &signature_analogue_video,
    &signature_dab,
    &signature_digital_television,
    &signature_jammer,
    &signature_umts,
    &signature_nr,
    &signature_repeater,
    &signature_pocsag,
    &signature_lora,
    &signature_ais,
    &signature_aprs,
    &signature_acars,
    &signature_dmr,
    &signature_p25,
    &signature_tetra,
    &signature_radiosonde,
    &signature_idle_transmitter,
    &signature_am_broadcast,
    &signature_analogue_voice,
    &signature_frame_syncs,
    &signature_packet_radio,
    &signature_rtl_433,
};

} // namespace

std::span<const Signature* const> signatures_in_order() { return signatures; }

} // namespace gacsong::detect
