// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"

#include <memory>
#include <string>

namespace gacsong {

/// Where GSMTAP packets go.
class GsmtapTarget {
public:
    virtual ~GsmtapTarget() = default;
    virtual Status put(const BroadcastBlock& block, const std::string& payload) = 0;
    virtual Status end() = 0; ///< after each input
};

/// Gives every broadcast block of GSM and LTE cells to a pcap file or a UDP port, for Wireshark and its kin. Blocks
/// that are meant for single phones never reach it.
class GsmtapSink final : public Sink {
public:
    /// `where` is a file, or `udp://ADDRESS:PORT` with an IPv4 address. A file is written beside its place and renamed
    /// at the end of the first input; `force` replaces one that exists.
    GsmtapSink(std::string where, bool force) : where_(std::move(where)), force_(force) {}

    /// Whether a text is a file's name or an address that can be used.
    [[nodiscard]] static bool valid(const std::string& where);

    /// Errors: output.exists, output.write.
    Status begin(const Run& run) override;
    Status broadcast(const BroadcastBlock& block) override;
    Status end(const End& end) override;

private:
    std::string where_;
    bool force_;
    std::unique_ptr<GsmtapTarget> target_; ///< opened when the first input begins
};

} // namespace gacsong
