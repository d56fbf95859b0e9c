// SPDX-License-Identifier: GPL-3.0-or-later
// Devices that were looked at on premises: check digits, tables, what follows from the plan, the store.
#include "detect/plan/plan_reader.hpp"
#include "report/cases/cases.hpp"
#include "report/inspections/device_checks.hpp"
#include "report/inspections/device_table.hpp"
#include "report/inspections/imei.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/inspections/inspections.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace gacsong {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Plan& plan()
{
    static const Plan loaded = [] {
        const std::array folders{std::filesystem::path(GACSONG_SOURCE_DIR) / "plans"};
        return *load_plan("vn", folders);
    }();
    return loaded;
}

std::array<const Wording*, 2> both() { return {&test::words(Language::vi), &test::words(Language::en)}; }

std::vector<std::string> keys(const std::vector<Reason>& reasons)
{
    std::vector<std::string> all;
    for (const Reason& reason : reasons)
        all.push_back(reason.message.key.substr(std::string("inspection.remark.").size()));
    return all;
}

std::vector<std::string> remarks(InspectedDevice device, const Emission* emission = nullptr)
{
    device.date = "2026-11-05";
    return keys(device_remarks(device, plan(), emission));
}

TEST(Imei, IsCheckedByItsLastDigit)
{
    EXPECT_EQ(imei_check("490154203237518"), true); // the example of 3GPP TS 23.003, Annex B: 8
    EXPECT_EQ(imei_check("49-015420-323751-8"), true);
    for (char digit = '0'; digit <= '9'; ++digit) {
        if (digit != '8') {
            EXPECT_EQ(imei_check(std::string("49015420323751") + digit), false) << digit;
        }
    }
    EXPECT_EQ(imei_check("490154203237581"), false) << "two digits exchanged";
    EXPECT_EQ(imei_check("49015420323751"), std::nullopt) << "without its check digit";
    EXPECT_EQ(imei_check("4901542032375101"), std::nullopt) << "with the version of the software";
    for (const char* no_imei : {"", "abc", "123", "49015420323751a", "49015420323751800"})
        EXPECT_EQ(imei_check(no_imei), false) << no_imei;
}

TEST(DeviceChecks, FollowFromThePlan)
{
    InspectedDevice microphone;
    microphone.device_kind = "wireless-microphone";
    EXPECT_THAT(remarks(microphone), IsEmpty());
    microphone.label_freq_hz = 500e6; // 470–694 MHz is on the list
    EXPECT_THAT(remarks(microphone), IsEmpty());
    microphone.label_freq_hz = 740e6;
    EXPECT_THAT(remarks(microphone), ElementsAre("not_permitted"));
    InspectedDevice phone;
    phone.device_kind = "cordless-phone";
    phone.label_freq_hz = 1'890e6;
    EXPECT_THAT(remarks(phone), IsEmpty());
    phone.label_freq_hz = 1'925e6;
    EXPECT_THAT(remarks(phone), ElementsAre("not_permitted"));
    phone.label_freq_hz = 380e6;
    EXPECT_THAT(remarks(phone), ElementsAre("outside"));
    InspectedDevice remote;
    remote.device_kind = "remote-control";
    remote.label_freq_hz = 433.92e6;
    EXPECT_THAT(remarks(remote), IsEmpty());
    remote.label_freq_hz = 315e6;
    EXPECT_THAT(remarks(remote), ElementsAre("outside"));
    InspectedDevice jammer;
    jammer.device_kind = "jammer";
    EXPECT_THAT(remarks(jammer), ElementsAre("needs_permission"));
    InspectedDevice other;
    other.device_kind = "máy tự chế";
    other.label_freq_hz = 315e6;
    EXPECT_THAT(remarks(other), IsEmpty()) << "a kind the plan does not speak of";
}

TEST(DeviceChecks, NameWhatTheyRestOn)
{
    InspectedDevice device;
    device.device_kind = "wireless-microphone";
    device.mark = "no";
    device.label_freq_hz = 740e6;
    device.imei_ok = false;
    const auto all = device_remarks(device, plan(), nullptr);
    EXPECT_THAT(keys(all), ElementsAre("no_mark", "not_permitted", "imei"));
    for (const Reason& reason : all) {
        EXPECT_FALSE(reason.reference.empty()) << reason.message.key;
        for (const Wording* words : both())
            EXPECT_THAT(words->text(reason.message), HasSubstr(reason.reference));
    }
    EXPECT_THAT(test::words(Language::vi).text(all[0].message), HasSubstr("xác nhận một phần"));
    device.mark = "yes B12";
    device.imei_ok.reset();
    EXPECT_THAT(remarks(device), ElementsAre("not_permitted"));
}

