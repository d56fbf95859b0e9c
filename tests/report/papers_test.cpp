// SPDX-License-Identifier: GPL-3.0-or-later
// Papers: what stands in them, and how they are set.
#include "detect/plan/plan_reader.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/papers/build.hpp"
#include "report/papers/phrases.hpp"
#include "report/picture/sheet.hpp"
#include "report/store/store_sink.hpp"
#include "report/typeset/fonts.hpp"
#include "report/typeset/html.hpp"
#include "report/typeset/odt.hpp"
#include "report/typeset/pdf.hpp"
#include "report/typeset/sfnt_name.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QString>
#include <array>
#include <cstdio>
#include <fstream>

namespace gacsong::papers {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// What a helper program prints.
std::string output_of(const std::string& command)
{
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> room{};
    for (std::size_t n = fread(room.data(), 1, room.size(), pipe); n > 0; n = fread(room.data(), 1, room.size(), pipe))
        out.append(room.data(), n);
    pclose(pipe);
    return out;
}

bool has_poppler() { return !output_of("command -v pdftotext").empty(); }

class CasePaper : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    std::unique_ptr<Store> store;
    Office office;

    void SetUp() override
    {
        picture::prepare_painting();
        store = std::move(*Store::open(folder.path() / "store.sqlite"));
        StoreSink sink(folder.path() / "store.sqlite", 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        for (const Emission& e : {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
            ASSERT_TRUE(sink.emission(e));
        for (const Finding& f : test::sample_findings())
            ASSERT_TRUE(sink.finding(f));
        ASSERT_TRUE(sink.end(test::sample_end()));
        const std::array<ItemAddress, 2> items{*parse_item_address("all"), *parse_item_address("e3")};
        ASSERT_TRUE(add_to_case(*store, {"lan", test::morning}, {}, "Nhiễu kênh 98 MHz", items));
        office.body = "SỞ KHOA HỌC VÀ CÔNG NGHỆ";
        office.draft = false;
    }

    [[nodiscard]] typeset::Paper paper(Language language, const std::string& text = {}) const
    {
        const auto material = gather_case(*store, "VV-2026-001");
        const auto lines = text.empty() ? load_template("case-report", language) : parse_template(text, "test");
        EXPECT_TRUE(lines);
        const PaperInput input{*material, office, test::words(language), "Gác Sóng 9.9.9", test::morning};
        const auto made = build_paper(*lines, input);
        EXPECT_TRUE(made) << (made ? "" : test::words(language).text(made.error().message));
        return *made;
    }

    [[nodiscard]] std::string text_of(Language language) const
    {
        const auto pdf = typeset::make_pdf(paper(language));
        EXPECT_TRUE(pdf) << (pdf ? "" : test::words(language).text(pdf.error().message));
        std::ofstream(folder.path() / "x.pdf", std::ios::binary) << *pdf;
        return output_of("pdftotext -layout " + (folder.path() / "x.pdf").string() + " -");
    }
};

TEST(Template, IsReadLineByLine)
{
    const auto lines = parse_template("; remark\n\n# A\n## B\r\n- c {x}\n@head BC\n?people - {people}\nd", "t");
    ASSERT_TRUE(lines);
    ASSERT_EQ(lines->size(), 6U);
    using Kind = TemplateLine::Kind;
    EXPECT_EQ((*lines)[0].kind, Kind::part);
    EXPECT_EQ((*lines)[1].text, "B");
    EXPECT_EQ((*lines)[1].kind, Kind::section);
    EXPECT_EQ((*lines)[3].text, "head BC");
    EXPECT_EQ((*lines)[4].only_with, "people");
    EXPECT_EQ((*lines)[4].kind, Kind::dash);
    EXPECT_EQ((*lines)[5].row, 8);
    for (const char* wrong : {"{", "a }", "{}", "{a b}", "{a{b}}", "?", "?x", "?X a"})
        EXPECT_EQ(parse_template(wrong, "t").error().message.key, "papers.template") << wrong;
    EXPECT_FALSE(parse_template(std::string(100'000, 'a'), "t"));
}

TEST(Fonts, ComeUnderAFamilyOfTheirOwn)
{
    std::ifstream in("/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf", std::ios::binary);
    if (!in)
        GTEST_SKIP() << "fonts-liberation2 is not installed";
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(typeset::family_of(std::as_bytes(std::span(bytes))), "Liberation Serif");
    const auto renamed = typeset::with_family(std::as_bytes(std::span(bytes)), "Gac Song Serif", "Bold");
    ASSERT_TRUE(renamed);
    EXPECT_EQ(typeset::family_of(std::as_bytes(std::span(*renamed))), "Gac Song Serif");
    for (const std::size_t length : {0U, 3U, 12U, 100U, 500U})
        EXPECT_FALSE(typeset::with_family(std::as_bytes(std::span(bytes)).first(length), "x", "y")) << length;
}

TEST_F(CasePaper, IsReadAsItWasWritten)
{
    if (!has_poppler())
        GTEST_SKIP() << "poppler-utils is not installed";
    const std::string vi = text_of(Language::vi);
    EXPECT_EQ(QString::fromStdString(vi), QString::fromStdString(vi).normalized(QString::NormalizationForm_C));
    EXPECT_THAT(vi, AllOf(HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), HasSubstr("Độc lập - Tự do - Hạnh phúc"),
                          HasSubstr("SỞ KHOA HỌC VÀ CÔNG NGHỆ"), HasSubstr("VV-2026-001"),
                          HasSubstr("I. THÔNG TIN CHUNG"), HasSubstr("Bảng 1. Các phát hiện"),
                          HasSubstr("Ghi nhận 03 phát xạ"), HasSubstr("thuê bao./."), HasSubstr("Phụ lục I")));
    const std::string en = text_of(Language::en);
    EXPECT_THAT(en, AllOf(HasSubstr("SOCIALIST REPUBLIC OF VIET NAM"), HasSubstr("The Vietnamese text prevails"),
                          HasSubstr("Table 1. Findings")));
    EXPECT_THAT(en, Not(HasSubstr("[papers"))) << "a sentence without words";
}

/// Words that no generated sentence may say (documents.md §7).
const std::vector<QString>& forbidden(Language language)
{
    static const std::vector<QString> vi{"vi phạm", "tội phạm", "trái phép", "đối tượng", "thủ phạm", "phạt"};
    static const std::vector<QString> en{"illegal", "guilty", "offender"};
    return language == Language::vi ? vi : en;
}

TEST_F(CasePaper, OfEveryKindIsWholeAndDeclaresNoGuilt)
{
    const std::array folders{std::filesystem::path(GACSONG_SOURCE_DIR) / "plans"};
    const Plan plan = *load_plan("vn", folders);
    InspectedDevice device;
    device.date = "2026-11-05";
    device.premises = "Cửa hàng A";
    device.imei = "490154203237519";
    device.mark = "no";
    device.action = "sealed";
    device.seal_no = "NP-01";
    std::vector<InspectedDevice> devices;
    for (const DeviceKind& kind : device_kinds()) {
        device.device_kind = std::string(kind.code);
        device.label_freq_hz = 740e6;
        device.emission_id = "1/e1";
        devices.push_back(device);
    }
    ASSERT_TRUE(Inspections(*store, {"lan", test::morning}).add("VV-2026-001", devices, plan));
    PackageFacts facts{"goi.zip", 1'234, std::string(128, 'a'), "MCowBQ", "ab cd", {}, {}, {}};
    facts.files.push_back({"clips/run-1_e1.sigmf-data", 9, std::string(128, 'b')});
    ASSERT_TRUE(append_audit(store->connection(), {"lan", test::morning}, "package-made", "VV-2026-001",
                             package_details(facts)));
    for (const char* kind :
         {"case-report", "annex", "letter", "operator", "handover", "custody", "receipt", "inspection"}) {
        for (const Language language : {Language::vi, Language::en}) {
            const auto material = gather_case(*store, "VV-2026-001");
            const auto lines = load_template(kind, language);
            ASSERT_TRUE(material && lines) << kind;
            const PaperInput input{*material, office, test::words(language), "Gác Sóng 9.9.9", test::morning};
            const auto made = build_paper(*lines, input);
            ASSERT_TRUE(made) << kind << (made ? "" : test::words(language).text(made.error().message));
            EXPECT_FALSE(made->blocks.empty()) << kind;
            const auto pdf = typeset::make_pdf(*made);
            EXPECT_TRUE(pdf) << kind << (pdf ? "" : test::words(language).text(pdf.error().message));
            const auto html = typeset::make_html(*made);
            ASSERT_TRUE(html);
            const QString text = QString::fromStdString(*html).toLower();
            EXPECT_FALSE(text.contains("[papers") || text.contains("[inspection") || text.contains("[sheet") ||
                         text.contains("[letter") || text.contains("[custody") || text.contains("[receipt"))
                << kind << ": a sentence without words";
            for (const QString& word : forbidden(language))
                EXPECT_FALSE(text.contains(word)) << kind << ": " << word.toStdString();
            EXPECT_EQ(text.contains("dấu hiệu") && std::string(kind) == "operator", false);
        }
    }
}

TEST_F(CasePaper, IsAnOpenDocumentToo)
{
    const auto odt = typeset::make_odt(paper(Language::vi));
    ASSERT_TRUE(odt);
    std::ofstream(folder.path() / "x.odt", std::ios::binary) << *odt;
    EXPECT_TRUE(odt->starts_with("PK"));
    const std::string file = (folder.path() / "x.odt").string();
    if (output_of("command -v unzip").empty())
        GTEST_SKIP() << "unzip is not installed";
    const std::string content = output_of("unzip -p " + file + " content.xml");
    EXPECT_THAT(content, AllOf(HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), HasSubstr("I. THÔNG TIN CHUNG"),
                               HasSubstr("Times New Roman"), HasSubstr("table:table-row")));
    EXPECT_THAT(output_of("unzip -p " + file + " mimetype"), "application/vnd.oasis.opendocument.text");
}

TEST_F(CasePaper, LiesOnItsSideWhereItsTableIsWide)
{
    if (!has_poppler())
        GTEST_SKIP() << "poppler-utils is not installed";
    const auto pdf = typeset::make_pdf(paper(Language::vi, "@wide\n@title A | B\n"));
    ASSERT_TRUE(pdf);
    std::ofstream(folder.path() / "w.pdf", std::ios::binary) << *pdf;
    const std::string info = output_of("pdfinfo " + (folder.path() / "w.pdf").string());
    EXPECT_THAT(info, HasSubstr("842 x 595"));
}

TEST_F(CasePaper, HasOnlyFontsOfOurOwn)
{
    if (!has_poppler())
        GTEST_SKIP() << "poppler-utils is not installed";
    static_cast<void>(text_of(Language::vi));
    const std::string fonts = output_of("pdffonts " + (folder.path() / "x.pdf").string() + " | tail -n +3");
    ASSERT_THAT(fonts, HasSubstr("GacSongSerif"));
    std::istringstream lines(fonts);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_THAT(line, HasSubstr("GacSong"));
        EXPECT_THAT(line, HasSubstr("yes")) << "embedded";
    }
}

TEST_F(CasePaper, NeverDeclaresGuilt)
{
    for (const Language language : {Language::vi, Language::en}) {
        const auto html = typeset::make_html(paper(language));
        ASSERT_TRUE(html);
        const QString text = QString::fromStdString(*html).toLower();
        const std::vector<const char*> words =
            language == Language::vi
                ? std::vector<const char*>{"vi phạm", "tội phạm", "trái phép", "đối tượng", "thủ phạm", " phạt"}
                : std::vector<const char*>{"illegal", "guilt", "offender"};
        for (const char* word : words)
            EXPECT_FALSE(text.contains(QString::fromUtf8(word))) << word;
    }
}

/// Whether names stand on a page with nothing of the text before them.
TEST_F(CasePaper, LeavesNoNamesAloneOnAPage)
{
    if (!has_poppler())
        GTEST_SKIP() << "poppler-utils is not installed";
    for (int lines = 20; lines < 60; lines += 3) {
        for (const char* end : {"@signature", "@signers BÊN GIAO | BÊN NHẬN"}) {
            std::string text;
            for (int i = 0; i < lines; ++i)
                text += "Dòng\n";
            const auto pdf = typeset::make_pdf(paper(Language::vi, text + "Câu cuối cùng của giấy tờ.\n" + end));
            ASSERT_TRUE(pdf);
            std::ofstream(folder.path() / "x.pdf", std::ios::binary) << *pdf;
            const std::string pages = output_of("pdftotext " + (folder.path() / "x.pdf").string() + " -");
            const std::size_t last = pages.rfind("Câu cuối cùng");
            ASSERT_NE(last, std::string::npos);
            EXPECT_EQ(pages.substr(last).find('\f'), pages.size() - last - 1) << lines << " lines, " << end;
        }
    }
}

TEST_F(CasePaper, IsNumberedFromPageTwo)
{
    if (!has_poppler())
        GTEST_SKIP() << "poppler-utils is not installed";
    static_cast<void>(text_of(Language::vi));
    const std::string path = (folder.path() / "x.pdf").string();
    const auto first_line = [&](int page) {
        const std::string text =
            output_of("pdftotext -f " + std::to_string(page) + " -l " + std::to_string(page) + " " + path + " -");
        return text.substr(0, text.find('\n'));
    };
    EXPECT_NE(first_line(1), "1");
    EXPECT_EQ(first_line(2), "2");
}

TEST_F(CasePaper, BreaksLongTablesBetweenRows)
{
    if (!has_poppler())
        GTEST_SKIP() << "poppler-utils is not installed";
    typeset::Paper long_one;
    typeset::Table table{"Bảng 1", {20.0, 145.0}, {"TT", "Nội dung"}, {}, {}};
    for (int i = 1; i <= 90; ++i)
        table.rows.push_back({{{std::to_string(i)}, {"dòng"}}});
    long_one.blocks.emplace_back(table);
    const auto pdf = typeset::make_pdf(long_one);
    ASSERT_TRUE(pdf);
    std::ofstream(folder.path() / "x.pdf", std::ios::binary) << *pdf;
    const std::string text = output_of("pdftotext " + (folder.path() / "x.pdf").string() + " -");
    std::size_t heads = 0;
    for (auto at = text.find("Nội dung"); at != std::string::npos; at = text.find("Nội dung", at + 1))
        ++heads;
    EXPECT_EQ(heads, 3U);
}

TEST_F(CasePaper, RefusesWhatItsFontDoesNotHave)
{
    typeset::Paper strange;
    typeset::Paragraph one;
    one.spans = {{"漢字"}};
    strange.blocks.emplace_back(one);
    const auto pdf = typeset::make_pdf(strange);
    ASSERT_FALSE(pdf);
    EXPECT_EQ(pdf.error().message.key, "report.no_glyph");
}

TEST_F(CasePaper, SaysWhatATemplateHasWrong)
{
    const auto material = gather_case(*store, "VV-2026-001");
    const PaperInput input{*material, office, test::words(Language::en), "x", test::morning};
    for (const char* wrong : {"a {nobody}", "@nothing"}) {
        const auto made = build_paper(*parse_template(wrong, "t"), input);
        ASSERT_FALSE(made);
        EXPECT_EQ(made.error().message.key, "papers.template");
    }
}

TEST(Phrases, AreWrittenAsTheOfficeDoes)
{
    EXPECT_EQ(prose_count(7, Language::vi), "07");
    EXPECT_EQ(prose_count(12, Language::vi), "12");
    EXPECT_EQ(prose_count(7, Language::en), "7");
    EXPECT_EQ(prose_moment(test::morning, Language::vi), "10 giờ 15 phút ngày 02/11/2026");
    EXPECT_EQ(prose_moment(test::morning, Language::en), "10:15 on 2 November 2026 (UTC+7)");
    EXPECT_EQ(coordinates_text(10.3864, -105.4352, Language::vi), "10,38640°\u00A0B; 105,43520°\u00A0T");
}

} // namespace
} // namespace gacsong::papers
