// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/analogue/rds_texts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gacsong::detect {

namespace {

constexpr float slight = 0.01F; ///< probability below which a block is not asked
constexpr float surely = 0.999F;
constexpr float least_exponent = -30.0F; ///< 1e-13: nothing beside a share of 1e-6
constexpr std::size_t type_0a = 0;
constexpr std::size_t type_0b = 1;
constexpr std::size_t type_2a = 4;
constexpr std::size_t type_2b = 5;

/// Characters of the basic set (IEC 62106 Annex E, table E.1) from 0x80 on.
constexpr std::array<const char*, 128> upper{
    "á", "à", "é", "è", "í", "ì", "ó", "ò", "ú", "ù", "Ñ", "Ç", "Ş", "ß", "¡", "Ĳ", "â", "ä", "ê", "ë", "î", "ï",
    "ô", "ö", "û", "ü", "ñ", "ç", "ş", "ğ", "ı", "ĳ", "ª", "α", "©", "‰", "Ğ", "ě", "ň", "ő", "π", "€", "£", "$",
    "←", "↑", "→", "↓", "º", "¹", "²", "³", "±", "İ", "ń", "ű", "µ", "¿", "÷", "°", "¼", "½", "¾", "§", "Á", "À",
    "É", "È", "Í", "Ì", "Ó", "Ò", "Ú", "Ù", "Ř", "Č", "Š", "Ž", "Đ", "Ŀ", "Â", "Ä", "Ê", "Ë", "Î", "Ï", "Ô", "Ö",
    "Û", "Ü", "ř", "č", "š", "ž", "đ", "ŀ", "Ã", "Å", "Æ", "Œ", "ŷ", "Ý", "Õ", "Ø", "Þ", "Ŋ", "Ŕ", "Ć", "Ś", "Ź",
    "Ŧ", "ð", "ã", "å", "æ", "œ", "ŵ", "ý", "õ", "ø", "þ", "ŋ", "ŕ", "ć", "ś", "ź", "ŧ", " "};

/// Appends a character; control codes become spaces.
void append(std::string& out, unsigned code)
{
    if (code >= 0x80)
        out += upper[code & 0x7FU];
    else if (code == 0x24)
        out += "¤";
    else if (code == 0x5E)
        out += "―";
    else if (code == 0x60)
        out += "‖";
    else if (code == 0x7E)
        out += "¯";
    else
        out += code >= 0x20 && code < 0x7F ? static_cast<char>(code) : ' ';
}

std::string trimmed(std::string text)
{
    const auto last = text.find_last_not_of(' ');
    text.resize(last == std::string::npos ? 0 : last + 1);
    return text;
}

void append(std::string& out, std::uint16_t pair)
{
    append(out, static_cast<unsigned>(pair >> 8U));
    append(out, static_cast<unsigned>(pair & 0xFFU));
}

/// ln of how much likelier a character stands in a name than one of 256 drawn by lot: names are words and digits.
float prior(unsigned code)
{
    const bool plain = code == ' ' || (code >= '0' && code <= '9') || ((code & 0xDFU) >= 'A' && (code & 0xDFU) <= 'Z');
    if (plain)
        return 1.35F; // 0.95 in 63
    if (code >= 0x80)
        return -3.27F;                    // 0.019 in 128
    return code >= 0x20 ? -1.43F : -4.8F; // 0.03 in 32, 0.001 in 32
}

float at(RdsKind kind, std::size_t type, std::size_t bits) { return kind[type << 5U | bits]; }

} // namespace

double log_sum(std::span<const float> x)
{
    const float most = *std::max_element(x.begin(), x.end());
    double sum = 0.0;
    for (const float value : x)
        if (value - most > least_exponent)
            sum += static_cast<double>(std::exp(value - most));
    return static_cast<double>(most) + std::log(sum);
}

RdsChoice rds_choice(std::span<const float> evidences)
{
    constexpr float nothing = -std::numeric_limits<float>::infinity();
    float best = nothing;
    float next = nothing;
    RdsChoice choice;
    for (std::size_t i = 0; i < evidences.size(); ++i) {
        if (evidences[i] > best) {
            next = best;
            best = evidences[i];
            choice.word = static_cast<std::uint16_t>(i);
        } else {
            next = std::max(next, evidences[i]);
        }
    }
    choice.value = static_cast<double>(best);
    choice.margin = static_cast<double>(best - next);
    return choice;
}