TEST(DeviceChecks, CompareLabelAndMeasurement)
{
    InspectedDevice radio;
    radio.device_kind = "two-way-radio";
    radio.label_freq_hz = 442e6;
    Emission e;
    e.bandwidth_hz = 8e3;
    e.uncertainty.center_hz = 500.0;
    e.center_hz = 442.01e6; // within 100 ppm
    EXPECT_THAT(remarks(radio, &e), IsEmpty());
    e.center_hz = 442.1e6;
    EXPECT_THAT(remarks(radio, &e), ElementsAre("measured"));
    e.center_hz.reset();
    EXPECT_THAT(remarks(radio, &e), IsEmpty()) << "only an offset is known";
}

TEST(DeviceTable, IsReadInBothLanguagesAndWrittenBack)
{
    const std::string text =
        "\xEF\xBB\xBF"
        "premises;date;device_kind;mark;label_freq_hz;label_power_w;kind_of_business;action;imei_ok;more\r\n"
        "\"Nhà \"\"A\"\"; B\";05/11/2026;Micro không dây;không đọc được;740,125M;0,03;Hộ kinh doanh;niêm "
        "phong;yes;x\r\n"
        "C;2026-11-06;wireless microphone;có B 12;;;;;;\r\n"
        "D;2026-13-06;camera;;;;;;;\r\n"
        ";2026-11-06;camera;;;;;;;\r\n"
        "E;2026-11-06;camera;maybe;;;;;;\r\n"
        "F;2026-11-06;camera;;-5;;;;;\r\n"
        "G;2026-11-06;thứ lạ;;;;;;;\r\n";
    std::vector<Message> problems;
    const auto devices = parse_device_table(text, "x.csv", both(), problems);
    ASSERT_TRUE(devices);
    ASSERT_EQ(problems.size(), 5U);
    EXPECT_THAT(test::words(Language::en).text(problems.front()),
                AllOf(HasSubstr("not taken: more."), HasSubstr("premises, "), Not(HasSubstr("imei_ok"))))
        << "only what somebody can fill in is named";
    ASSERT_EQ(devices->size(), 3U);
    const InspectedDevice& first = devices->front();
    EXPECT_EQ(first.premises, "Nhà \"A\"; B");
    EXPECT_EQ(first.device_kind, "wireless-microphone");
    EXPECT_EQ(first.mark, "unreadable");
    EXPECT_EQ(first.kind_of_business, "household");
    EXPECT_EQ(first.action, "sealed");
    EXPECT_DOUBLE_EQ(first.label_freq_hz.value_or(0.0), 740.125e6);
    EXPECT_DOUBLE_EQ(first.label_power_w.value_or(0.0), 0.03);
    EXPECT_EQ(first.imei_ok, std::nullopt) << "the program's own";
    EXPECT_EQ((*devices)[1].mark, "yes B 12");
    EXPECT_EQ((*devices)[2].device_kind, "thứ lạ");
    const std::string written = device_table(*devices, test::words(Language::vi), true);
    EXPECT_TRUE(written.starts_with("\xEF\xBB\xBF"
                                    "date,premises,address,kind_of_business,representative,inspectors,device_kind,make,"
                                    "model,serial,imei,imei_ok,mark,certificate,declaration,invoice,label_freq_hz,"
                                    "label_power_w,emission_id,remark,action,seal_no,note\r\n"));
    const auto again = parse_device_table(written, "x.csv", both(), problems);
    ASSERT_TRUE(again);
    EXPECT_EQ(problems.size(), 5U) << "its own columns are all known";
    EXPECT_EQ(device_table(*again, test::words(Language::vi), true), written);
    EXPECT_FALSE(parse_device_table("", "x.csv", both(), problems));
    EXPECT_FALSE(parse_device_table("premises,make\nA,B\n", "x.csv", both(), problems));
}

