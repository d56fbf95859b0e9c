// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/channels.hpp"
#include "detect/plan/place.hpp"
#include "detect/plan/tables/validity.hpp"
#include "dsp/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// How far a row's facts were compared with the text they rest on. What rests on `no` is at most a notice, on
/// `partly` at most serious.
enum class Verified { no, partly, yes };

/// What all rows of a plan have.
struct PlanRow {
    std::string file;
    std::int64_t line = 0;
    double low_hz = 0.0; ///< low_hz ≤ f < high_hz
    double high_hz = 0.0;
    std::string reference; ///< quoted, never composed
    Verified verified = Verified::no;
    Validity validity;
    std::string note;

    [[nodiscard]] bool contains(double frequency_hz) const { return frequency_hz >= low_hz && frequency_hz < high_hz; }
};

/// Whose permission a transmitter needs, and so what a licence register can tell about it.
enum class Licensing {
    station,     ///< every station has a licence that a register lists
    broadcaster, ///< the same; without a register it is taken for a broadcaster
    network,     ///< an operator holds the band, its stations are not listed one by one
    amateur,     ///< licensed by call sign, may move
    moving,      ///< aircraft, ships and stations of other countries are not listed by frequency
    state,       ///< defence and security; not in a civil register
    space,       ///< received from satellites, or passive
    closed,      ///< not stated
};

/// Deviation from the assigned frequency that is allowed: the larger of both. A band that states none, or no
/// reference, takes that of the plan.
struct Tolerance {
    double hz = 0.0;
    double ppm = 0.0;
    std::string reference;
    Verified verified = Verified::no;

    [[nodiscard]] double at(double frequency_hz) const;
};

/// Carriers of a band. `numbering` names the way channels are counted: `television`, or empty.
struct ChannelRaster {
    Raster raster;
    std::string numbering;
    Verified verified = Verified::no;
};

/// What a band is for. Bands do not overlap at any time.
struct Band {
    PlanRow row;
    std::string service; ///< key of the wording's terms
    Licensing licensing = Licensing::closed;
    Tolerance tolerance;
    std::optional<ChannelRaster> channels;
    double bandwidth_margin = 0.0; ///< share by which a measured width may pass the licensed one (modulation moves it)
    bool block_licences = false;   ///< a licence may cover many stations at once
};

/// A class of devices that needs no licence under conditions.
struct ExemptClass {
    PlanRow row;
    std::string device;                           ///< key of the wording's terms
    std::string service;                          ///< likewise
    std::optional<double> class_min_bandwidth_hz; ///< what cannot be of this class is narrower …
    std::optional<double> class_max_bandwidth_hz; ///< … or wider
    std::optional<double> max_bandwidth_hz;       ///< condition
    std::optional<double> max_duty;               ///< condition, 0 … 1 over duty_window_s
    double duty_window_s = 3'600.0;
    std::optional<double> usual_duty;     ///< above it the emission is worth a remark
    bool look_alike = false;              ///< cannot be told from the licensed service of the band: never decides alone
    std::vector<std::string> systems;     ///< of contract.md §2; where stated, no other recognised system belongs
    std::vector<std::string> not_systems; ///< systems that do not
    std::vector<std::string> not_measured; ///< terms of the conditions that a receiver cannot tell
};

/// A kind of device that may not transmit in a band.
struct ProhibitedDevice {
    PlanRow row;
    std::string device;               ///< key of the wording's terms
    std::vector<std::string> systems; ///< recognised as one of these: fires
    // Without recognition all of these must be stated and met:
    std::optional<double> min_bandwidth_hz;
    std::optional<double> max_bandwidth_hz;
    std::vector<double> periods_s; ///< one of them, ± 1 %
    std::optional<double> min_duty;
    std::optional<double> max_duty;
    double min_duration_s = 0.0;
    std::vector<std::string> modulations; ///< one of them, or unknown
    std::optional<Raster> raster;
    double raster_tolerance_hz = 0.0;
    bool by_traits = false;          ///< the traits above suffice
    std::vector<std::string> except; ///< terms of exempt classes where the device is allowed
};

/// What belongs in a protected band. Every stated condition must be met.
struct Expected {
    std::optional<double> low_hz;
    std::optional<double> high_hz;
    std::optional<double> min_bandwidth_hz;
    std::optional<double> max_bandwidth_hz;
    std::optional<double> max_duty;
    std::optional<double> max_on_s; ///< longest unbroken transmission
    std::optional<Raster> raster;
    double raster_tolerance_hz = 0.0;
};

/// A band where nothing may disturb.
struct ProtectedBand {
    PlanRow row;
    std::string service;
    bool distress = false; ///< a frequency of distress calls: any use is told
    std::vector<Expected> expected;
    std::optional<double> narrow_notice_hz; ///< an emission narrower than this is only a notice
    std::optional<double> jamming_width_hz; ///< from this width on it has the traits of jamming
};

/// A piece of spectrum that an operator holds. low_hz … high_hz of the row is the downlink.
struct MobileBlock {
    PlanRow row;
    std::string name;
    std::string holder;
    std::vector<std::string> plmn;
    std::vector<std::string> technologies; ///< `gsm`, `umts`, `lte`, `nr`, `any`
    std::optional<double> uplink_low_hz;
    std::optional<double> uplink_high_hz;
};

/// A technology that a network switched off. low_hz and high_hz of the row are 0: all bands.
struct SwitchedOff {
    PlanRow row; ///< validity.from: the first moment after the last day
    std::string technology;
    std::vector<std::string> plmn;
    std::string exception;
};

/// A mobile network, home or foreign.
struct MobileNetwork {
    PlanRow row;
    std::string plmn; ///< `452-04`
    std::string name;
    std::string role; ///< `network`, `virtual`, `withdrawn`, `foreign`
    std::string country;
};

/// A land border, as a line of points; coarse enough to say "within 40 km".
struct Border {
    PlanRow row; ///< low_hz and high_hz are 0
    std::string country;
    std::vector<Place> line; ///< at least two points
};

/// What asks for a mark of conformity on devices.
struct Conformity {
    std::string reference; ///< empty: the plan does not say
    Verified verified = Verified::no;
};

/// A band plan: dated, referenced rows (contract.md §5).
struct Plan {
    std::string name;
    std::string edition;
    std::string title_vi;
    std::string title_en;
    Tolerance tolerance; ///< of bands that state none
    Conformity conformity;
    std::vector<Band> bands;
    std::vector<ExemptClass> exempt;
    std::vector<ProhibitedDevice> prohibited;
    std::vector<ProtectedBand> protected_bands;
    std::vector<MobileBlock> blocks;
    std::vector<SwitchedOff> switched_off;
    std::vector<MobileNetwork> networks;
    std::vector<Border> borders;
    std::vector<Message> problems; ///< warn.plan_row: rows that are not used

    /// `vn 2026-11`
    [[nodiscard]] std::string full_name() const { return name + " " + edition; }
    /// The row whose band holds `frequency_hz` at `t`; null where there is none.
    [[nodiscard]] const Band* band_at(double frequency_hz, Instant t) const;
};

} // namespace gacsong
