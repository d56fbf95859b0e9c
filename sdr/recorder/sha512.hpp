// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace gacsong::sdr {

/// SHA-512 of bytes that come piece by piece.
class Sha512 {
public:
    Sha512();
    ~Sha512();
    Sha512(const Sha512&) = delete;
    Sha512& operator=(const Sha512&) = delete;

    void add(std::span<const std::byte> bytes);

    /// 128 hexadecimal digits; nothing may be added after that.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gacsong::sdr