class Visits : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    std::unique_ptr<Store> store;
    std::string case_id;

    void SetUp() override
    {
        const StoreAddress address = test::new_store(folder);
        store = std::move(*Store::open(address));
        StoreSink sink(address, 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        ASSERT_TRUE(sink.emission(test::unlicensed_emission()));
        ASSERT_TRUE(sink.end(test::sample_end()));
        CaseFile draft;
        draft.title = "Kiểm tra";
        case_id = Cases(*store, hand()).create(std::move(draft))->case_id;
    }
    static Hand hand() { return {"lan", test::morning}; }
    [[nodiscard]] Inspections inspections() const { return {*store, hand()}; }
    static InspectedDevice microphone()
    {
        InspectedDevice device;
        device.date = "05/11/2026";
        device.premises = "Cửa hàng A";
        device.device_kind = "wireless-microphone";
        device.imei = "490154203237519";
        device.mark = "no";
        device.label_freq_hz = 740e6;
        return device;
    }
};

TEST_F(Visits, AreCompletedAndKeptWithoutDoubles)
{
    InspectedDevice measured = microphone();
    measured.emission_id = test::unlicensed_emission().id;
    const std::array devices{microphone(), measured, microphone()};
    const auto added = inspections().add(case_id, devices, plan());
    ASSERT_TRUE(added) << added.error().message.key;
    EXPECT_EQ(*added, 2U);
    EXPECT_EQ(*inspections().add(case_id, devices, plan()), 0U);
    const auto kept = inspections().list(case_id);
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 2U);
    EXPECT_EQ(kept->front().date, "2026-11-05");
    EXPECT_EQ(kept->front().imei_ok, false);
    EXPECT_THAT(keys(kept->front().remark), ElementsAre("no_mark", "not_permitted", "imei"));
    EXPECT_EQ(kept->back().emission_id, "1/" + test::unlicensed_emission().id);
    EXPECT_EQ(kept->back().center_hz, test::unlicensed_emission().center_hz);
    EXPECT_THAT(keys(kept->back().remark), ElementsAre("no_mark", "not_permitted", "imei", "measured"));
    const std::string json = inspected_device_json(kept->front(), {*both()[1], *both()[0]});
    EXPECT_THAT(json, HasSubstr("\"type\":\"inspected_device\""));
    EXPECT_THAT(json, HasSubstr("\"imei_ok\":false"));
    EXPECT_THAT(json, Not(HasSubstr("[inspection"))) << "a sentence without words";
}

TEST_F(Visits, RefuseWhatCannotBe)
{
    const auto refused = [&](const InspectedDevice& device) {
        const auto added = inspections().add(case_id, std::array{microphone(), device}, plan());
        EXPECT_THAT(*inspections().list(case_id), IsEmpty()) << "half of it was written";
        return added ? std::string("nothing") : added.error().message.key;
    };
    InspectedDevice device = microphone();
    device.emission_id = "1/e999";
    EXPECT_EQ(refused(device), "inspection.emission");
    device.emission_id = "9/e1";
    EXPECT_EQ(refused(device), "inspection.emission");
    device.emission_id = "f1";
    EXPECT_EQ(refused(device), "inspection.emission");
    device = microphone();
    device.date = "31/02/2026";
    EXPECT_EQ(refused(device), "inspection.field");
    device = microphone();
    device.mark = "maybe";
    EXPECT_EQ(refused(device), "inspection.field");
    EXPECT_EQ(inspections().add("no-case", std::array{microphone()}, plan()).error().message.key, "case.unknown");
    ASSERT_TRUE(Cases(*store, hand()).set_state(case_id, "closed"));
    EXPECT_EQ(refused(microphone()), "case.closed");
}

TEST_F(Visits, AreChangedWithTheOldInTheLog)
{
    ASSERT_TRUE(inspections().add(case_id, std::array{microphone()}, plan()));
    InspectedDevice device = inspections().list(case_id)->front();
    device.action = "sealed";
    device.mark = "yes";
    ASSERT_TRUE(inspections().change(device, plan()));
    const auto kept = inspections().list(case_id);
    ASSERT_EQ(kept->size(), 1U);
    EXPECT_EQ(kept->front().action, "sealed");
    EXPECT_THAT(keys(kept->front().remark), ElementsAre("not_permitted", "imei"));
    const auto log = audit_entries(store->connection());
    EXPECT_EQ(log->back().action, "device-change");
    EXPECT_THAT(log->back().details, HasSubstr("\"mark\":\"no\""));
    EXPECT_THAT(examine_audit(store->connection())->problems, IsEmpty());
    device.device = 99;
    EXPECT_EQ(inspections().change(device, plan()).error().message.key, "inspection.unknown");
}

} // namespace
} // namespace gacsong
