// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a store on a database server.
#include "report/cases/audit.hpp"
#include "report/store/store.hpp"
#include "tests/gui/desk.hpp"
#include "tests/support/postgresql_server.hpp"

#include <gtest/gtest.h>

#include <QLabel>

namespace gacsong::gui {
namespace {

using test::until;

class OnAServer : public testing::Test {
protected:
    void SetUp() override
    {
        if (gacsong::test::PostgresqlServer::programs().empty())
            GTEST_SKIP() << "no PostgreSQL server is installed (package postgresql)";
        server = std::make_unique<gacsong::test::PostgresqlServer>();
        const auto made = store_address(server->new_database());
        ASSERT_TRUE(made);
        address = *made;
    }
    [[nodiscard]] std::unique_ptr<Window> window() const
    {
        WindowStart start = test::demo_start(Language::en);
        start.store = *address;
        auto made = std::make_unique<Window>(std::move(start));
        made->resize(1280, 720);
        made->show();
        made->open(test::demo_recording(), {});
        EXPECT_TRUE(test::settled(*made));
        EXPECT_TRUE(until([&] { return made->session().stored_run().has_value(); }));
        return made;
    }
    std::unique_ptr<gacsong::test::PostgresqlServer> server;
    std::optional<StoreAddress> address;
};

TEST_F(OnAServer, RunsCasesAndHistoryAreKept)
{
    {
        const auto first = window();
        const auto& table = first->table().view();
        first->findChild<QTableView*>("emissions")->setCurrentIndex(table.model()->index(0, 0));
        ASSERT_TRUE(first->picture().selected());
        first->set_case_answer({"", "97.7 MHz"});
        first->action(Act::add_to_report).trigger();
        ASSERT_TRUE(until([&] { return first->findChild<QWidget*>("report") != nullptr; }));
        ASSERT_TRUE(first->archive().added_to()) << first->archive().added_to().error().message.key;
    }
    const auto second = window();
    EXPECT_NE(second->session().stored_run(), std::optional<std::int64_t>(1));
    int told = 0;
    QObject::connect(&second->archive(), &Archive::looked_up, second.get(), [&told] { ++told; });
    Q_EMIT second->picture().picked(0);
    ASSERT_TRUE(until([&] { return told > 0; }));
    const auto* past = second->details().findChild<QLabel*>("past");
    ASSERT_NE(past, nullptr);
    EXPECT_TRUE(past->text().contains("1 earlier recording")) << past->text().toStdString();
    // What was heard before this recording: the first run holds the same one, so nothing.
    QObject::connect(&second->archive(), &Archive::looked_back, second.get(), [&told] { told = 100; });
    second->table().since().setCurrentIndex(1);
    ASSERT_TRUE(until([&] { return told >= 100; }));
    ASSERT_TRUE(second->archive().heard()) << second->archive().heard().error().message.key;
    EXPECT_EQ(second->table().view().model()->rowCount(), 5);
    second->archive().finish();
    const auto store = Store::open(*address, false);
    ASSERT_TRUE(store);
    EXPECT_TRUE(examine_audit((*store)->connection())->problems.empty());
}

TEST_F(OnAServer, OneThatGoesAwayIsSaidAndTheWindowStays)
{
    const auto first = window();
    server->kill();
    int told = 0;
    QObject::connect(&first->archive(), &Archive::cases_listed, first.get(), [&told] { ++told; });
    first->archive().list_cases();
    ASSERT_TRUE(until([&] { return told > 0; }));
    first->open(test::demo_recording(), {});
    ASSERT_TRUE(until([&] { return first->findChild<QWidget*>("store") != nullptr || first->session().error(); }));
    EXPECT_TRUE(until([&] { return first->session().phase() == Session::Phase::done; }))
        << "it is looked at all the same";
    EXPECT_EQ(first->session().emissions().size(), 5U);
}

} // namespace
} // namespace gacsong::gui
