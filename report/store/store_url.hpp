// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Where a store lies: an SQLite file, or a database on a PostgreSQL server.
class StoreAddress {
public:
    /// A database of a server. What is empty or 0 is left to libpq, which asks its own environment and files (PGUSER,
    /// PGPASSWORD, ~/.pgpass).
    struct Server {
        std::string host; ///< name, address, or the folder of the server's socket
        int port = 0;
        std::string user;
        std::string password;
        std::string database;
        std::vector<std::pair<std::string, std::string>> options; ///< further settings of libpq: `sslmode`, …
        bool operator==(const Server&) const = default;
    };

    StoreAddress(std::filesystem::path file) : file_(std::move(file)) {} // NOLINT: a file is an address
    explicit StoreAddress(Server server) : server_(std::move(server)) {}

    /// Nothing: it is a file.
    [[nodiscard]] const std::optional<Server>& server() const { return server_; }
    /// Empty: it is a server.
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    /// For people: the path, or the URL without its password.
    [[nodiscard]] std::string name() const;

    bool operator==(const StoreAddress&) const = default;

private:
    std::filesystem::path file_;
    std::optional<Server> server_;
};

/// The store named as on the command line: `sqlite:FILE`, a path alone, or
/// `postgresql://[user[:password]@][host][:port]/database[?name=value&…]` as libpq reads it (PostgreSQL 15, §34.1.1.2),
/// where `?host=/run/postgresql` names the folder of a socket. An empty name is the user's own store,
/// `$XDG_DATA_HOME/gacsong/store.sqlite`.
/// Errors: store.url (another scheme, or no home folder), store.server_url (no database, an unknown setting).
[[nodiscard]] Result<StoreAddress> store_address(std::string_view url);

} // namespace gacsong
