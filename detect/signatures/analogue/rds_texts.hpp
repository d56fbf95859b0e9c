// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/coding/rds_blocks.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::detect {

/// Natural logarithm of how much likelier than every other a word must be to be taken: wrong one time in 3000.
inline constexpr double rds_settled = 8.0;

/// ln Σ exp x. x not empty.
[[nodiscard]] double log_sum(std::span<const float> x);

/// The likeliest word, and how far it is before the next.
struct RdsChoice {
    std::uint16_t word = 0;
    double value = 0.0;
    double margin = 0.0;
};
[[nodiscard]] RdsChoice rds_choice(std::span<const float> evidences);

/// The words that one block may be, worked out when asked for.
class RdsWords {
public:
    RdsWords(std::optional<dsp::SoftRdsBlock> block, std::uint16_t offset) : block_(block), offset_(offset) {}

    /// Evidence of each word over that of all together; empty where the block was not received.
    [[nodiscard]] std::span<const float> evidences();
    /// The word, where it is settled by this block alone.
    [[nodiscard]] std::optional<std::uint16_t> sure();

private:
    std::optional<dsp::SoftRdsBlock> block_;
    std::uint16_t offset_;
    std::vector<float> evidences_;
};

/// What is known of characters before any is heard: names are mostly letters, digits and spaces.
enum class RdsCharacters { any, of_a_name };

/// Two characters of a text: what all blocks that may carry them say together.
class RdsPart {
public:
    explicit RdsPart(RdsCharacters kind = RdsCharacters::any) : kind_(kind) {}

    void hear(RdsWords& words, float probability);
    [[nodiscard]] std::optional<std::uint16_t> word() const;
    /// Different things were said here, each surely.
    [[nodiscard]] bool moves() const { return moves_; }

private:
    RdsCharacters kind_;
    std::vector<float> votes_;
    std::optional<std::uint16_t> last_;
    bool moves_ = false;
};

/// Probabilities of what a group is: `type << 6 | version << 5 | last five bits of the second block`, 1024 of them.
using RdsKind = std::span<const float>;

/// The name of a station, from groups of type 0 (IEC 62106 §6.1.5.1). A name that moves is taken as it last
/// went by from its first part to its last.
class RdsName {
public:
    void hear(RdsKind kind, RdsWords& fourth);
    /// Empty where a part is not settled.
    [[nodiscard]] std::string text() const;

private:
    std::array<RdsPart, 4> parts_{RdsPart(RdsCharacters::of_a_name), RdsPart(RdsCharacters::of_a_name),
                                  RdsPart(RdsCharacters::of_a_name), RdsPart(RdsCharacters::of_a_name)};
    std::array<std::uint16_t, 4> run_{};
    std::size_t run_length_ = 0;
    std::optional<std::array<std::uint16_t, 4>> whole_;
};

/// Radiotext, from groups of type 2 (§6.1.5.3). Begins anew where the flag says that the text changed.
class RdsText {
public:
    void hear(RdsKind kind, RdsWords& third, RdsWords& fourth);
    [[nodiscard]] std::string text() const;

private:
    void begin(unsigned flag, std::size_t parts);

    std::vector<RdsPart> parts_;
    unsigned flag_ = 2;
};

} // namespace gacsong::detect
