// SPDX-License-Identifier: GPL-3.0-or-later
// The summary of a period: which days it is, what is counted, how it reads.
#include "detect/plan/plan_reader.hpp"
#include "report/inspections/inspections.hpp"
#include "report/papers/build.hpp"
#include "report/papers/phrases.hpp"
#include "report/picture/sheet.hpp"
#include "report/store/store_sink.hpp"
#include "report/summary/counts.hpp"
#include "report/text/time_text.hpp"
#include "report/typeset/html.hpp"
#include "report/typeset/odt.hpp"
#include "report/typeset/pdf.hpp"
#include "tests/report/package_files.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QImage>
#include <QRegularExpression>
#include <QString>
#include <algorithm>
#include <array>
#include <map>

namespace gacsong::summary {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string days(const std::optional<Period>& period)
{
    return period ? rfc3339(period->from, 0) + " " + rfc3339(period->until, 0) : "none";
}

TEST(Period, IsWholeDaysInVietNam)
{
    const std::string third = "2026-06-30T17:00:00Z 2026-09-30T17:00:00Z";
    for (const char* text : {"2026-07-01..2026-09-30", "2026-07..2026-09", "2026-Q3", "2026-Q3..2026-q3",
                             "01/07/2026..30/09/2026", "2026-07..2026-Q3"})
        EXPECT_EQ(days(parse_period(text)), third) << text;
    EXPECT_EQ(days(parse_period("2026")), "2025-12-31T17:00:00Z 2026-12-31T17:00:00Z");
    EXPECT_EQ(days(parse_period("2026-11-05..2026-11-05")), "2026-11-04T17:00:00Z 2026-11-05T17:00:00Z");
    for (const char* text : {"", "..", "2026-Q5", "2026-13", "2026-02-30", "2026-09..2026-07", "x", "2026-Q3.", "26",
                             "2026-07-01..", "..2026-07-01", "9999999999", "2026/07"})
        EXPECT_FALSE(parse_period(text)) << text;
}

TEST(Period, IsComparedWithOneOfTheSameLength)
{
    const Period third = *parse_period("2026-Q3");
    EXPECT_EQ(before(third), *parse_period("2026-Q2"));
    EXPECT_EQ(before(*parse_period("2026-Q1")), *parse_period("2025-Q4"));
    EXPECT_EQ(before(*parse_period("2026-03")), *parse_period("2026-02")) << "months differ in length";
    EXPECT_EQ(before(*parse_period("2026-07-11..2026-07-20")), *parse_period("2026-07-01..2026-07-10"));
    EXPECT_EQ(year_before(third), *parse_period("2025-Q3"));
    EXPECT_EQ(year_before(*parse_period("2028-02-29..2028-02-29")).from, parse_period("2027-02-28")->from);
    EXPECT_EQ(year_to_end(third), *parse_period("2026-01..2026-09"));
    EXPECT_EQ(as_quarter(third), (Quarter{2026, 3}));
    EXPECT_EQ(as_quarter(*parse_period("2026-07")), std::nullopt);
    EXPECT_EQ(quarters_before({2026, 1}, 7), (Quarter{2024, 2}));
    EXPECT_EQ(quarter_of(parse_period("2026-12-31")->from), (Quarter{2026, 4}));
}

TEST(Place, IsTheCommuneOfAnAddress)
{
    EXPECT_EQ(place_of("12 Nguyễn Huệ, phường Long Xuyên, An Giang"), "phường Long Xuyên");
    EXPECT_EQ(place_of("ấp 3,  Xã Vĩnh Tế "), "Xã Vĩnh Tế");
    EXPECT_EQ(place_of("  chợ   Mới"), "chợ Mới") << "as it was typed";
    EXPECT_EQ(place_of(""), "");
}

/// A store with one run of three emissions, a closed and an open case, devices on two premises.
class PeriodPaper : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    std::unique_ptr<Store> store;
    Plan plan;
    const Period november = *parse_period("2026-11");

