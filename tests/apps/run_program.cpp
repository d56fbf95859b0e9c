// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/apps/run_program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <string_view>

namespace gacsong::test {
namespace {

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() { EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0); }
    ~Pipe()
    {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_end(std::size_t i)
    {
        if (ends[i] >= 0)
            close(ends[i]);
        ends[i] = -1;
    }
};

std::vector<std::string> environment(const Start& start, const std::string& home)
{
    std::map<std::string, std::string> all{{"HOME", home},
                                           {"XDG_DATA_HOME", home + "/data"},
                                           {"XDG_CONFIG_HOME", home + "/config"},
                                           {"XDG_CACHE_HOME", home + "/cache"},
                                           {"PATH", "/usr/bin:/bin"},
                                           {"LC_ALL", "C"},
                                           {"TERM", "xterm"}};
    if (const char* told = std::getenv("LSAN_OPTIONS"); told != nullptr)
        all["LSAN_OPTIONS"] = told; // what the leak sanitizer is to leave alone
    for (const auto& [name, value] : start.environment)
        all[name] = value;
    std::vector<std::string> lines;
    for (const auto& [name, value] : all)
        lines.push_back(name + "=" + value);
    return lines;
}

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> all;
    for (std::string& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

/// In the child: never returns.
[[noreturn]] void become_program(const Start& start, const std::string& home, int in, int out, int err)
{
    std::vector<std::string> arguments{GACSONG_PROGRAM};
    arguments.insert(arguments.end(), start.arguments.begin(), start.arguments.end());
    std::vector<std::string> variables = environment(start, home);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    if (start.folder.empty() || chdir(start.folder.c_str()) == 0)
        execve(GACSONG_PROGRAM, pointers(arguments).data(), pointers(variables).data());
    std::_Exit(99);
}

int status_of(pid_t pid)
{
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Reads once; false at the end.
bool read_some(int from, std::string& to)
{
    std::array<char, 1 << 16> buffer{};
    const ssize_t count = read(from, buffer.data(), buffer.size());
    if (count > 0)
        to.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

/// Reads both outputs to their end, and sends the signal that was asked for.
void collect(const Start& start, pid_t pid, int out, int err, Ended& ended)
{
    std::array<pollfd, 2> streams{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
    bool signalled = start.signal == 0;
    while (streams[0].fd >= 0 || streams[1].fd >= 0) {
        if (poll(streams.data(), streams.size(), GACSONG_PATIENCE_S * 1000) <= 0) {
            kill(pid, SIGKILL);
            ADD_FAILURE() << "the program says nothing for " << GACSONG_PATIENCE_S << " s";
            return;
        }
        for (std::size_t i = 0; i < streams.size(); ++i)
            if (streams[i].revents != 0 && !read_some(streams[i].fd, i == 0 ? ended.out : ended.err))
                streams[i].fd = -1;
        if (!signalled && ended.out.find(start.first_of) != std::string::npos) {
            kill(pid, start.signal);
            signalled = true;
        }
    }
}

/// What stays on a screen: a line that was begun again and cleared is gone.
std::string as_shown(const std::string& text)
{
    constexpr std::string_view clear = "\r\033[K";
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.compare(at, clear.size(), clear) == 0) {
            out.resize(out.rfind('\n') + 1);
            at += clear.size() - 1;
        } else if (text[at] != '\r') {
            out += text[at];
        }
    }
    return out;
}

} // namespace

Ended run_program(const Start& start, const std::string& home)
{
    Pipe in;
    Pipe out;
    Pipe err;
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (start.out == Where::closed)
        out.close_end(0);
    const pid_t pid = fork();
    if (pid == 0)
        become_program(start, home, in.ends[0], start.out == Where::full ? full : out.ends[1], err.ends[1]);
    close(full);
    in.close_end(0);
    out.close_end(1);
    err.close_end(1);
    std::signal(SIGPIPE, SIG_IGN);
    EXPECT_GE(write(in.ends[1], start.input.data(), start.input.size()), 0); // less than a pipe holds
    if (!start.input_stays_open)
        in.close_end(1);
    Ended ended;
    collect(start, pid, out.ends[0], err.ends[0], ended);
    ended.status = status_of(pid);
    return ended;
}

Ended run_on_terminal(const Start& start, const std::string& home, unsigned columns)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    EXPECT_EQ(grantpt(master), 0);
    EXPECT_EQ(unlockpt(master), 0);
    const winsize size{50, static_cast<unsigned short>(columns), 0, 0};
    const int slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    ioctl(slave, TIOCSWINSZ, &size);
    const pid_t pid = fork();
    if (pid == 0)
        become_program(start, home, slave, slave, slave);
    close(slave);
    Ended ended;
    while (read_some(master, ended.out)) {
    }
    close(master);
    ended.status = status_of(pid);
    ended.out = as_shown(ended.out);
    return ended;
}

std::vector<nlohmann::json> records(const std::string& lines, std::string_view type)
{
    std::vector<nlohmann::json> found;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        nlohmann::json record = nlohmann::json::parse(line);
        if (record["type"] == type)
            found.push_back(std::move(record));
    }
    return found;
}

} // namespace gacsong::test
