// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>

namespace gacsong::sdr {

/// One end of the line between the program and the process that holds a receiver: JSON objects, one a packet, and
/// with one of them a file descriptor. Both ends are this program, so what comes is trusted as far as its form goes.
class Wire {
public:
    /// Takes over the descriptor of a SOCK_SEQPACKET socket.
    explicit Wire(int descriptor) : descriptor_(descriptor) {}
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// False where the other end has gone.
    bool send(const nlohmann::json& message, int passed = -1);

    struct Packet {
        nlohmann::json message;
        int passed = -1; ///< descriptor that came along; the receiver's to close
    };

    /// What comes within the time; nothing where it does not, or the other end has gone (then gone() tells).
    [[nodiscard]] std::optional<Packet> receive(std::chrono::milliseconds within);

    [[nodiscard]] bool gone() const { return gone_; }
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
    bool gone_ = false;
};

} // namespace gacsong::sdr
