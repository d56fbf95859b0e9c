// SPDX-License-Identifier: GPL-3.0-or-later
// Base stations in the window: what a line tells of them stands in tables, graph, ledger and tree.
#include "gui/cells/cell_text.hpp"
#include "tests/gui/desk.hpp"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QHeaderView>
#include <QLabel>

namespace gacsong::gui {
namespace {

using test::until;

Cell registered(const std::string& id, std::uint64_t channel, std::vector<Neighbour> neighbours)
{
    Cell cell;
    cell.id = id;
    cell.technology = "gsm";
    cell.channel = channel;
    cell.carrier_hz = 935e6 + 200e3 * static_cast<double>(channel);
    cell.plmn = "452-04";
    cell.area = 12001;
    cell.cell = 30000 + channel;
    cell.level_dbfs = -60.0;
    cell.verdict = "registered";
    cell.score = 0;
    cell.neighbours = std::move(neighbours);
    return cell;
}

/// Fires in two groups, one of them twice: 18 + 0.3 · 10 = 21 and 14.
Cell fake()
{
    Cell cell = registered("c3", 112, {});
    cell.level_dbfs = -47.0;
    cell.area = 65001;
    cell.verdict = "fake";
    cell.score = 60;
    cell.reason = Message("verdict.fake.alone", {{"cell", std::string("CI 1")},
                                                 {"plmn", std::string("452-04")},
                                                 {"channel", std::string("112")},
                                                 {"code", std::string("R02")},
                                                 {"name", std::string("x")},
                                                 {"score", std::string("60")}});
    cell.indicators = {{"S05", 10.0, 1.0, "LURE", 10.0, false, Message("indicator.N01.why")},
                       {"S01", 18.0, 1.0, "LURE", 18.0, true, Message("indicator.N01.why")},
                       {"N01", 14.0, 1.0, "NEIGH", 14.0, false, Message("indicator.N01.why")}};
    cell.groups = {{"LURE", 21.0}, {"NEIGH", 14.0}};
    cell.left_out = {{"R03", Message("cell_needs.register")}, {"R04", Message("cell_needs.register")}};
    cell.messages = {{"SI3", "BCCH", "49061b", 36, {{"t3212_min", std::int64_t{6}}, {"att", false}}},
                     {"SI1", "BCCH", "550619", 18, {{"cell_arfcns", std::vector<std::int64_t>{112}}}}};
    return cell;
}

Message outcome(double center_hz, const char* why)
{
    return Message("cells.outcome", {{"center", Quantity{center_hz, Unit::frequency, 1e3}},
                                     {"technology", std::string("GSM")},
                                     {"why", Term{why}}});
}

class CellsIn : public testing::TestWithParam<Language> {
protected:
    void SetUp() override
    {
        window = std::make_unique<Window>(test::demo_start(GetParam()));
        window->resize(1920, 1080);
        window->show();
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(*window));
        const auto tap = window->session().tap();
        ASSERT_TRUE(tap->cell(registered("c1", 62, {{"gsm", 74, {}}, {"lte", 1650, {}}})));
        ASSERT_TRUE(tap->cell(registered("c2", 74, {{"gsm", 62, {}}})));
        ASSERT_TRUE(tap->cell(fake()));
        ASSERT_TRUE(tap->note(outcome(947.4e6, "no-fcch")));
        ASSERT_TRUE(tap->note(outcome(947.2e6, "no-energy")));
        ASSERT_TRUE(tap->note(outcome(947.4e6, "decoded")));
        ASSERT_TRUE(tap->note(outcome(947.4e6, "no-energy")));
        ASSERT_TRUE(until([&] { return window->session().cells().size() == 3; }));
        window->action(Act::cells_view).trigger();
    }
    CellsView& view() { return window->cells(); }
    std::unique_ptr<Window> window;
};

TEST_P(CellsIn, StandInTheTableTheGravestFirst)
{
    ASSERT_EQ(view().table().model()->rowCount(), 3);
    EXPECT_TRUE(view().table().isVisible());
    EXPECT_EQ(view().table().model()->index(0, CellsModel::channel).data().toString(), "112");
    EXPECT_EQ(view().table().model()->index(0, CellsModel::score).data().toString(), "60");
    EXPECT_TRUE(view().table().model()->index(0, CellsModel::network).data().toString().contains("Viettel"));
    EXPECT_EQ(view().selected(), 2) << "the gravest is shown at once";
    const QAbstractItemModelTester cells(view().table().model());
    const QAbstractItemModelTester channels(view().channels().model());
    const QString spoken = view().table().model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    EXPECT_TRUE(spoken.contains("60")) << spoken.toStdString();
    EXPECT_FALSE(spoken.contains('['));
}

TEST_P(CellsIn, EverySearchedChannelEndsInItsBestResult)
{
    ASSERT_EQ(view().channels().model()->rowCount(), 2);
    const auto said = [&](int row) {
        return view().channels().model()->index(row, ChannelsModel::outcome).data().toString().toLower();
    };
    const auto& words = window->words().wording();
    EXPECT_EQ(said(0), QString::fromStdString(words.term("no-energy")).toLower());
    EXPECT_EQ(said(1), QString::fromStdString(words.term("decoded")).toLower());
}

TEST_P(CellsIn, TheGraphKnowsWhoListsWhom)
{
    const auto& nodes = view().graph().nodes();
    ASSERT_EQ(nodes.size(), 4U) << "three decoded, one only listed";
    EXPECT_TRUE(nodes[2].isolated);
    EXPECT_FALSE(nodes[3].row);
    const std::vector<std::pair<std::size_t, std::size_t>> arrows{{0, 1}, {0, 3}, {1, 0}};
    EXPECT_EQ(view().graph().arrows(), arrows);
    // The same in words.
    const QString said = view().graph().accessibleDescription();
    EXPECT_TRUE(said.contains("74")) << said.toStdString();
    const QPointF before = nodes[0].place;
    view().take_cells();
    EXPECT_EQ(view().graph().nodes()[0].place, before);
}

TEST_P(CellsIn, HeadingsAndParametersOfTheLedgerAreWhole)
{
    const QTableWidget& ledger = view().panel().ledger();
    test::calm();
    for (int c = 0; c < ledger.columnCount(); ++c) {
        const int text =
            ledger.horizontalHeader()->fontMetrics().horizontalAdvance(ledger.horizontalHeaderItem(c)->text());
        EXPECT_GE(ledger.columnWidth(c), text + 24) << c;
    }
    EXPECT_GT(ledger.columnWidth(2), ledger.width() / 3) << "what was observed has most of the room";
}

TEST_P(CellsIn, TheLedgerAddsUp)
{
    const QTableWidget& ledger = view().panel().ledger();
    ASSERT_EQ(ledger.rowCount(), 3);
    const QString comma = GetParam() == Language::vi ? "," : ".";
    EXPECT_EQ(ledger.item(0, 3)->text(), QString::fromUtf8("18 × 1 = 18") + comma + "0");
    EXPECT_EQ(ledger.item(1, 3)->text(), QString::fromUtf8("10 × 1 × 0") + comma + "3 = 3" + comma + "0");
    EXPECT_EQ(ledger.item(0, 4)->text(), "21" + comma + "0");
    EXPECT_EQ(ledger.item(2, 4)->text(), "14" + comma + "0");
    EXPECT_TRUE(ledger.item(0, 1)->text().contains(QString::fromUtf8("★")));
    const auto* sum = view().findChild<QLabel*>("sum");
    ASSERT_NE(sum, nullptr);
    EXPECT_TRUE(sum->text().contains("35" + comma + "0"));
    EXPECT_TRUE(sum->text().contains("60"));
    const auto* left = view().findChild<QLabel*>("left_out");
    ASSERT_NE(left, nullptr);
    EXPECT_TRUE(left->text().contains("R03, R04")) << left->text().toStdString();
}

TEST_P(CellsIn, TheTreeCanShowOnlyWhatIsOdd)
{
    QTreeWidget& tree = view().panel().tree();
    ASSERT_EQ(tree.topLevelItemCount(), 2);
    EXPECT_EQ(tree.topLevelItem(0)->text(1), "49061b");
    EXPECT_EQ(tree.topLevelItem(0)->childCount(), 2);
    EXPECT_TRUE(tree.topLevelItem(0)->child(0)->text(1).contains(QString::fromUtf8("◆")));
    EXPECT_FALSE(tree.topLevelItem(0)->child(1)->text(1).contains(QString::fromUtf8("◆")));
    view().panel().odd_only().setChecked(true);
    ASSERT_EQ(tree.topLevelItemCount(), 1);
    EXPECT_EQ(tree.topLevelItem(0)->childCount(), 1);
}

TEST_P(CellsIn, HaveNamesForAScreenReaderAndWordsForAll)
{
    for (QWidget* widget : view().findChildren<QWidget*>()) {
        for (const QString& text : {widget->accessibleName(), widget->toolTip(), widget->property("text").toString()})
            EXPECT_FALSE(text.startsWith('[')) << text.toStdString();
    }
    for (const char* name : {"cells", "searched_channels", "ledger", "information", "cell_search", "neighbours"}) {
        auto* widget = view().findChild<QWidget*>(name);
        ASSERT_NE(widget, nullptr) << name;
        EXPECT_FALSE(QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty()) << name;
    }
    // Back to the picture by key, and everything is built anew in another size.
    window->action(Act::waterfall_view).trigger();
    EXPECT_TRUE(window->picture().isVisible());
    window->action(Act::cells_view).trigger();
    window->resize(1280, 720);
    test::calm();
    EXPECT_EQ(view().table().model()->rowCount(), 3);
    EXPECT_TRUE(view().table().isVisible());
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, CellsIn, testing::Values(Language::vi, Language::en));

} // namespace
} // namespace gacsong::gui
