// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/helpers/installed_programs.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <vector>

namespace gacsong {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_output = 1U << 20U;

/// Full path of a program, empty where PATH has none.
std::string found(std::string_view program)
{
    const char* list = std::getenv("PATH");
    std::string_view left = list != nullptr ? list : "";
    while (!left.empty()) {
        const std::size_t colon = std::min(left.find(':'), left.size());
        const std::string path = std::string(left.substr(0, colon)) + "/" + std::string(program);
        if (path.front() == '/' && ::access(path.c_str(), X_OK) == 0)
            return path;
        left.remove_prefix(std::min(colon + 1, left.size()));
    }
    return {};
}

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }
    void set(int number) { number_ = number; }
    void close()
    {
        if (number_ >= 0)
            ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

/// The input as a file without a name, read from its beginning.
bool fill(const Descriptor& file, std::span<const std::byte> input)
{
    while (!input.empty()) {
        const ssize_t written = ::write(file.get(), input.data(), input.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        input = input.subspan(static_cast<std::size_t>(written));
    }
    return ::lseek(file.get(), 0, SEEK_SET) == 0;
}

/// Starts it with `in` as standard input and `out` as standard output; −1 where that failed.
pid_t spawn(const std::string& path, std::span<const std::string> arguments, int in, int out)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    std::vector<std::string> words{path};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    std::string search = "PATH=/usr/bin:/bin";
    std::array<char*, 2> environment{search.data(), nullptr};
    pid_t pid = -1;
    if (posix_spawn(&pid, path.c_str(), &files, &attributes, argv.data(), environment.data()) != 0)
        pid = -1;
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return pid;
}

/// What comes until the end; nothing where that is too late or too much.
std::optional<std::string> read_all(int from, Clock::time_point deadline)
{
    std::string text;
    std::array<char, 4096> some{};
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd waiting{from, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return std::nullopt;
        const ssize_t got = ::read(from, some.data(), some.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return std::nullopt;
        if (got == 0)
            return text;
        text.append(some.data(), static_cast<std::size_t>(got));
        if (text.size() > most_output)
            return std::nullopt;
    }
}

} // namespace

std::optional<std::string> InstalledPrograms::run(std::string_view program, std::span<const std::string> arguments,
                                                  std::span<const std::byte> input,
                                                  std::chrono::milliseconds within) const
{
    const std::string path = found(program);
    if (path.empty())
        return std::nullopt;
    const Descriptor in(::memfd_create("gacsong", MFD_CLOEXEC));
    if (in.get() < 0 || !fill(in, input))
        return std::nullopt;
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return std::nullopt;
    const Descriptor from(ends[0]);
    Descriptor to(ends[1]);
    const pid_t pid = spawn(path, arguments, in.get(), to.get());
    to.close();
    if (pid < 0)
        return std::nullopt;
    auto text = read_all(from.get(), Clock::now() + within);
    if (!text)
        ::kill(-pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return text && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? text : std::nullopt;
}

} // namespace gacsong
