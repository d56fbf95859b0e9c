// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <filesystem>
#include <memory>
#include <vector>

namespace gacsong {

/// An open SQLite file through QtSql, in write-ahead mode. Belongs to the thread that opened it.
class Connection {
public:
    /// Opens or creates the file, its folder included. `create` = false: a file that is not there is an error.
    /// Errors: store.open.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, bool create);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs one statement without results. Errors: store.full, store.busy, store.write.
    [[nodiscard]] Status exec(const QString& statement);

    /// A statement ready for values. Errors as above.
    [[nodiscard]] Result<QSqlQuery> prepare(const QString& statement);

    /// Binds the values in order and runs the statement. Errors as above.
    [[nodiscard]] Status run(QSqlQuery& statement, const std::vector<QVariant>& values);

    /// First column of the first row; an invalid variant where there is none.
    [[nodiscard]] Result<QVariant> value(const QString& statement);

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
    Connection(std::filesystem::path file, QString name) : file_(std::move(file)), name_(std::move(name)) {}
    [[nodiscard]] tl::unexpected<Error> failed(const QSqlError& error) const;

    std::filesystem::path file_;
    QString name_; ///< of the connection within Qt
};

} // namespace gacsong
