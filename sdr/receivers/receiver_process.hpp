// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "sdr/receivers/wire.hpp"

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>

namespace gacsong::sdr {

/// A process that holds one receiver and can be thrown away: drivers hang, crash and never come back
/// (formats-and-radios.md §4.1, §4.2).
class ReceiverProcess {
public:
    /// `program`: path of gacsong-receiver; empty: beside this program, or where it is installed.
    /// Error: `receiver.process`.
    [[nodiscard]] static Result<std::unique_ptr<ReceiverProcess>> start(const std::string& program);

    /// Closes the line, waits `patience` for an orderly end, then kills.
    ~ReceiverProcess();
    ReceiverProcess(const ReceiverProcess&) = delete;
    ReceiverProcess& operator=(const ReceiverProcess&) = delete;

    /// Asks and waits for the answer. Errors: what the other side refused; `receiver.silent` where nothing comes in
    /// time, `receiver.crashed` where the process ended. After either the process is of no use any more.
    [[nodiscard]] Result<nlohmann::json> ask(const nlohmann::json& request, std::chrono::milliseconds within,
                                             int passed = -1);

    /// What the process and its drivers wrote to standard error lately, at most `most` bytes of it.
    [[nodiscard]] std::string log(std::size_t most = 4096) const;

    [[nodiscard]] bool alive();
    [[nodiscard]] pid_t pid() const { return pid_; }

    /// How long an orderly end may take.
    void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }

private:
    ReceiverProcess(pid_t pid, int line, int log);

    pid_t pid_;
    std::unique_ptr<Wire> wire_;
    int log_;
    std::chrono::milliseconds patience_{5000};
    bool useless_ = false;
};

/// Where gacsong-receiver stands; empty where it is not found.
[[nodiscard]] std::string receiver_program();

} // namespace gacsong::sdr
