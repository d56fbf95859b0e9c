// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/backup.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

namespace gacsong {

namespace fs = std::filesystem;

fs::path backup_path(const fs::path& store, int version)
{
    return fs::path(store.string() + fmt::format(".version-{}", version));
}

Status back_up(Connection& connection, int version)
{
    const fs::path whole = backup_path(connection.file(), version);
    const fs::path part = whole.string() + fmt::format(".part-{}", ::getpid());
    std::error_code error;
    fs::remove(part, error); // of a process long gone that had the same number
    auto copy = connection.prepare(QStringLiteral("VACUUM INTO ?"));
    if (!copy)
        return tl::unexpected(copy.error());
    if (const Status copied = connection.run(*copy, {QString::fromStdString(part.string())}); !copied) {
        fs::remove(part, error);
        return copied;
    }
    fs::rename(part, whole, error);
    if (error)
        return failure("store.write", {{"store", whole.string()}, {"why", error.message()}}, Fault::output);
    return {};
}

} // namespace gacsong
