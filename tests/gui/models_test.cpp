// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/emissions_model.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <set>

namespace gacsong::gui {
namespace {

Words words_in(Language language)
{
    auto words = load_words(language);
    EXPECT_TRUE(words);
    return std::move(*words);
}

Emission emission(const std::string& id, double center_hz, Verdict verdict, double power_dbfs)
{
    Emission e;
    e.id = id;
    e.center_hz = center_hz;
    e.bandwidth_hz = 148e3;
    e.verdict = verdict;
    e.power_dbfs = power_dbfs;
    e.quality = Quality::good;
    e.end_s = 1.0;
    return e;
}

class Table : public testing::Test {
protected:
    Table()
    {
        filter.setSourceModel(&model);
        filter.sort(column_of("verdict"), Qt::AscendingOrder);
        emissions = {
            emission("e1", 97.4e6, Verdict::licensed, -30.0),        emission("e2", 97.7e6, Verdict::unlicensed, -50.0),
            emission("e3", 121.5e6, Verdict::protected_band, -70.0), emission("e4", 98.3e6, Verdict::violation, -40.0),
            emission("e5", 104.0e6, Verdict::ignored, -20.0),        emission("e6", 102.85e6, Verdict::unknown, -60.0)};
        emissions[0].licence = LicenceMatch{"AG-0001", "Đài Phát thanh mẫu A"};
        model.added();
    }
    QStringList shown() const
    {
        QStringList ids;
        for (int row = 0; row < filter.rowCount(); ++row)
            ids << filter.index(row, column_of("id")).data().toString();
        return ids;
    }

    std::vector<Emission> emissions;
    const Words words = words_in(Language::vi);
    EmissionsModel model{emissions, words};
    EmissionFilter filter;
};

TEST_F(Table, LetsARowGo)
{
    const QAbstractItemModelTester on_model(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QAbstractItemModelTester on_filter(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QStringList before = shown();
    model.leaving(3);
    emissions.erase(emissions.begin() + 3);
    model.left();
    QStringList after = before;
    after.removeAll("e4");
    EXPECT_EQ(shown(), after);
    // One that no view has heard of yet goes without a word.
    emissions.push_back(emission("e7", 99e6, Verdict::unknown, -50.0));
    model.leaving(5);
    emissions.pop_back();
    model.left();
    EXPECT_EQ(shown(), after);
}

TEST_F(Table, IsAModelThatKeepsItsPromises)
{
    QAbstractItemModelTester of_model(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QAbstractItemModelTester of_filter(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    emissions.push_back(emission("e7", 99e6, Verdict::network, -33.0));
    model.added();
    model.changed(2);
    emissions.clear();
    model.replaced();
    EXPECT_EQ(filter.rowCount(), 0);
}

TEST_F(Table, PutsWhatIsToBeLookedAtFirst) { EXPECT_EQ(shown(), QStringList({"e3", "e4", "e2", "e6", "e1", "e5"})); }

TEST_F(Table, FiltersByVerdictAndText)
{
    filter.set_verdict(Verdict::unlicensed);
    EXPECT_EQ(shown(), QStringList({"e2"}));
    filter.set_verdict(std::nullopt);
    filter.set_search("97,7");
    EXPECT_EQ(shown(), QStringList({"e2"}));
    filter.set_search("dai phat thanh");
    EXPECT_EQ(shown(), QStringList({"e1"}));
    filter.set_search("ag-0001");
    EXPECT_EQ(shown(), QStringList({"e1"}));
    filter.set_search("nothing of that kind");
    EXPECT_TRUE(shown().isEmpty());
}

TEST_F(Table, WritesAllNumbersOfAColumnAlike)
{
    for (const char* key : {"frequency", "width", "snr", "level"}) {
        std::set<qsizetype> decimals;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString cell = model.index(row, column_of(key)).data().toString();
            EXPECT_TRUE(cell.contains(',')) << cell.toStdString();
            EXPECT_FALSE(cell.contains('-')) << cell.toStdString();
            decimals.insert(cell.size() - cell.indexOf(','));
        }
        EXPECT_EQ(decimals.size(), 1U) << key;
    }
}

TEST_F(Table, ReadsItselfOutAsSentences)
{
    const QString sentence = model.index(1, 0).data(Qt::AccessibleTextRole).toString();
    EXPECT_TRUE(sentence.startsWith("Không thấy giấy phép")) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains("mê-ga-héc")) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains("trừ 50")) << sentence.toStdString();
    EXPECT_FALSE(sentence.contains("MHz")) << sentence.toStdString();
}

TEST(Frequencies, AreReadAsTheyAreTyped)
{
    EXPECT_EQ(read_frequency("98,7"), 98.7e6);
    EXPECT_EQ(read_frequency("446.00625"), 446.00625e6);
    EXPECT_EQ(read_frequency("446.00625M"), 446.00625e6);
    EXPECT_EQ(read_frequency("938k"), 938e3);
    EXPECT_EQ(read_frequency("2.4e6"), 2.4e6);
    EXPECT_EQ(read_frequency("1,5 GHz"), 1.5e9);
    EXPECT_EQ(read_frequency("433920000 Hz"), 433.92e6);
    for (const char* wrong : {"", "abc", "-5", "1e40", "98.7.1", "MHz"})
        EXPECT_FALSE(read_frequency(wrong)) << wrong;
}

TEST(Folding, IgnoresMarksWhereverTheyStand)
{
    EXPECT_EQ(folded("HÒA"), folded("hoà"));
    EXPECT_EQ(folded("Đài Ệ"), "dai e");
}

} // namespace
} // namespace gacsong::gui