std::span<const float> RdsWords::evidences()
{
    if (block_ && evidences_.empty()) {
        evidences_ = dsp::rds_evidences(*block_, offset_);
        const auto all = static_cast<float>(log_sum(evidences_) - std::log(static_cast<double>(dsp::rds_words)));
        for (float& value : evidences_)
            value -= all;
    }
    return evidences_;
}

std::optional<std::uint16_t> RdsWords::sure()
{
    if (!block_)
        return std::nullopt;
    const RdsChoice choice = rds_choice(evidences());
    return choice.margin > rds_settled ? std::optional(choice.word) : std::nullopt;
}

void RdsPart::hear(RdsWords& words, float probability)
{
    if (probability < slight || words.evidences().empty())
        return;
    if (votes_.empty())
        votes_.assign(dsp::rds_words, 0.0F);
    const float share = std::min(probability, 1.0F - 1e-6F);
    const auto evidences = words.evidences();
    const float nearly_none = std::log1p(-share); // what most words get
    for (std::size_t word = 0; word < votes_.size(); ++word)
        votes_[word] += evidences[word] < least_exponent
                            ? nearly_none
                            : std::log1p(share * std::expm1(std::min(evidences[word], 80.0F)));
    const auto sure = words.sure();
    if (probability < surely || !sure)
        return;
    moves_ = moves_ || (last_ && *last_ != *sure);
    last_ = sure;
}

std::optional<std::uint16_t> RdsPart::word() const
{
    if (votes_.empty() || moves_)
        return std::nullopt;
    std::vector<float> votes = votes_;
    if (kind_ == RdsCharacters::of_a_name) {
        for (std::size_t word = 0; word < votes.size(); ++word)
            votes[word] += prior(static_cast<unsigned>(word >> 8U)) + prior(static_cast<unsigned>(word & 0xFFU));
    }
    const RdsChoice choice = rds_choice(votes);
    return choice.margin > rds_settled ? std::optional(choice.word) : std::nullopt;
}

void RdsName::hear(RdsKind kind, RdsWords& fourth)
{
    for (std::size_t segment = 0; segment < parts_.size(); ++segment) {
        float probability = 0.0F;
        for (std::size_t other = 0; other < 8; ++other) // traffic announcement, music or speech, decoder
            probability += at(kind, type_0a, other << 2U | segment) + at(kind, type_0b, other << 2U | segment);
        parts_[segment].hear(fourth, probability);
        if (probability < surely)
            continue;
        const auto sure = fourth.sure();
        run_length_ = sure && (segment == run_length_ || segment == 0) ? segment + 1 : 0;
        if (sure)
            run_[segment] = *sure;
        if (run_length_ == run_.size()) {
            whole_ = run_;
            run_length_ = 0;
        }
    }
}

std::string RdsName::text() const
{
    const bool moves = std::any_of(parts_.begin(), parts_.end(), [](const RdsPart& part) { return part.moves(); });
    std::string out;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const auto pair = !moves ? parts_[i].word() : whole_ ? std::optional((*whole_)[i]) : std::nullopt;
        if (!pair)
            return {};
        append(out, *pair);
    }
    return trimmed(out);
}

void RdsText::begin(unsigned flag, std::size_t parts)
{
    if (flag != flag_ || parts != parts_.size())
        parts_.assign(parts, RdsPart());
    flag_ = flag;
}

void RdsText::hear(RdsKind kind, RdsWords& third, RdsWords& fourth)
{
    for (std::size_t bits = 0; bits < 32; ++bits) {
        const auto flag = static_cast<unsigned>(bits >> 4U);
        const std::size_t segment = bits & 15U;
        if (const float four = at(kind, type_2a, bits); four > surely || (four > slight && parts_.size() == 32)) {
            if (four > surely)
                begin(flag, 32);
            if (flag == flag_) {
                parts_[2 * segment].hear(third, four);
                parts_[2 * segment + 1].hear(fourth, four);
            }
        } else if (const float two = at(kind, type_2b, bits); two > surely) {
            begin(flag, 16);
            parts_[segment].hear(fourth, two);
        }
    }
}

std::string RdsText::text() const
{
    std::string out;
    for (const RdsPart& part : parts_) {
        const auto pair = part.word();
        if (!pair)
            return {};
        for (const unsigned code : {static_cast<unsigned>(*pair >> 8U), static_cast<unsigned>(*pair & 0xFFU)}) {
            if (code == 0x0D)
                return trimmed(out);
            append(out, code);
        }
    }
    return trimmed(out);
}

} // namespace gacsong::detect
