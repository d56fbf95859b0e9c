// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/connection.hpp"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <algorithm>
#include <array>
#include <atomic>
#include <clocale>
#include <mutex>
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

/// QtSql prints much of what it also answers; a server that goes away would be told of several times.
void keep_quiet()
{
    static QtMessageHandler before = nullptr;
    static std::once_flag once;
    std::call_once(once, [] {
        before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
            if (!text.startsWith(QStringLiteral("QSqlQuery::")) &&
                !text.startsWith(QStringLiteral("Unable to free statement")))
                before(type, context, text);
        });
    });
}

QString next_name()
{
    static std::atomic<int> count{0};
    return QStringLiteral("gacsong-%1").arg(++count);
}

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

double free_bytes(const fs::path& file)
{
    std::error_code error;
    const fs::path folder = fs::absolute(file, error).parent_path();
    const fs::space_info space = fs::space(folder, error);
    return error ? 0.0 : static_cast<double>(space.available);
}

/// PostgreSQL keeps no zero in a text, and would take it for the end of the statement.
QVariant without_zeros(const QVariant& value)
{
    if (value.typeId() != QMetaType::QString)
        return value;
    QString whole = value.toString();
    return whole.contains(QChar(0)) ? QVariant(whole.replace(QChar(0), QChar::ReplacementCharacter)) : value;
}

/// A text within the settings of libpq (PostgreSQL 15, §34.1.1.1).
QString quoted(const std::string& value)
{
    QString inner = text(value);
    inner.replace(QStringLiteral("\\"), QStringLiteral("\\\\")).replace(QStringLiteral("'"), QStringLiteral("\\'"));
    return QStringLiteral("'%1'").arg(inner);
}

/// A server that does not answer is given up after ten seconds, one that went away unseen after half a minute, unless
/// the address says otherwise.
QString server_options(const StoreAddress::Server& server)
{
    QString all = QStringLiteral("connect_timeout=10 tcp_user_timeout=30000 keepalives_idle=15 keepalives_interval=5 "
                                 "keepalives_count=3 fallback_application_name=gacsong");
    for (const auto& [name, value] : server.options)
        all += QStringLiteral(" %1=%2").arg(text(name), quoted(value));
    return all;
}

} // namespace

tl::unexpected<Error> Connection::cannot_open(Value why) const
{
    return failure("store.open", {{"store", address_.name()}, {"why", std::move(why)}}, Fault::output);
}

Status Connection::open_file(bool create)
{
    const fs::path& file = address_.file();
    std::error_code error;
    if (create && file.has_parent_path())
        fs::create_directories(file.parent_path(), error);
    if (error)
        return cannot_open(error.message());
    if (!create && !fs::exists(file, error))
        return cannot_open(std::vector<Message>{Message("why.no_store")});
    need_application();
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name_);
    database.setDatabaseName(text(file.string()));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
    if (!database.open())
        return cannot_open(reason_of(dialect(), database.lastError()));
    // NORMAL in write-ahead mode never corrupts a file; a power cut may lose the last run (speed.md §7).
    for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON"}) {
        QSqlQuery query(database);
        if (!query.exec(QString::fromLatin1(pragma)))
            return cannot_open(reason_of(dialect(), query.lastError()));
    }
    return {};
}

Status Connection::open_server(bool create)
{
    const QString driver = QStringLiteral("QPSQL");
    need_application();
    keep_quiet();
    if (!QSqlDatabase::isDriverAvailable(driver))
        return cannot_open(std::vector<Message>{Message("why.no_driver")});
    const StoreAddress::Server& server = *address_.server();
    QSqlDatabase database = QSqlDatabase::addDatabase(driver, name_);
    database.setHostName(text(server.host));
    if (server.port > 0)
        database.setPort(server.port);
    database.setUserName(text(server.user));
    database.setPassword(text(server.password));
    database.setDatabaseName(text(server.database));
    database.setConnectOptions(server_options(server));
    if (!database.open())
        return cannot_open(reason_of(dialect(), database.lastError()));
    // Notices of the server would be printed by libpq among the program's own sentences.
    for (const char* setting : {"SET client_min_messages = error", "SET lock_timeout = '10s'"}) {
        QSqlQuery query(database);
        if (!query.exec(QString::fromLatin1(setting)))
            return cannot_open(reason_of(dialect(), query.lastError()));
    }
    if (create)
        return {};
    const auto marked = value(QStringLiteral("SELECT CAST(to_regclass('gacsong_store') AS TEXT)"));
    if (!marked)
        return tl::unexpected(marked.error());
    return marked->isNull() ? cannot_open(std::vector<Message>{Message("why.no_tables")}) : Status{};
}

Result<std::unique_ptr<Connection>> Connection::open(const StoreAddress& address, bool create)
{
    std::unique_ptr<Connection> connection(new Connection(address, next_name()));
    const Status opened = address.server() ? connection->open_server(create) : connection->open_file(create);
    if (!opened)
        return tl::unexpected(opened.error());
    return connection;
}

Connection::~Connection()
{
    if (!QSqlDatabase::contains(name_))
        return;
    QSqlDatabase::database(name_, false).close();
    QSqlDatabase::removeDatabase(name_);
}

tl::unexpected<Error> Connection::failed(const QSqlError& error) const
{
    const Argument store{"store", address_.name()};
    const Argument why{"why", reason_of(dialect(), error)};
    switch (trouble_of(dialect(), error)) {
    case Trouble::full:
        if (address_.server())
            return failure("store.full_server", {store, why}, Fault::output);
        return failure("store.full", {store, {"free", Quantity{free_bytes(address_.file()), Unit::bytes}}},
                       Fault::output);
    case Trouble::busy:
        return failure("store.busy", {store}, Fault::output);
    case Trouble::gone:
        return failure("store.gone", {store, why}, Fault::output);
    case Trouble::other:
        break;
    }
    return failure("store.write", {store, why}, Fault::output);
}

Status Connection::exec(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(name_, false));
    if (!query.exec(statement))
        return failed(query.lastError());
    return {};
}

Status Connection::begin_writing()
{
    bool begun = false;
    for (const QString& statement : gacsong::begin_writing(dialect())) {
        if (Status done = exec(statement); !done) {
            if (begun)
                static_cast<void>(exec(QStringLiteral("ROLLBACK")));
            return done;
        }
        begun = true;
    }
    return {};
}

Result<QSqlQuery> Connection::prepare(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(name_, false));
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return failed(query.lastError());
    return query;
}

Status Connection::run(QSqlQuery& statement, const std::vector<QVariant>& values)
{
    const bool zeros = dialect() == Dialect::sqlite;
    for (std::size_t i = 0; i < values.size(); ++i)
        statement.bindValue(static_cast<int>(i), zeros ? values[i] : without_zeros(values[i]));
    if (!statement.exec())
        return failed(statement.lastError());
    return {};
}

Status Connection::read_whole(const QSqlQuery& statement) const
{
    if (statement.lastError().isValid())
        return failed(statement.lastError());
    return {};
}

Result<QVariant> Connection::value(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(name_, false));
    if (!query.exec(statement))
        return failed(query.lastError());
    return query.next() ? query.value(0) : QVariant{};
}

} // namespace gacsong
