// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Lines against contract.md §2.
#include "report/json/json_text.hpp"
#include "report/records/codes.hpp"
#include "report/sinks/json_lines.hpp"
#include "report/text/time_text.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <limits>

namespace gacsong {
namespace {

using nlohmann::ordered_json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Wordings both() { return {test::words(Language::en), test::words(Language::vi)}; }

std::vector<std::string> keys(const ordered_json& object)
{
    std::vector<std::string> names;
    for (const auto& [key, value] : object.items())
        names.push_back(key);
    return names;
}

ordered_json parsed(const std::string& line)
{
    EXPECT_EQ(line.find('\n'), std::string::npos);
    return ordered_json::parse(line);
}

} // namespace

TEST(JsonNumber, IsTheShortestThatReadsBack)
{
    EXPECT_EQ(json_number(98'000'000), "98000000");
    EXPECT_EQ(json_number(-31.2), "-31.2");
    EXPECT_EQ(json_number(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(json_number(-0.0), "0");
    EXPECT_EQ(json_number(1e21), "1e+21");
    EXPECT_EQ(json_number(std::nan("")), "null");
    EXPECT_EQ(json_number(-std::numeric_limits<double>::infinity()), "null");
    for (const double value : {442'150'120.37291, 1e-7, 1.0 / 3.0, 5e-324, 1.7976931348623157e308}) {
        const std::string text = json_number(value);
        double back = 0.0;
        std::from_chars(text.data(), text.data() + text.size(), back);
        EXPECT_EQ(back, value) << text;
    }
}

TEST(JsonString, SurvivesTextFromTheAir)
{
    EXPECT_EQ(json_string("a\xff\x1b\"\u2028\u2029đ"), "\"a\uFFFD\\u001b\\\"\\u2028\\u2029đ\"");
}

TEST(RunJson, LooksAsTheContractSays)
{
    EXPECT_EQ(run_json(test::sample_run()),
              R"({"type":"run","schema":1,"program":"gacsong 0.1.0","input":"fm.sigmf-meta","format":"cs8",)"
              R"("sample_rate_hz":2400000,"center_hz":98000000,"start":"2026-11-02T03:15:00Z","duration_s":12.5,)"
              R"("inferred":{"format":"sidecar","sample_rate_hz":"sidecar","center_hz":"sidecar","start":"sidecar"},)"
              R"("plan":"vn 2026-11","register":"licences.csv","receiver":null,"container":"sigmf",)"
              R"("settings":{"pfa":"1e-9","resolution_hz":"1562.5"}})");
}

TEST(RunJson, WritesNullForWhatIsUnknown)
{
    gacsong::Run run = test::sample_run();
    run.register_name.clear();
    run.stream.center_hz.reset();
    run.stream.start.reset();
    run.stream.length.reset();
    const ordered_json json = parsed(run_json(run));
    for (const char* key : {"center_hz", "start", "duration_s", "register", "receiver"})
        EXPECT_TRUE(json.at(key).is_null()) << key;
}

TEST(EmissionJson, HasTheFieldsOfTheContractInOrder)
{
    const ordered_json json = parsed(emission_json(test::licensed_emission(), both(), false));
    EXPECT_THAT(keys(json), ElementsAre("type", "id", "center_hz", "offset_hz", "low_hz", "high_hz", "bandwidth_hz",
                                        "bandwidth_26db_hz", "bandwidth_estimate", "power_dbfs", "snr_db", "start_s",
                                        "end_s", "start", "end", "bursts", "duty", "period_s", "quality",
                                        "quality_reasons", "uncertainty", "modulation", "system", "recognition",
                                        "designator", "service", "licence", "verdict", "reasons", "clipped"));
    EXPECT_EQ(json.at("start"), "2026-11-02T03:15:00.412Z");
    EXPECT_EQ(json.at("uncertainty").dump(), R"({"center_hz":120,"bandwidth_hz":300,"power_db":1.5})");
    EXPECT_EQ(json.at("modulation").dump(),
              R"({"name":"FSK4","confidence":0.98,"symbol_rate_hz":4800,"deviation_hz":1944})");
    EXPECT_EQ(json.at("system").dump(), R"({"name":"DMR","confidence":0.99,"identity":{"colour_code":1,"mnc":"01"}})");
    EXPECT_EQ(json.at("licence").dump(), R"({"id":"AG-0012","holder":"Công ty A"})");
    const ordered_json reason = json.at("reasons").at(0);
    EXPECT_THAT(keys(reason), ElementsAre("rule", "en", "vi", "reference"));
    EXPECT_EQ(reason.at("vi"),
              "Phát xạ 442,1501\u00A0MHz khớp giấy phép AG-0012 (Công ty A) trong danh sách licences.csv.");
}

/// Every field of the list is in the JSON under its name with its value: what is added to a record appears here.
TEST(EmissionJson, RoundTripsEveryField)
{
    Emission emission = test::licensed_emission();
    emission.power_dbm = -61.7;
    emission.uncertainty.level_db = 2.4;
    const ordered_json json = parsed(emission_json(emission, both(), true));
    int compared = 0;
    for_each_field(emission, [&](std::string_view name, const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        ASSERT_TRUE(json.contains(name)) << name;
        const ordered_json& read = json.at(std::string(name));
        ++compared;
        if constexpr (std::is_same_v<T, std::string> || std::is_arithmetic_v<T>) {
            EXPECT_EQ(read.template get<T>(), value) << name;
        } else if constexpr (std::is_same_v<T, std::optional<double>>) {
            EXPECT_EQ(read.template get<double>(), value) << name;
        } else if constexpr (std::is_same_v<T, std::optional<Instant>>) {
            EXPECT_EQ(parse_rfc3339(read.template get<std::string>()), value) << name;
        } else if constexpr (std::is_same_v<T, Quality> || std::is_same_v<T, Verdict>) {
            EXPECT_EQ(from_code<T>(read.template get<std::string>()), value) << name;
        } else if constexpr (requires { value.size(); }) {
            EXPECT_EQ(read.size(), value.size()) << name;
        }
    });
    EXPECT_EQ(compared, 31);
}

TEST(EmissionJson, CarriesOffsetsWhereTheCentreIsUnknown)
{
    const std::string line = emission_json(test::offset_emission(), both(), false);
    const ordered_json json = parsed(line);
    EXPECT_FALSE(json.contains("center_hz"));
    EXPECT_EQ(json.at("offset_hz"), -312'500.25);
    EXPECT_EQ(json.at("low_offset_hz"), -325'000.25);
    EXPECT_EQ(json.at("high_offset_hz"), -300'000.25);
    EXPECT_THAT(line, HasSubstr(R"("id":"e2","offset_hz":-312500.25,"low_offset_hz":)"));
}

TEST(EmissionJson, LeavesOutWhatIsUnknown)
{
    Emission emission = test::protected_emission();
    emission.modulation = {};
    emission.power_dbfs = std::nan("");
    const std::string line = emission_json(emission, both(), true);
    const ordered_json json = parsed(line);
    for (const char* key : {"low_hz", "start", "end", "period_s", "designator", "licence", "power_dbfs", "burst_list"})
        EXPECT_FALSE(json.contains(key)) << key;
    EXPECT_EQ(json.at("modulation").dump(), R"({"name":"unknown"})");
    EXPECT_EQ(json.at("uncertainty").dump(), R"({"center_hz":6100,"power_db":2})");
    EXPECT_EQ(json.at("reasons").dump(), "[]");
    EXPECT_THAT(line, Not(HasSubstr("null")));
}

TEST(EmissionJson, ListsBurstsOnlyWhenAsked)
{
    Emission emission = test::licensed_emission();
    EXPECT_FALSE(parsed(emission_json(emission, both(), false)).contains("burst_list"));
    EXPECT_EQ(parsed(emission_json(emission, both(), true)).at("burst_list").dump(),
              R"([{"start_s":0.412,"end_s":0.4395},{"start_s":0.472,"end_s":0.4995}])");
    emission.burst_list.assign(5000, Burst{0, 1});
    EXPECT_EQ(parsed(emission_json(emission, both(), true)).at("burst_list").size(), 2000U);
}

TEST(EmissionJson, KeepsIdentityReadable)
{
    const ordered_json json = parsed(emission_json(test::unlicensed_emission(), both(), false));
    EXPECT_EQ(json.at("system").at("identity").at("pilot_hz"), 19000.02);
    EXPECT_EQ(json.at("system").at("identity").at("rds_ps"), "VOV\x1b[31m1");
}

TEST(FindingJson, LooksAsTheContractSays)
{
    const ordered_json json = parsed(finding_json(test::sample_findings().front(), both()));
    EXPECT_THAT(keys(json),
                ElementsAre("type", "id", "subject", "rule", "severity", "center_hz", "en", "vi", "reference"));
    EXPECT_EQ(json.at("severity"), "serious");
    EXPECT_EQ(json.at("en"),
              "Emission on 98.7003\u00A0MHz ± 0.5\u00A0kHz, occupied bandwidth 182\u00A0kHz, received 10:15:00 on 2 "
              "November 2026 (UTC+7) to 10:15:12.500 on 2 November 2026 (UTC+7); no matching licence in licences.csv "
              "(file saved on 2 November 2026). The band is planned for FM broadcasting. Reference: Thông tư "
              "08/2021/TT-BTTTT.");
}

TEST(CellJson, OfOneThatIsBeingReceivedHoldsItsFindings)
{
    Cell cell;
    cell.id = "c1";
    cell.technology = "gsm";
    const ordered_json json = parsed(heard_json(cell, test::sample_findings(), both()));
    EXPECT_EQ(json.at("type"), "heard");
    EXPECT_EQ(json.at("id"), "c1");
    EXPECT_EQ(json.at("findings").size(), test::sample_findings().size());
    EXPECT_EQ(json.at("findings")[0].at("type"), "finding");
}

TEST(OtherJson, LooksAsTheContractSays)
{
    EXPECT_EQ(gap_json(Gap{3.2, 65536, "overflow"}), R"({"type":"gap","at_s":3.2,"samples":65536,"why":"overflow"})");
    EXPECT_EQ(gap_json(Gap{0, 1, "file"}), R"({"type":"gap","at_s":0,"samples":1,"why":"file"})");
    EXPECT_EQ(end_json(test::sample_end(), both()),
              R"({"type":"end","complete":true,"samples":30000000,"skipped_samples":0,"gaps":1,"emissions":3,)"
              R"("cells":0,"findings":2,"seconds":0.41})");
    EXPECT_EQ(warning_json(Message("warn.time"), both()),
              R"({"type":"warning","code":"warn.time",)"
              R"("en":"The recording carries no absolute time; times count from its start.",)"
              R"("vi":"Bản ghi không có thời gian tuyệt đối; thời gian tính từ đầu bản ghi."})");
}

TEST(OtherJson, SaysWhyAnInputEndedEarly)
{
    End end = test::sample_end();
    end.complete = false;
    end.why = Message("end.partial", {{"at", Quantity{3.2, Unit::at}}});
    const ordered_json json = parsed(end_json(end, both()));
    EXPECT_EQ(json.at("complete"), false);
    EXPECT_EQ(json.at("why"), "end.partial");
    EXPECT_THAT(json.at("en").get<std::string>(), HasSubstr("3.2\u00A0s"));
}

TEST(JsonLines, IsOneObjectALineAndRunFirstEndLast)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "out.jsonl";
    std::FILE* file = std::fopen(path.c_str(), "w");
    Output output(fileno(file), "out.jsonl");
    JsonLines sink(output, both(), false);
    ASSERT_TRUE(sink.begin(test::sample_run()));
    ASSERT_TRUE(sink.warning(Message("warn.time")));
    ASSERT_TRUE(sink.gap({3.2, 65536, "overflow"}));
    ASSERT_TRUE(sink.emission(test::licensed_emission()));
    ASSERT_TRUE(sink.finding(test::sample_findings().front()));
    ASSERT_TRUE(sink.end(test::sample_end()));
    std::fclose(file);
    std::istringstream lines(test::read_file(path));
    std::vector<std::string> types;
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(line.starts_with("{\"type\":\""));
        types.push_back(parsed(line).at("type"));
    }
    EXPECT_THAT(types, ElementsAre("run", "warning", "gap", "emission", "finding", "end"));
}

} // namespace gacsong
