// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/analogue/rds_station.hpp"

#include "detect/signatures/analogue/rds_texts.hpp"
#include "dsp/coding/rds_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace gacsong::detect {

namespace {

using dsp::rds_block_bits;
using dsp::rds_group_bits;
using dsp::rds_words;
using dsp::SoftRdsBlock;

constexpr std::size_t most_bits = 8000;
constexpr std::size_t likely_starts = 8; ///< of 104, by how alike what stands there is
constexpr std::size_t turns = 8;         ///< of the power method
constexpr double surely_there = 16.0;    ///< natural logarithms, with what was tried taken off
constexpr double surely_groups = 8.0;

/// A block of the group that starts at `group`, with the bit before it.
std::optional<SoftRdsBlock> block_at(std::span<const float> soft, std::size_t group, std::size_t block)
{
    const std::size_t first = group + block * rds_block_bits;
    if (first == 0 || first + rds_block_bits > soft.size())
        return std::nullopt;
    SoftRdsBlock out{};
    std::copy_n(soft.begin() + static_cast<std::ptrdiff_t>(first) - 1, out.size(), out.begin());
    return out;
}

/// The first blocks of all groups if groups start there. They are alike but for their sign, which what went before
/// decides: their sum, each with the sign that fits the others (largest singular vector).
struct FirstBlocks {
    std::size_t start = 0;
    std::vector<SoftRdsBlock> rows;
    SoftRdsBlock sum{};
    float alike = 0.0F;
};

FirstBlocks first_blocks(std::span<const float> soft, std::size_t start)
{
    FirstBlocks out;
    out.start = start;
    for (std::size_t group = start; group < soft.size(); group += rds_group_bits) {
        if (const auto row = block_at(soft, group, 0))
            out.rows.push_back(*row);
    }
    if (out.rows.empty())
        return out;
    out.sum = out.rows.front();
    for (std::size_t turn = 0; turn < turns; ++turn) {
        SoftRdsBlock next{};
        for (const SoftRdsBlock& row : out.rows) {
            const bool upright = std::inner_product(row.begin(), row.end(), out.sum.begin(), 0.0F) >= 0.0F;
            for (std::size_t i = 0; i < next.size(); ++i)
                next[i] += upright ? row[i] : -row[i];
        }
        out.sum = next;
    }
    for (const float value : out.sum)
        out.alike += std::abs(value);
    out.alike /= static_cast<float>(out.rows.size());
    return out;
}

/// Whether the sum, sliced, is a first block. Where all that a group says stays the same for long, most of its places
/// are as alike as that of the first block.
bool fits(const FirstBlocks& first)
{
    std::uint32_t bits = 0;
    for (std::size_t i = 1; i < first.sum.size(); ++i)
        bits = bits << 1U | ((first.sum[i] >= 0.0F) != (first.sum[i - 1] >= 0.0F) ? 1U : 0U);
    const auto word = static_cast<std::uint16_t>(bits >> 10U);
    return (bits & 0x3FFU) == (dsp::rds_check_word(word) ^ dsp::rds_offsets[0]);
}

struct Grid {
    std::size_t start = 0;
    std::uint16_t pi = 0;
};

/// Where groups begin, and the identification that their first blocks carry.
std::optional<Grid> grid_of(std::span<const float> soft)
{
    std::vector<FirstBlocks> starts;
    for (std::size_t start = 0; start < rds_group_bits; ++start)
        starts.push_back(first_blocks(soft, start));
    std::stable_sort(starts.begin(), starts.end(),
                     [](const FirstBlocks& a, const FirstBlocks& b) { return a.alike > b.alike; });
    std::stable_partition(starts.begin(), starts.end(), fits);
    starts.resize(likely_starts);
    std::optional<Grid> best;
    double most = std::log(static_cast<double>(rds_group_bits * rds_words)) + surely_there;
    for (const FirstBlocks& first : starts) {
        const RdsChoice choice = rds_choice(dsp::rds_evidences(first.sum, dsp::rds_offsets[0]));
        double evidence = 0.0;
        for (const SoftRdsBlock& row : first.rows)
            evidence += dsp::rds_evidence(row, choice.word, dsp::rds_offsets[0]);
        if (evidence > most && choice.margin > rds_settled) {
            most = evidence;
            best = Grid{first.start, choice.word};
        }
    }
    return best;
}

/// What kinds of groups there are: the second block of each says it.
class Kinds {
public:
    Kinds(std::span<const float> soft, std::size_t start)
    {
        std::vector<float> shared(shared_words, 0.0F);
        std::vector<float> some(own_words);
        for (std::size_t group = start; group + rds_group_bits <= soft.size(); group += rds_group_bits) {
            const auto block = block_at(soft, group, 1);
            if (!block)
                continue;
            groups_.push_back(group);
            evidences_.push_back(dsp::rds_evidences(*block, dsp::rds_offsets[1]));
            for (std::size_t common = 0; common < shared_words; ++common) {
                for (std::size_t own = 0; own < own_words; ++own)
                    some[own] = evidences_.back()[word_of(own, common)];
                shared[common] += static_cast<float>(log_sum(some) - std::log(own_words));
            }
        }
        if (groups_.empty())
            return;
        const RdsChoice choice = rds_choice(shared);
        common_ = choice.word;
        evidence_ = choice.value - std::log(shared_words);
        settled_ = choice.margin > rds_settled;
    }

