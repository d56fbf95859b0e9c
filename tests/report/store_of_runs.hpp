// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/sample_records.hpp"
#include "tests/report/store_place.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>

namespace gacsong::test {

class StoreOfRuns : public ::testing::Test {
protected:
    const TemporaryFolder folder;
    const StoreAddress address = new_store(folder);

    /// Stores a run with three emissions, two findings, a gap and a warning.
    void store_a_run(std::size_t batch = 10'000) const
    {
        StoreSink sink(address, batch);
        ASSERT_TRUE(sink.begin(sample_run()));
        ASSERT_TRUE(sink.warning(Message("warn.time")));
        ASSERT_TRUE(sink.gap({3.2, 65536, "overflow"}));
        for (const Emission& e : {licensed_emission(), unlicensed_emission(), protected_emission()})
            ASSERT_TRUE(sink.emission(e));
        for (const Finding& f : sample_findings())
            ASSERT_TRUE(sink.finding(f));
        ASSERT_TRUE(sink.end(sample_end()));
        ASSERT_TRUE(sink.stored_run());
    }

    [[nodiscard]] int count(const char* table) const
    {
        const auto connection = Connection::open(address, false);
        EXPECT_TRUE(connection);
        const auto value = (*connection)->value(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)));
        EXPECT_TRUE(value);
        return value->toInt();
    }
};

/// Runs `child` in a process of its own and gives the status of wait().
inline int in_child(const std::function<void()>& child)
{
    const pid_t pid = fork();
    if (pid == 0) {
        child();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
}

} // namespace gacsong::test
