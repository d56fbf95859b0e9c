// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"
#include "report/store/rows.hpp"

#include <map>
#include <string>
#include <vector>

namespace gacsong {

/// Statements of one connection that are asked again and again with other values: each is prepared once. Must go before
/// the connection does.
class KeptStatements {
public:
    explicit KeptStatements(Connection& connection) : connection_(connection) {}

    /// Runs a statement and gives each row to `take`, which sees it at its first column; nothing of it stays open.
    /// Errors: as Connection::run().
    template <class Take>
    [[nodiscard]] Status each(const std::string& statement, const std::vector<QVariant>& values, const Take& take)
    {
        auto kept = kept_.find(statement);
        if (kept == kept_.end()) {
            auto prepared = connection_.prepare(QString::fromStdString(statement));
            if (!prepared)
                return tl::unexpected(prepared.error());
            kept = kept_.emplace(statement, std::move(*prepared)).first;
        }
        QSqlQuery& query = kept->second;
        Status done = connection_.run(query, values);
        while (done && query.next())
            take(query);
        if (done)
            done = connection_.read_whole(query);
        query.finish();
        return done;
    }

    /// All rows of a statement; make(row) gives one element of a named row. Errors: as Connection::run().
    template <class T, class Make>
    [[nodiscard]] Result<std::vector<T>> read(const std::string& statement, const std::vector<QVariant>& values,
                                              const Make& make)
    {
        std::vector<T> all;
        const Status done =
            each(statement, values, [&](const QSqlQuery& query) { all.push_back(make(named_row(query))); });
        return done ? Result<std::vector<T>>(std::move(all)) : tl::unexpected(done.error());
    }

private:
    Connection& connection_;
    std::map<std::string, QSqlQuery> kept_;
};

} // namespace gacsong