    /// Of groups with these check words there, against random bits.
    [[nodiscard]] double evidence() const { return evidence_; }
    /// Whether traffic and programme type, which all groups share, are known.
    [[nodiscard]] bool settled_type() const { return settled_; }
    [[nodiscard]] const std::vector<std::size_t>& groups() const { return groups_; }

    /// Probabilities of type and version (5 bits) and the five last bits of group i: `type << 5 | bits`.
    [[nodiscard]] std::vector<float> probabilities(std::size_t i) const
    {
        std::vector<float> out(own_words);
        for (std::size_t own = 0; own < own_words; ++own)
            out[own] = evidences_[i][word_of(own, common_)];
        const double all = log_sum(out);
        for (float& value : out)
            value = static_cast<float>(std::exp(static_cast<double>(value) - all));
        return out;
    }

private:
    static constexpr std::size_t shared_words = 64; ///< traffic programme and programme type
    static constexpr std::size_t own_words = 1024;

    static std::size_t word_of(std::size_t own, std::size_t common)
    {
        return own >> 5U << 11U | common << 5U | (own & 31U);
    }

    std::vector<std::size_t> groups_;
    std::vector<std::vector<float>> evidences_;
    std::size_t common_ = 0;
    double evidence_ = -1e9;
    bool settled_ = false;
};

} // namespace

std::optional<RdsStation> read_rds(std::span<const float> all)
{
    const auto soft = all.first(std::min(all.size(), most_bits));
    const auto grid = grid_of(soft);
    if (!grid)
        return std::nullopt;
    const Kinds kinds(soft, grid->start);
    if (kinds.evidence() < surely_groups)
        return std::nullopt;
    RdsStation station;
    station.pi = grid->pi;
    if (!kinds.settled_type())
        return station;
    RdsName name;
    RdsText text;
    for (std::size_t i = 0; i < kinds.groups().size(); ++i) {
        const auto probabilities = kinds.probabilities(i);
        const std::size_t group = kinds.groups()[i];
        RdsWords third(block_at(soft, group, 2), dsp::rds_offsets[2]);
        RdsWords fourth(block_at(soft, group, 3), dsp::rds_offsets[3]);
        station.groups += *std::max_element(probabilities.begin(), probabilities.end()) > 0.999F ? 1U : 0U;
        name.hear(probabilities, fourth);
        text.hear(probabilities, third, fourth);
    }
    station.ps = name.text();
    station.text = text.text();
    return station;
}

} // namespace gacsong::detect
