// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/captures/demo.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace gacsong::test {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view licence_of_captures = "CC0-1.0";
constexpr std::string_view start_text = "2026-11-02T03:15:00Z";

double rounded(double value, double step)
{
    const double scaled = std::round(value / step);
    return step < 1.0 ? scaled / std::round(1.0 / step) : scaled * step;
}

std::int64_t hertz(double value) { return std::llround(value); }

std::vector<std::byte> bytes_of(std::string_view text)
{
    std::vector<std::byte> out(text.size());
    std::memcpy(out.data(), text.data(), text.size());
    return out;
}

const char* sigmf_type(SampleFormat format)
{
    switch (format.component) {
    case Component::u8:
        return "cu8";
    case Component::s8:
        return "ci8";
    case Component::s16:
        return "ci16_le";
    default:
        return "cf32_le";
    }
}

Json meta_of(const DemoRecording& recording)
{
    Json place{{"type", "Point"}, {"coordinates", {demo_longitude, demo_latitude}}};
    return {{"global",
             {{"core:datatype", sigmf_type(recording.format)},
              {"core:sample_rate", hertz(recording.scene.sample_rate_hz)},
              {"core:version", "1.2.5"},
              {"core:description", recording.description},
              {"core:license", "https://creativecommons.org/publicdomain/zero/1.0/"},
              {"core:recorder", "gacsong make_captures"}}},
            {"captures", Json::array({{{"core:sample_start", 0},
                                       {"core:frequency", hertz(*recording.scene.center_hz)},
                                       {"core:datetime", start_text},
                                       {"core:geolocation", place}}})},
            {"annotations", Json::array()}};
}

Json emission_of(const TrueEmission& truth, const Expected& expected)
{
    Json out;
    out["label"] = truth.label;
    out["center_hz"] = hertz(*truth.center_hz);
    out["offset_hz"] = hertz(truth.offset_hz);
    out["bandwidth_hz"] = hertz(truth.bandwidth_hz);
    out["bandwidth_kind"] = "99 % power of the noise-free signal";
    out["start_s"] = rounded(truth.start_s, 1e-6);
    out["end_s"] = rounded(truth.end_s, 1e-6);
    out["bursts"] = truth.bursts.size();
    out["duty"] = rounded(truth.duty, 1e-4);
    out["power_dbfs"] = rounded(truth.power_dbfs, 0.1);
    if (truth.snr_db)
        out["snr_db"] = rounded(*truth.snr_db, 0.1);
    out["modulation"] = truth.modulation;
    if (!expected.modulation_also.empty())
        out["modulation_also"] = expected.modulation_also;
    if (truth.system != "unknown")
        out["system"] = truth.system;
    if (!expected.system_also.empty())
        out["system_also"] = expected.system_also;
    if (expected.system_optional)
        out["system_optional"] = true;
    auto identity = truth.identity;
    for (const std::string& key : expected.too_short_for)
        identity.erase(key);
    if (!identity.empty())
        out["identity"] = identity;
    out["verdict"] = expected.verdict;
    if (expected.tolerance_hz > 0.0)
        out["tolerance_hz"] = expected.tolerance_hz;
    if (expected.may_be > 1)
        out["may_be"] = expected.may_be;
    return out;
}

Json capture_of(const DemoRecording& recording, bool licences)
{
    const Truth truth = recording.scene.truth(recording.format);
    Json out;
    out["file"] = recording.name + ".sigmf-data";
    out["with_files"] = Json::array({recording.name + ".sigmf-meta"});
    out["format"] = sigmf_type(recording.format);
    out["sample_rate_hz"] = hertz(recording.scene.sample_rate_hz);
    out["center_hz"] = hertz(*recording.scene.center_hz);
    out["duration_s"] = rounded(recording.scene.duration_s, 1e-6);
    out["start"] = start_text;
    out["description"] = recording.description;
    out["source"] = "tests/support/captures (make_captures)";
    out["licence"] = licence_of_captures;
    if (licences)
        out["licences"] = "licences.csv";
    out["noise_dbfs_hz"] = rounded(truth.noise_dbfs_hz, 0.1);
    out["emissions"] = Json::array();
    for (std::size_t i = 0; i < recording.expected.size(); ++i)
        out["emissions"].push_back(emission_of(truth.emissions.at(i), recording.expected[i]));
    out["complete_list"] = true;
    out["expect"] = recording.expected.empty() ? "silent" : "found";
    return out;
}

void add_folder(const DemoFolder& folder, std::vector<DemoFile>& out)
{
    const auto add = [&](const std::string& name, std::vector<std::byte> bytes) {
        out.push_back({folder.name + "/" + name, std::move(bytes)});
    };
    Json truth{{"description", folder.description}, {"captures", Json::array()}};
    for (const DemoRecording& recording : folder.recordings) {
        add(recording.name + ".sigmf-data", recording.scene.build(recording.format));
        add(recording.name + ".sigmf-meta", bytes_of(meta_of(recording).dump(1) + "\n"));
        truth["captures"].push_back(capture_of(recording, !folder.licences.empty()));
    }
    add("truth.json", bytes_of(truth.dump(1) + "\n"));
    if (!folder.licences.empty())
        add("licences.csv", bytes_of(demo_register(folder)));
}

} // namespace

std::string demo_register(const DemoFolder& folder)
{
    std::string out = "id,holder,service,center_hz,bandwidth_hz,designator,power_w,lat,lon,radius_km,valid_from,"
                      "valid_to,note\n";
    for (const DemoLicence& row : folder.licences) {
        char numbers[160];
        std::snprintf(numbers, sizeof numbers, "%.0f,%.0f,%s,%g,%.4f,%.4f,60,2024-01-01,2029-12-31", row.center_hz,
                      row.bandwidth_hz, row.designator.c_str(), row.power_w, demo_latitude, demo_longitude);
        out += row.id + "," + row.holder + "," + row.service + "," + numbers + "," + row.note + "\n";
    }
    return out;
}

std::vector<DemoFile> demo_files()
{
    std::vector<DemoFile> out;
    for (const DemoFolder& folder : {fm_band_demo(), uhf_mix_demo(), dect6_demo(), empty_demo()})
        add_folder(folder, out);
    return out;
}

} // namespace gacsong::test