    void SetUp() override
    {
        picture::prepare_painting();
        const std::array folders{std::filesystem::path(GACSONG_SOURCE_DIR) / "plans"};
        plan = *load_plan("vn", folders);
        const StoreAddress address = test::new_store(folder);
        store = std::move(*Store::open(address));
        StoreSink sink(address, 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        for (const Emission& e : {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
            ASSERT_TRUE(sink.emission(e));
        for (const Finding& f : test::sample_findings())
            ASSERT_TRUE(sink.finding(f));
        Cell cell;
        cell.id = "c1";
        cell.technology = "gsm";
        cell.plmn = "452-04";
        cell.cell = 30121;
        cell.verdict = "registered";
        ASSERT_TRUE(sink.cell(cell));
        cell.id = "c2";
        cell.verdict = "suspect";
        ASSERT_TRUE(sink.cell(cell));
        ASSERT_TRUE(sink.end(test::sample_end()));
        Cases cases(*store, {"lan", test::morning});
        for (const char* title : {"Nhiễu kênh 98 MHz", "Vụ còn mở"}) {
            CaseFile draft;
            draft.title = title;
            draft.address = "12 Nguyễn Huệ, phường Long Xuyên";
            ASSERT_TRUE(cases.create(draft));
        }
        const std::array<ItemAddress, 1> all{*parse_item_address("all")};
        ASSERT_TRUE(cases.add("VV-2026-001", all));
        ASSERT_TRUE(cases.note("VV-2026-001", "outcome", "Nộp 5.000.000 đồng"));
        ASSERT_TRUE(cases.note("VV-2026-001", "answer", "Trạm không thuộc mạng"));
        ASSERT_TRUE(cases.set_state("VV-2026-001", "handed-over"));
        InspectedDevice good;
        good.date = "2026-11-05";
        good.premises = "Cửa hàng A";
        good.address = "5 Lê Lợi, xã Vĩnh Tế";
        good.kind_of_business = "household";
        good.device_kind = "wireless-microphone";
        good.serial = "1";
        good.mark = "yes";
        good.invoice = "HD-1";
        InspectedDevice bad = good;
        bad.serial = "2";
        bad.mark = "no";
        bad.label_freq_hz = 740e6;
        bad.action = "sealed";
        InspectedDevice earlier = good;
        earlier.date = "2026-08-01";
        InspectedDevice undated = good;
        undated.date.clear();
        ASSERT_TRUE(Inspections(*store, {"lan", test::morning})
                        .add("VV-2026-002", std::array{good, bad, earlier, undated}, plan));
    }

    [[nodiscard]] typeset::Paper paper(Language language, const Period& period) const
    {
        const auto material = gather_period(*store, plan, period);
        const auto lines = papers::load_template("summary", language);
        EXPECT_TRUE(material && lines);
        Office office;
        office.draft = false;
        papers::PaperInput input{{}, office, test::words(language), "Gác Sóng 9.9.9", test::morning};
        input.period = &*material;
        const auto made = papers::build_paper(*lines, input);
        EXPECT_TRUE(made) << (made ? "" : test::words(language).text(made.error().message));
        return *made;
    }
};

TEST_F(PeriodPaper, CountsWhatLiesInThePeriod)
{
    const auto material = gather_period(*store, plan, november);
    ASSERT_TRUE(material);
    const RunCounts runs = count_runs(*material, november);
    EXPECT_EQ(runs.runs, 1U);
    EXPECT_EQ(runs.all(), 3U);
    EXPECT_EQ(runs.told(), 2U);
    EXPECT_EQ(count_runs(*material, before(november)).runs, 0U);
    const CaseCounts cases = count_cases(*material, november);
    EXPECT_EQ(cases.open, 1U);
    EXPECT_EQ(cases.all(), 2U);
    EXPECT_EQ(cases.settled.at(CaseKind::protected_band), 1U) << "the gravest of what it holds";
    const DevicesCounted devices = count_devices(*material, november);
    EXPECT_EQ(devices.all.devices, 2U);
    EXPECT_EQ(devices.all.premises.size(), 1U);
    EXPECT_EQ(devices.all.marked, 1U);
    EXPECT_EQ(devices.all.outside, 1U);
    EXPECT_EQ(devices.by_kind.at("wireless-microphone").passed, 1U);
    EXPECT_EQ(devices.undated, 1U);
    EXPECT_EQ(count_devices(*material, before(before(before(november)))).all.devices, 1U) << "of August";
    std::uint64_t in_bands = 0;
    for (const CountedBand& band : material->bands)
        in_bands += band.all();
    EXPECT_EQ(in_bands, 3U) << "each once";
    ASSERT_EQ(material->networks.size(), 1U);
    EXPECT_EQ(material->networks.front().all(), 1U) << "one identity, heard twice";
    EXPECT_EQ(material->networks.front().verdicts.count("suspect"), 1U);
    const auto places = count_places(*material, november);
    EXPECT_EQ(places.at("phường Long Xuyên").findings, 2U);
    EXPECT_EQ(places.at("phường Long Xuyên").runs, 1U);
    EXPECT_EQ(places.at("xã Vĩnh Tế").premises.size(), 1U);
    EXPECT_EQ(places.at("xã Vĩnh Tế").devices, 2U);
    EXPECT_EQ(count_places(*material, *parse_period("2026-08")).at("xã Vĩnh Tế").devices, 1U);
    const Tally systems = count_systems(*material, november);
    std::uint64_t of_systems = 0;
    for (const auto& [system, n] : systems)
        of_systems += n;
    EXPECT_EQ(of_systems, 3U);
    EXPECT_EQ(systems.at(test::licensed_emission().system.name), 1U);
    EXPECT_TRUE(count_systems(*material, before(november)).empty());
    const Tally rules = count_rules(*material, november);
    EXPECT_EQ(rules.at(test::sample_findings().front().rule), 1U);
    EXPECT_EQ(rules.size(), 2U) << "of the case with a result";
}

/// The cells of a row of the one table whose caption says so, below the heading that says so.
std::vector<std::string> row_of(const typeset::Paper& paper, const char* caption, const char* heading, const char* name)
{
    for (const typeset::Block& block : paper.blocks) {
        const auto* table = std::get_if<typeset::Table>(&block);
        if (table == nullptr || table->caption.find(caption) == std::string::npos)
            continue;
        bool below = false;
        for (const typeset::Row& row : table->rows) {
            if (row.section)
                below = row.cells.front().text == heading;
            if (row.section || !below || row.cells.at(1).text != name)
                continue;
            std::vector<std::string> texts;
            for (const typeset::Cell& cell : row.cells)
                texts.push_back(cell.text);
            return texts;
        }
    }
    return {};
}

TEST_F(PeriodPaper, ComparesKindsAndPlacesWithThePeriodsBefore)
{
    // In the third quarter, in August, one device was looked at; the store knew nothing in the year before.
    const typeset::Paper vi = paper(Language::vi, *parse_period("2026-Q4"));
    EXPECT_THAT(row_of(vi, "So sánh theo loại", "Thiết bị kiểm tra, theo loại", "micro không dây"),
                ElementsAre("1", "micro không dây", "2", "1", "–", "+1 (+100%)", "3"));
    EXPECT_THAT(row_of(vi, "So sánh theo loại", "Phát hiện, theo nội dung", "Phát xạ trong băng được bảo vệ"),
                ElementsAre(_, _, "1", "0", "–", "+1", "1"));
    EXPECT_THAT(row_of(vi, "So sánh theo loại", "Phát xạ, theo hệ thống", "Tổng"),
                ElementsAre("", "Tổng", "3", "0", "–", "+3", "3"));
    EXPECT_THAT(row_of(vi, "So sánh theo địa bàn", "Thiết bị kiểm tra, theo địa bàn", "xã Vĩnh Tế"),
                ElementsAre("1", "xã Vĩnh Tế", "2", "1", "–", "+1 (+100%)", "3"));
    EXPECT_THAT(row_of(vi, "So sánh theo địa bàn", "Phát hiện, theo địa bàn", "phường Long Xuyên"),
                ElementsAre("1", "phường Long Xuyên", "2", "0", "–", "+2", "2"));
    const typeset::Paper en = paper(Language::en, *parse_period("2026-Q4"));
    EXPECT_THAT(row_of(en, "Comparison by place", "Measurements, by place", "phường Long Xuyên"),
                ElementsAre("1", "phường Long Xuyên", "1", "0", "–", "+1", "1"));
}

/// The sides of a figure as a paper states them, and as its picture has them.
TEST_F(PeriodPaper, StatesFiguresAsTheyAre)
{
    const auto html = typeset::make_html(paper(Language::vi, november));
    ASSERT_TRUE(html);
    const QString text = QString::fromStdString(*html);
    const QRegularExpression figure(QStringLiteral("<img width=\"(\\d+)\" height=\"(\\d+)\"[^>]*base64,([^\"]+)\""));
    int count = 0;
    for (auto found = figure.globalMatch(text); found.hasNext(); ++count) {
        const auto one = found.next();
        const QImage image = QImage::fromData(QByteArray::fromBase64(one.captured(3).toLatin1()));
        ASSERT_FALSE(image.isNull());
        const double stated = one.captured(1).toDouble() / one.captured(2).toDouble();
        EXPECT_NEAR(stated * image.height() / image.width(), 1.0, 0.02);
    }
    EXPECT_EQ(count, text.count(QStringLiteral("<img")));
    EXPECT_GT(count, 0);
}

TEST_F(PeriodPaper, FitsTheSheetAsAnOpenDocument)
{
    const typeset::Paper made = paper(Language::vi, november);
    const std::string file = folder.write("summary.odt", *typeset::make_odt(made));
    QString content;
    std::size_t pictures = 0;
    for (const auto& entry : test::unpacked(file)) {
        if (entry.name == "content.xml")
            content = QString::fromStdString(entry.text);
        pictures += entry.name.starts_with("Pictures/") && entry.text.find("PNG") == 1 ? 1U : 0U;
    }
    const auto figures = std::ranges::count_if(
        made.blocks, [](const typeset::Block& block) { return std::holds_alternative<typeset::Figure>(block); });
    EXPECT_GT(figures, 0);
    EXPECT_EQ(pictures, static_cast<std::size_t>(figures));
    EXPECT_LT(content.size(), 1'000'000) << "figures lie beside the text, not in it";
    EXPECT_FALSE(content.contains(QStringLiteral("base64")));
    EXPECT_FALSE(content.contains(QStringLiteral("fo:margin-right"))) << "a paragraph stands back from the margin";
    std::map<QString, double> widths; // of the columns of each table, points
    static const QRegularExpression column(QStringLiteral(
        "style:name=\"(Table\\d+)\\.\\d+\"[^>]*>\\s*<style:table-column-properties style:column-width=\"([^\"]*)\""));
    for (auto found = column.globalMatch(content); found.hasNext();) {
        const auto one = found.next();
        ASSERT_TRUE(one.captured(2).endsWith(QStringLiteral("pt"))) << one.captured(2).toStdString();
        widths[one.captured(1)] += one.captured(2).chopped(2).toDouble();
    }
    EXPECT_GT(widths.size(), 8U);
    for (const auto& [table, width] : widths)
        EXPECT_NEAR(width, 165.0 / 25.4 * 72.0, 0.5) << table.toStdString();
}

TEST_F(PeriodPaper, IsWholeInBothLanguagesAndDeclaresNoGuilt)
{
    for (const Language language : {Language::vi, Language::en}) {
        const typeset::Paper made = paper(language, november);
        const auto pdf = typeset::make_pdf(made);
        EXPECT_TRUE(pdf) << (pdf ? "" : test::words(language).text(pdf.error().message));
        EXPECT_TRUE(typeset::make_odt(made));
        const auto html = typeset::make_html(made);
        ASSERT_TRUE(html);
        QString text = QString::fromStdString(*html);
        EXPECT_FALSE(text.contains(QStringLiteral("[papers"))) << "a sentence without words";
        EXPECT_TRUE(text.contains(QStringLiteral("Nộp 5.000.000 đồng"))) << "as typed";
        text = text.toLower();
        if (language == Language::vi) {
            EXPECT_EQ(text.count(QStringLiteral("phạt")), 1) << "the row of the table that a hand fills";
            text.remove(QStringLiteral("phạt tiền"));
        }
        for (const char* word :
             {"vi phạm", "tội phạm", "trái phép", "đối tượng", "thủ phạm", "phạt", "illegal", "guilt", "offender"})
            EXPECT_FALSE(text.contains(QString::fromUtf8(word))) << word;
        std::size_t figures = 0;
        for (const typeset::Block& block : made.blocks)
            figures += std::holds_alternative<typeset::Figure>(block) ? 1U : 0U;
        EXPECT_EQ(figures, 5U);
    }
}

TEST_F(PeriodPaper, ReadsAsTheOfficeWrites)
{
    const std::string vi = *typeset::make_html(paper(Language::vi, november));
    EXPECT_THAT(vi, AllOf(HasSubstr("từ ngày 01/11/2026 đến ngày 30/11/2026"), HasSubstr("đã thực hiện 01 đợt"),
                          HasSubstr("ghi nhận 03 phát xạ"), HasSubstr("01 khớp giấy phép"),
                          HasSubstr("mở 02 vụ việc; 01 vụ việc đã có kết quả, 01 vụ việc đang xử lý"),
                          HasSubstr("kiểm tra 01 cơ sở với 02 thiết bị"), HasSubstr("đã bàn giao; ghi 01 ý kiến")));
    const std::string quarter = *typeset::make_html(paper(Language::vi, *parse_period("2026-Q4")));
    EXPECT_THAT(quarter, HasSubstr("Quý IV năm 2026"));
}

TEST_F(PeriodPaper, TellsNothingKnownFromNone)
{
    // Nobody had a store in 2020: that is no zero.
    const std::string old = *typeset::make_html(paper(Language::vi, *parse_period("2020-Q1")));
    EXPECT_THAT(old, AllOf(HasSubstr("–"), HasSubstr("Không có số liệu trong kỳ.")));
    EXPECT_THAT(old, Not(HasSubstr("Nộp 5.000.000 đồng")));
}

} // namespace
} // namespace gacsong::summary
