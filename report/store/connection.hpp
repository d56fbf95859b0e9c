// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/store/dialect.hpp"
#include "report/store/store_url.hpp"

#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <filesystem>
#include <memory>
#include <vector>

class QSqlDatabase;

namespace gacsong {

/// An open SQLite file in write-ahead mode, or a session with a PostgreSQL server, through QtSql. Belongs to the thread
/// that opened it.
class Connection {
public:
    /// Opens a store. A file is created, its folder included; a database must be there. `create` = false: a file that
    /// is not there, or a database without a store, is an error.
    /// Errors: store.open.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const StoreAddress& address, bool create);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs one statement without results. Errors: store.full, store.full_server, store.busy, store.gone (the server),
    /// store.write.
    [[nodiscard]] Status exec(const QString& statement);

    /// Begins a transaction that has the sole right to write. Errors as above; then none is begun.
    [[nodiscard]] Status begin_writing();

    /// A statement ready for values. Errors as above.
    [[nodiscard]] Result<QSqlQuery> prepare(const QString& statement);

    /// Binds the values in order and runs the statement. Errors as above.
    [[nodiscard]] Status run(QSqlQuery& statement, const std::vector<QVariant>& values);

    /// Whether a statement that has no further row gave all it had. Errors as above.
    [[nodiscard]] Status read_whole(const QSqlQuery& statement) const;

    /// First column of the first row; an invalid variant where there is none.
    [[nodiscard]] Result<QVariant> value(const QString& statement);

    [[nodiscard]] const StoreAddress& address() const { return address_; }
    [[nodiscard]] Dialect dialect() const { return address_.server() ? Dialect::postgresql : Dialect::sqlite; }

private:
    Connection(StoreAddress address, QString name) : address_(std::move(address)), name_(std::move(name)) {}
    [[nodiscard]] Status open_file(bool create);
    [[nodiscard]] Status open_server(bool create);
    [[nodiscard]] tl::unexpected<Error> cannot_open(Value why) const;
    [[nodiscard]] tl::unexpected<Error> failed(const QSqlError& error) const;

    StoreAddress address_;
    QString name_; ///< of the connection within Qt
};

} // namespace gacsong
