// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/store/connection.hpp"

namespace gacsong {

/// Everything between its beginning and commit() is in the store whole or not at all.
class Transaction {
public:
    /// Takes the right to write at once, so that nothing that was read inside it is out of date.
    /// Errors: as Connection::exec().
    [[nodiscard]] static Result<Transaction> begin(Connection& connection)
    {
        if (const Status begun = connection.begin_writing(); !begun)
            return tl::unexpected(begun.error());
        return Transaction(connection);
    }

    ~Transaction()
    {
        if (connection_ != nullptr)
            static_cast<void>(connection_->exec(QStringLiteral("ROLLBACK")));
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction(Transaction&& other) noexcept : connection_(other.connection_) { other.connection_ = nullptr; }
    Transaction& operator=(Transaction&&) = delete;

    [[nodiscard]] Status commit()
    {
        Status committed = connection_->exec(QStringLiteral("COMMIT"));
        if (committed)
            connection_ = nullptr;
        return committed;
    }

private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}

    Connection* connection_;
};

} // namespace gacsong
