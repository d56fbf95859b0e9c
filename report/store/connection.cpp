// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/connection.hpp"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <array>
#include <atomic>
#include <clocale>
#include <string>
#include <system_error>

namespace gacsong {
namespace {

namespace fs = std::filesystem;

/// QtSql finds its drivers through the application object. A program without one (the command line) gets one here;
/// it reads no arguments and starts no loop.
void need_application()
{
    if (QCoreApplication::instance() != nullptr)
        return;
    static int argc = 1;
    static std::array<char, 8> name{"gacsong"};
    static std::array<char*, 2> argv{name.data(), nullptr};
    static const QCoreApplication application(argc, argv.data());
    // Qt takes the C locale from the environment; under vi_VN numbers would then be written with a comma.
    std::setlocale(LC_NUMERIC, "C");
}

QString next_name()
{
    static std::atomic<int> count{0};
    return QStringLiteral("gacsong-%1").arg(++count);
}

QString text(const fs::path& path) { return QString::fromStdString(path.string()); }

/// SQLite's primary result code (sqlite.org/rescode.html); −1 where the error did not come from it.
int sqlite_code(const QSqlError& error)
{
    bool number = false;
    const int code = error.nativeErrorCode().toInt(&number);
    return number ? code & 0xFF : -1;
}

constexpr int sqlite_busy = 5;
constexpr int sqlite_io_error = 10;
constexpr int sqlite_full = 13;
constexpr int sqlite_too_big = 18;

double free_bytes(const fs::path& file)
{
    std::error_code error;
    const fs::path folder = fs::absolute(file, error).parent_path();
    const fs::space_info space = fs::space(folder, error);
    return error ? 0.0 : static_cast<double>(space.available);
}

/// What the database says of an error; where it says nothing, what Qt does. QSqlError::text() runs both together.
std::string reason_of(const QSqlError& error)
{
    const QString said = error.databaseText();
    return (said.isEmpty() ? error.driverText() : said).toStdString();
}

tl::unexpected<Error> cannot_open(const fs::path& file, Value why)
{
    return failure("store.open", {{"store", file.string()}, {"why", std::move(why)}}, Fault::output);
}

} // namespace

Result<std::unique_ptr<Connection>> Connection::open(const fs::path& file, bool create)
{
    std::error_code error;
    if (create && file.has_parent_path())
        fs::create_directories(file.parent_path(), error);
    if (error)
        return cannot_open(file, error.message());
    if (!create && !fs::exists(file, error))
        return cannot_open(file, std::vector<Message>{Message("why.no_store")});
    need_application();
    std::unique_ptr<Connection> connection(new Connection(file, next_name()));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->name_);
    database.setDatabaseName(text(file));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
    if (!database.open())
        return cannot_open(file, reason_of(database.lastError()));
    // NORMAL in write-ahead mode never corrupts a file; a power cut may lose the last run (speed.md §7).
    for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON"}) {
        QSqlQuery query(database);
        if (!query.exec(QString::fromLatin1(pragma)))
            return cannot_open(file, reason_of(query.lastError()));
    }
    return connection;
}

Connection::~Connection()
{
    QSqlDatabase::database(name_, false).close();
    QSqlDatabase::removeDatabase(name_);
}

tl::unexpected<Error> Connection::failed(const QSqlError& error) const
{
    const Argument store{"store", file_.string()};
    switch (sqlite_code(error)) {
    case sqlite_full:
    case sqlite_too_big:
        return failure("store.full", {store, {"free", Quantity{free_bytes(file_), Unit::bytes}}}, Fault::output);
    case sqlite_busy:
        return failure("store.busy", {store}, Fault::output);
    case sqlite_io_error:
    default:
        return failure("store.write", {store, {"why", reason_of(error)}}, Fault::output);
    }
}

Status Connection::exec(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(name_));
    if (!query.exec(statement))
        return failed(query.lastError());
    return {};
}

Result<QSqlQuery> Connection::prepare(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(name_));
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return failed(query.lastError());
    return query;
}

Status Connection::run(QSqlQuery& statement, const std::vector<QVariant>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i)
        statement.bindValue(static_cast<int>(i), values[i]);
    if (!statement.exec())
        return failed(statement.lastError());
    return {};
}

Result<QVariant> Connection::value(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(name_));
    if (!query.exec(statement))
        return failed(query.lastError());
    return query.next() ? query.value(0) : QVariant{};
}

} // namespace gacsong
