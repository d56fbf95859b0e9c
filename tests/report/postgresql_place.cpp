// SPDX-License-Identifier: GPL-3.0-or-later
// The server of the program's tests, and its main().
#include "tests/report/postgresql_place.hpp"

#include "tests/report/store_place.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <exception>
#include <memory>

namespace gacsong::test {
namespace {

std::unique_ptr<PostgresqlServer> server;

} // namespace

PostgresqlServer& postgresql_server() { return *server; }

StoreAddress new_store(const TemporaryFolder& /*folder*/) { return *store_address(server->new_database()); }

const char* set_version() { return "UPDATE gacsong_store SET version = %1"; }

} // namespace gacsong::test

int main(int argc, char** argv)
{
    using gacsong::test::PostgresqlServer;
    ::testing::InitGoogleTest(&argc, argv);
    if (GTEST_FLAG_GET(list_tests))
        return RUN_ALL_TESTS();
    if (PostgresqlServer::programs().empty()) {
        std::puts("Skipped: no PostgreSQL server is installed (package postgresql).");
        return 77;
    }
    try {
        gacsong::test::server = std::make_unique<PostgresqlServer>();
    } catch (const std::exception& why) {
        std::fprintf(stderr, "%s\n", why.what());
        return 1;
    }
    const int status = RUN_ALL_TESTS();
    gacsong::test::server.reset();
    return status;
}
