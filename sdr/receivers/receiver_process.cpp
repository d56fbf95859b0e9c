// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/receiver_process.hpp"

#include "sdr/files/own_program.hpp"
#include "sdr/receivers/message_wire.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <thread>

namespace gacsong::sdr {

namespace {

using namespace std::chrono_literals;

constexpr int line_of_child = 3;

tl::unexpected<Error> no_process(int number)
{
    return failure("receiver.process", {{"why", std::generic_category().message(number)}});
}

/// What the child gets: the line as descriptor 3, the log as standard error, and the signals as if nothing had been
/// changed here.
class Actions {
public:
    Actions(int line, int log)
    {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&files_, log, STDERR_FILENO);
        posix_spawn_file_actions_adddup2(&files_, line, line_of_child);
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    }
    ~Actions()
    {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;

    int spawn(const std::string& program, pid_t& pid)
    {
        std::string name = program;
        std::array<char*, 2> words{name.data(), nullptr};
        return posix_spawn(&pid, program.c_str(), &files_, &attributes_, words.data(), environ);
    }

private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

} // namespace

std::string receiver_program()
{
    namespace fs = std::filesystem;
    const fs::path here = own_program_folder();
    for (const fs::path& candidate : {here / "gacsong-receiver", here / "../libexec/gacsong/gacsong-receiver"}) {
        if (::access(candidate.c_str(), X_OK) == 0)
            return candidate.string();
    }
    return {};
}

Result<std::unique_ptr<ReceiverProcess>> ReceiverProcess::start(const std::string& program)
{
    const std::string path = program.empty() ? receiver_program() : program;
    if (path.empty())
        return no_process(ENOENT);
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return no_process(errno);
    const int log = ::memfd_create("gacsong receiver log", MFD_CLOEXEC);
    if (log >= 0)
        ::fcntl(log, F_SETFL, O_APPEND);
    // Were the socket descriptor 3 already, dup2 onto itself would leave it to be closed on exec.
    const int line = ::fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
    pid_t pid = -1;
    const int result = log < 0 || line < 0 ? EMFILE : Actions(line, log).spawn(path, pid);
    ::close(ends[1]);
    if (line >= 0)
        ::close(line);
    if (result != 0) {
        ::close(ends[0]);
        if (log >= 0)
            ::close(log);
        return no_process(result);
    }
    return std::unique_ptr<ReceiverProcess>(new ReceiverProcess(pid, ends[0], log));
}

ReceiverProcess::ReceiverProcess(pid_t pid, int line, int log)
    : pid_(pid), wire_(std::make_unique<Wire>(line)), log_(log)
{
}

bool ReceiverProcess::alive()
{
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) != 0)
        pid_ = -1;
    return pid_ > 0;
}

ReceiverProcess::~ReceiverProcess()
{
    wire_.reset();
    const auto deadline = std::chrono::steady_clock::now() + (useless_ ? 0ms : patience_);
    while (alive() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(2ms);
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(log_);
}

Result<nlohmann::json> ReceiverProcess::ask(const nlohmann::json& request, std::chrono::milliseconds within, int passed)
{
    std::optional<Wire::Packet> packet;
    if (wire_->send(request, passed))
        packet = wire_->receive(within);
    if (!packet) {
        const bool crashed = wire_->gone();
        useless_ = true;
        return failure(crashed ? "receiver.crashed" : "receiver.silent",
                       {{"duration", Quantity{std::chrono::duration<double>(within).count(), Unit::seconds}}});
    }
    if (packet->passed >= 0)
        ::close(packet->passed);
    if (!packet->message.value("ok", false))
        return tl::unexpected(refused(packet->message));
    return std::move(packet->message);
}

std::string ReceiverProcess::log(std::size_t most) const
{
    struct stat about = {};
    if (::fstat(log_, &about) != 0)
        return {};
    const auto size = static_cast<std::size_t>(about.st_size);
    std::string text(std::min(size, most), '\0');
    const ssize_t got = ::pread(log_, text.data(), text.size(), static_cast<off_t>(size - text.size()));
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return text;
}

} // namespace gacsong::sdr
