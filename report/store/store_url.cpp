// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_url.hpp"

#include "report/wording/data_paths.hpp"

#include <fmt/format.h>

#include <QUrl>
#include <QUrlQuery>
#include <algorithm>
#include <array>

namespace gacsong {
namespace {

/// Settings of libpq that may stand behind the `?`: how to reach the server and to trust it, and in which schema.
constexpr std::array<std::string_view, 8> known_options{
    "application_name", "connect_timeout", "options", "passfile", "service", "sslcert", "sslmode", "sslrootcert"};

std::string text(const QString& from) { return from.toStdString(); }

Result<StoreAddress> server_address(std::string_view url)
{
    const QUrl parsed(QString::fromUtf8(url.data(), static_cast<qsizetype>(url.size())), QUrl::StrictMode);
    StoreAddress::Server server;
    server.host = text(parsed.host(QUrl::FullyDecoded));
    server.port = std::max(parsed.port(), 0);
    server.user = text(parsed.userName(QUrl::FullyDecoded));
    server.password = text(parsed.password(QUrl::FullyDecoded));
    server.database = text(parsed.path(QUrl::FullyDecoded).mid(1));
    bool known = parsed.isValid();
    for (const auto& [name, value] : QUrlQuery(parsed).queryItems(QUrl::FullyDecoded)) {
        const std::string option = text(name);
        bool number = true;
        if (option == "host")
            server.host = text(value);
        else if (option == "port")
            server.port = value.toInt(&number);
        else if (option == "user")
            server.user = text(value);
        else if (option == "password")
            server.password = text(value);
        else if (option == "dbname")
            server.database = text(value);
        else if (std::ranges::find(known_options, option) != known_options.end())
            server.options.emplace_back(option, text(value));
        else
            known = false;
        known = known && number;
    }
    // QtSql puts further settings into one text in which a semicolon parts them.
    const auto parted = [](const auto& option) { return option.second.find(';') != std::string::npos; };
    known = known && std::ranges::none_of(server.options, parted);
    if (!known || server.database.empty() || server.port < 0 || server.port > 65535) {
        // What stands before the last @ may hold a password.
        const std::string shown =
            "postgresql://…" + std::string(url.substr(std::min(url.find_last_of("@/"), url.size())));
        return failure("store.server_url", {{"store", shown}}, Fault::usage);
    }
    return StoreAddress(std::move(server));
}

} // namespace

std::string StoreAddress::name() const
{
    if (!server_)
        return file_.string();
    const bool folder = server_->host.starts_with('/');
    std::string name = "postgresql://";
    if (!server_->user.empty())
        name += server_->user + "@";
    if (!folder)
        name += server_->host;
    if (server_->port > 0)
        name += fmt::format(":{}", server_->port);
    name += "/" + server_->database;
    return folder ? fmt::format("{}?host={}", name, server_->host) : name;
}

Result<StoreAddress> store_address(std::string_view url)
{
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
        return server_address(url);
    if (url.starts_with(sqlite))
        url.remove_prefix(sqlite.size());
    else if (url.find("://") != std::string_view::npos || url.starts_with("postgresql:"))
        return failure("store.url", {{"store", std::string(url)}}, Fault::usage);
    if (!url.empty())
        return StoreAddress(std::filesystem::path(url));
    const auto data = user_data_folder();
    if (data.empty())
        return failure("store.url", {{"store", std::string("sqlite:")}}, Fault::usage);
    return StoreAddress(data / "gacsong" / "store.sqlite");
}

} // namespace gacsong
