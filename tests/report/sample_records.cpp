// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace gacsong::test {

namespace fs = std::filesystem;

Run sample_run()
{
    Run run;
    run.program = "gacsong 0.1.0";
    run.plan = "vn 2026-11";
    run.register_name = "licences.csv";
    run.settings = {"pfa=1e-9", "resolution_hz=1562.5"};
    StreamInfo& stream = run.stream;
    stream.input = "fm.sigmf-meta";
    stream.format = SampleFormat::of(Component::s8);
    stream.format_name = "cs8";
    stream.sample_rate_hz = 2'400'000;
    stream.center_hz = 98e6;
    stream.start = morning;
    stream.length = 30'000'000;
    stream.format_origin = stream.rate_origin = stream.center_origin = stream.start_origin = Origin::sidecar;
    stream.container = "sigmf";
    return run;
}

Emission licensed_emission()
{
    Emission e;
    e.id = "e3";
    e.center_hz = 442'150'120;
    e.offset_hz = -349'880;
    e.low_hz = 442'146'320;
    e.high_hz = 442'153'920;
    e.bandwidth_hz = 7600;
    e.bandwidth_26db_hz = 9400;
    e.power_dbfs = -31.2;
    e.snr_db = 24.1;
    e.start_s = 0.412;
    e.end_s = 9.87;
    e.start = Instant{morning.unix_ns + 412'000'000};
    e.end = Instant{morning.unix_ns + 9'870'000'000};
    e.bursts = 158;
    e.duty = 0.5;
    e.period_s = 0.06;
    e.quality = Quality::good;
    e.quality_reasons = {Message("why.gap")};
    e.uncertainty = {120, 300, 1.5, {}};
    e.modulation = {"FSK4", 0.98, 4800.0, 1944.0};
    e.system = {"DMR", 0.99, {{"colour_code", "1"}, {"mnc", "01"}}};
    e.recognition = {Message("conf.sure", {{"n", std::int64_t{3}}})};
    e.designator = "7K60FXW";
    e.service = "land mobile";
    e.licence = LicenceMatch{"AG-0012", "Công ty A"};
    e.verdict = Verdict::licensed;
    e.reasons = {{"licensed",
                  Message("verdict.licensed.line", {{"center", Quantity{442'150'120, Unit::frequency, 120}},
                                                    {"licence", "AG-0012"},
                                                    {"holder", "Công ty A"},
                                                    {"register", "licences.csv"}}),
                  "Giấy phép AG-0012"}};
    e.burst_list = {{0.412, 0.4395}, {0.472, 0.4995}};
    return e;
}

Emission unlicensed_emission()
{
    Emission e;
    e.id = "e1";
    e.center_hz = 98'700'312;
    e.offset_hz = 700'312;
    e.low_hz = 98'609'112;
    e.high_hz = 98'791'512;
    e.bandwidth_hz = 182'400;
    e.power_dbfs = -18.04;
    e.snr_db = 41.7;
    e.start_s = 0;
    e.end_s = 12.5;
    e.start = morning;
    e.end = Instant{morning.unix_ns + 12'500'000'000};
    e.quality = Quality::good;
    e.uncertainty = {500, 2000, 1.5, {}};
    e.modulation = {"WFM", 0.95, std::nullopt, 75'000.0};
    e.system = {"FM broadcast", 0.97, {{"pilot_hz", "19000.02"}, {"rds_ps", "VOV\x1b[31m1"}}};
    e.service = "broadcasting FM";
    e.verdict = Verdict::unlicensed;
    e.reasons = {{"unlicensed",
                  Message("verdict.unlicensed.line",
                          {{"center", Quantity{98'700'312, Unit::frequency, 500}}, {"register", "licences.csv"}}),
                  ""}};
    return e;
}

Emission protected_emission()
{
    Emission e;
    e.id = "e2";
    e.center_hz = 121'500'010;
    e.offset_hz = 0.5;
    e.bandwidth_hz = 6200;
    e.bandwidth_estimate = true;
    e.power_dbfs = -3.1;
    e.snr_db = 5.2;
    e.start_s = 3.25;
    e.end_s = 3.3;
    e.quality = Quality::poor;
    e.quality_reasons = {Message("why.snr", {{"snr", Quantity{5.2, Unit::db}}, {"limit", Quantity{6, Unit::db}}})};
    e.uncertainty = {6100, 0, 2, {}};
    e.modulation = {"AM", 0.4, std::nullopt, std::nullopt};
    e.clipped = true;
    e.service = "distress and safety";
    e.verdict = Verdict::protected_band;
    return e;
}

Emission offset_emission()
{
    Emission e = protected_emission();
    e.center_hz.reset();
    e.offset_hz = -312'500.25;
    e.bandwidth_hz = 25'000;
    e.clipped = false;
    e.verdict = Verdict::unknown;
    e.service.clear();
    return e;
}

std::vector<Finding> sample_findings()
{
    Finding unlicensed;
    unlicensed.id = "f1";
    unlicensed.subject = "e1";
    unlicensed.rule = "unlicensed-emission";
    unlicensed.severity = Severity::serious;
    unlicensed.center_hz = 98'700'312;
    unlicensed.reference = "Thông tư 08/2021/TT-BTTTT";
    unlicensed.message = Message("rule.unlicensed-emission", {{"center", Quantity{98'700'312, Unit::frequency, 500}},
                                                              {"u_center", Quantity{500, Unit::frequency}},
                                                              {"bw", Quantity{182'400, Unit::bandwidth, 2000}},
                                                              {"start", morning},
                                                              {"end", Instant{morning.unix_ns + 12'500'000'000}},
                                                              {"register", "licences.csv"},
                                                              {"date", morning},
                                                              {"service", Term{"broadcasting FM"}},
                                                              {"reference", "Thông tư 08/2021/TT-BTTTT"}});
    Finding weak;
    weak.id = "f2";
    weak.subject = "e2";
    weak.rule = "protected-band";
    weak.severity = Severity::notice;
    weak.center_hz = 121'500'010;
    weak.reference = "QH 2026";
    weak.message = Message("rule.protected-band.poor", {{"center", Quantity{121'500'010, Unit::frequency, 6100}}});
    return {unlicensed, weak};
}

End sample_end()
{
    End end;
    end.samples = 30'000'000;
    end.emissions = 3;
    end.findings = 2;
    end.gaps = 1;
    end.seconds = 0.41;
    return end;
}

const Wording& words(Language language)
{
    const auto load = [](Language one) {
        Wording wording(one);
        const std::array folders{fs::path(GACSONG_SOURCE_DIR) / "plans/wording"};
        for (const char* part :
             {"", "report", "paint", "cells", "explain_cell", "papers", "inspections", "letters", "summary"})
            if (!wording.add_file(folders, part))
                ADD_FAILURE() << "plans/wording cannot be read";
        return wording;
    };
    static const Wording vi = load(Language::vi);
    static const Wording en = load(Language::en);
    return language == Language::vi ? vi : en;
}

std::string read_file(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void expect_golden(const std::string& text, const std::string& name)
{
    const fs::path path = fs::path(GACSONG_SOURCE_DIR) / "tests/golden/report" / name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }
    EXPECT_EQ(text, read_file(path)) << "UPDATE_GOLDEN=1 rewrites " << path;
}

} // namespace gacsong::test
