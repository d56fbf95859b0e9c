// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/writer.hpp"

#include "report/store/connection.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace gacsong {

namespace {

constexpr int lock_of_runs = 0x47535256; ///< "GSRV"; the lock's second number is the run's

std::string content(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

std::string boot() { return content("/proc/sys/kernel/random/boot_id"); }

/// Field 22 of /proc/PID/stat (proc(5)); the name of the program, in brackets before it, may hold blanks.
std::string start_of(const std::string& pid)
{
    const std::string stat = content("/proc/" + pid + "/stat");
    std::istringstream rest(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string field;
    for (int i = 3; i <= 22; ++i)
        rest >> field;
    return rest ? field : std::string{};
}

} // namespace

std::string this_process()
{
    const std::string pid = std::to_string(::getpid());
    return fmt::format("{} {} {}", boot(), pid, start_of(pid));
}

bool still_runs(std::string_view name)
{
    std::istringstream in{std::string(name)};
    std::string of_boot;
    std::string pid;
    std::string start;
    in >> of_boot >> pid >> start;
    const bool number = !pid.empty() && pid.find_first_not_of("0123456789") == std::string::npos;
    return number && !start.empty() && of_boot == boot() && start == start_of(pid);
}

Status claim_run(Connection& connection, std::int64_t run)
{
    if (connection.dialect() == Dialect::sqlite)
        return {}; // the process that stands in its row says it
    return connection.exec(QStringLiteral("SELECT pg_advisory_lock(%1, %2)").arg(lock_of_runs).arg(run));
}

Status let_go_of_runs(Connection& connection)
{
    if (connection.dialect() == Dialect::sqlite)
        return {};
    return connection.exec(QStringLiteral("SELECT pg_advisory_unlock_all()"));
}

Result<bool> still_written(Connection& connection, std::int64_t run, std::string_view writer)
{
    if (connection.dialect() == Dialect::sqlite)
        return still_runs(writer);
    return connection.value(QStringLiteral("SELECT pg_try_advisory_xact_lock(%1, %2)").arg(lock_of_runs).arg(run))
        .map([](const QVariant& got) { return !got.toBool(); });
}

} // namespace gacsong
