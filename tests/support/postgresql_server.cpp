// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgresql_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <vector>

namespace gacsong::test {
namespace {

namespace fs = std::filesystem;

/// PostgreSQL refuses to run as root.
const passwd* other_user()
{
    static const passwd* const user = getuid() == 0 ? getpwnam("postgres") : nullptr;
    return user;
}

/// Starts a program whose standard output and error go to a file.
pid_t spawn(const std::vector<std::string>& words, const fs::path& output)
{
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const passwd* user = other_user();
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child != 0)
        return child;
    const int file = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0)
        std::_Exit(126);
    if (user != nullptr && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
        std::_Exit(126);
    // After the change of user, which clears it. A parent that is gone by now sends nothing.
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != parent || chdir("/") != 0)
        std::_Exit(126);
    execv(arguments.front(), arguments.data());
    std::_Exit(127);
}

int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

std::string content(const fs::path& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

fs::path PostgresqlServer::programs()
{
    std::error_code error;
    int newest = 0;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", error)) {
        if (fs::exists(entry.path() / "bin" / "initdb", error))
            newest = std::max(newest, std::atoi(entry.path().filename().c_str()));
    }
    return newest == 0 ? fs::path{} : fs::path("/usr/lib/postgresql") / std::to_string(newest) / "bin";
}

PostgresqlServer::PostgresqlServer()
{
    if (const passwd* user = other_user(); user != nullptr) {
        if (chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("the folder of the server cannot be given to its user");
    }
    const fs::path log = folder_.path() / "initdb.log";
    const pid_t made = spawn({programs() / "initdb", "-D", folder_.path("data"), "-U", "gacsong", "--auth=trust",
                              "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"},
                             log);
    if (wait_for(made) != 0)
        throw std::runtime_error("initdb: " + content(log));
    start();
}

PostgresqlServer::~PostgresqlServer() { kill(); }

void PostgresqlServer::start()
{
    // What the tests hold is small; less memory starts faster.
    server_ = spawn({programs() / "postgres", "-D", folder_.path("data"), "-k", folder_.path().string(), "-c",
                     "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB",
                     "-c", "max_connections=20", "-c", "autovacuum=off"},
                    folder_.path() / "server.log");
    constexpr int tries = 300;
    for (int i = 0; i < tries; ++i) {
        const pid_t asked =
            spawn({programs() / "pg_isready", "-q", "-h", folder_.path().string()}, folder_.path() / "ready.log");
        if (wait_for(asked) == 0)
            return;
        poll(nullptr, 0, 50);
    }
    throw std::runtime_error("the server does not start: " + content(folder_.path() / "server.log"));
}

void PostgresqlServer::kill()
{
    if (server_ == 0)
        return;
    ::kill(server_, SIGQUIT);
    wait_for(server_);
    server_ = 0;
}

std::string PostgresqlServer::url(const std::string& database) const
{
    return "postgresql://gacsong@/" + database + "?host=" + folder_.path().string();
}

std::string PostgresqlServer::new_database()
{
    const std::string name = "store" + std::to_string(++databases_);
    ask("postgres", "CREATE DATABASE " + name);
    return url(name);
}

std::string PostgresqlServer::ask(const std::string& database, const std::string& statement) const
{
    const fs::path output = folder_.path() / "psql.out";
    fs::remove(output);
    const pid_t asked = spawn({programs() / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h",
                               folder_.path().string(), "-U", "gacsong", "-d", database, "-c", statement},
                              output);
    const int status = wait_for(asked);
    std::string said = content(output);
    if (status != 0)
        throw std::runtime_error("psql: " + said);
    if (!said.empty() && said.back() == '\n')
        said.pop_back();
    return said;
}

} // namespace gacsong::test
