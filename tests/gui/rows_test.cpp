// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of tables are whole on every screen, also where the text is large.
#include "gui/look/row_table.hpp"
#include "tests/gui/desk.hpp"

#include <gtest/gtest.h>

#include <QScrollBar>
#include <QStandardItemModel>
#include <QTest>
#include <utility>

namespace gacsong::gui {
namespace {

TEST(Rows, AreWholeAtEveryHeight)
{
    QStandardItemModel model(100, 3);
    RowTable table;
    table.setModel(&model);
    table.setShowGrid(false);
    table.verticalHeader()->setDefaultSectionSize(28);
    table.verticalHeader()->setMinimumSectionSize(28);
    table.show();
    for (int height = 150; height < 400; height += 9) {
        table.resize(400, height);
        test::calm();
        EXPECT_EQ(table.viewport()->height() % 28, 0) << height;
        EXPECT_GT(table.viewport()->height(), height - 28 - table.horizontalHeader()->height() - 20) << height;
        // The last row can be reached and stands whole at the bottom.
        table.scrollToBottom();
        test::calm();
        const QRect last = table.visualRect(model.index(99, 0));
        EXPECT_EQ(last.bottom() + 1, table.viewport()->height()) << height;
        table.scrollToTop();
    }
    // Few rows need no such room.
    model.setRowCount(2);
    table.resize(400, 313);
    test::calm();
    EXPECT_GT(table.viewport()->height(), 313 - table.horizontalHeader()->height() - 10);
}

TEST(Columns, GiveWayInTheirOrderAndComeBack)
{
    QStandardItemModel model(3, 4);
    RowTable table;
    table.setModel(&model);
    table.verticalHeader()->hide();
    for (const int column : {0, 2, 3})
        table.setColumnWidth(column, 100);
    table.horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    table.give_way({3, 2}, 1, 80);
    table.show();
    const auto left_out = [&](int width) {
        table.resize(width, 200);
        test::calm();
        EXPECT_FALSE(table.horizontalScrollBar()->isVisible()) << width;
        return std::pair{table.isColumnHidden(2), table.isColumnHidden(3)};
    };
    EXPECT_EQ(left_out(420), std::pair(false, false));
    EXPECT_EQ(left_out(330), std::pair(false, true));
    EXPECT_EQ(left_out(200), std::pair(true, true));
    EXPECT_EQ(left_out(420), std::pair(false, false));
}

struct Screen {
    int width;
    int height;
    int percent;
    bool car;
};

class RowsOn : public testing::TestWithParam<Screen> {};

TEST_P(RowsOn, AreWholeAndSome)
{
    const Screen& screen = GetParam();
    WindowStart start = test::demo_start(Language::vi);
    start.settings.text_percent = screen.percent;
    start.settings.car = screen.car;
    Window window(std::move(start));
    window.resize(screen.width, screen.height);
    window.show();
    window.open(test::demo_recording(), {});
    ASSERT_TRUE(test::settled(window));
    test::calm();
    const QTableView& table = window.table().view();
    ASSERT_TRUE(table.isVisible());
    const int row = table.verticalHeader()->defaultSectionSize();
    // With twice the text the waterfall needs the room of the second one.
    EXPECT_GE(table.viewport()->height(), (screen.percent > 100 ? 1 : 2) * row);
    EXPECT_TRUE(table.viewport()->height() % row == 0 || table.viewport()->height() > row * table.model()->rowCount());
    EXPECT_GE(row, table.fontMetrics().height() + 4);
}

INSTANTIATE_TEST_SUITE_P(AllScreens, RowsOn,
                         testing::Values(Screen{1280, 720, 100, false}, Screen{1920, 1080, 100, false},
                                         Screen{960, 1000, 100, false}, Screen{1920, 1080, 200, false},
                                         Screen{960, 1000, 200, false}, Screen{1280, 720, 200, false},
                                         Screen{1280, 720, 100, true}),
                         [](const testing::TestParamInfo<Screen>& one) {
                             return "Of" + std::to_string(one.param.width) + "By" + std::to_string(one.param.height) +
                                    "At" + std::to_string(one.param.percent) + (one.param.car ? "InACar" : "");
                         });

} // namespace
} // namespace gacsong::gui
