// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/temporary_folder.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace gacsong::test {

/// A PostgreSQL server of Debian's package with its data and its socket in a temporary folder. It listens to no
/// network, writes nothing through to the disk, and ends with the process that started it.
class PostgresqlServer {
public:
    /// Folder of the newest installed server's programs; empty: none is installed.
    [[nodiscard]] static std::filesystem::path programs();

    /// Makes and starts a server. Throws what went wrong.
    PostgresqlServer();
    ~PostgresqlServer();
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;

    void start();
    /// At once, as after a crash: nobody is waited for and nothing is written any more.
    void kill();

    /// The URL of a new, empty database.
    [[nodiscard]] std::string new_database();
    [[nodiscard]] std::string url(const std::string& database) const;

    /// Runs a statement by psql and gives what it prints, without the last line break. Throws what went wrong.
    std::string ask(const std::string& database, const std::string& statement) const;

private:
    TemporaryFolder folder_;
    pid_t server_ = 0;
    int databases_ = 0;
};

} // namespace gacsong::test
