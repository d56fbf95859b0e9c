// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/sdriq.hpp"

#include "sdr/formats/draft.hpp"
#include "sdr/formats/readers.hpp"

namespace gacsong::sdr {

namespace {

constexpr double fastest_sane_rate_hz = 1e9;

/// Milliseconds since 1970; very old files have seconds.
std::optional<Instant> start_of(std::uint64_t value)
{
    constexpr std::uint64_t first_ms = 100'000'000'000;
    constexpr std::uint64_t last_ms = 9'200'000'000'000; // what 64-bit nanoseconds hold
    const std::uint64_t ms = value < first_ms ? value * 1000 : value;
    if (value == 0 || ms > last_ms)
        return std::nullopt;
    return Instant{static_cast<std::int64_t>(ms) * 1'000'000};
}

Result<Draft> read_sdriq(const Candidate& candidate)
{
    if (candidate.bytes->size() == 0)
        return failure("file.empty", {{"file", candidate.name}});
    const auto header = read_sdriq_header(candidate.head, candidate.name);
    if (!header)
        return tl::unexpected(header.error());
    Draft draft;
    draft.container = "sdriq";
    draft.data = candidate.bytes;
    draft.data_name = candidate.base_name;
    draft.offset = SdriqHeader::size;
    draft.length = candidate.bytes->size() - SdriqHeader::size;
    constexpr double full_scale_24 = 8388608.0; // 24 bits in four bytes, not scaled up
    draft.facts.type.offer(header->bits == 16 ? SampleFormat::of(Component::s16)
                                              : SampleFormat{Component::s32, false, full_scale_24},
                           Origin::header);
    draft.facts.rate_hz.offer(header->sample_rate_hz, Origin::header);
    draft.facts.center_hz.offer(header->center_hz, Origin::header);
    draft.facts.start.offer(header->start, Origin::header);
    draft.recorder = "SDRangel";
    if (!header->checksum_right)
        draft.warnings.emplace_back("sdriq.checksum", std::vector<Argument>{{"file", candidate.name}});
    return draft;
}

} // namespace

std::uint32_t crc32(std::span<const std::byte> bytes)
{
    constexpr std::uint32_t polynomial = 0xEDB88320U;
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::byte b : bytes) {
        crc ^= std::to_integer<std::uint32_t>(b);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1U ^ ((crc & 1U) != 0 ? polynomial : 0U);
    }
    return ~crc;
}

Result<SdriqHeader> read_sdriq_header(std::span<const std::byte> bytes, const std::string& name)
{
    const auto damaged = [&](std::size_t at, const char* what) {
        return failure("file.bad_header",
                       {{"file", name}, {"at", static_cast<std::int64_t>(at)}, {"what", Term{what}}});
    };
    if (bytes.size() < SdriqHeader::size)
        return damaged(bytes.size(), "shorter than its header");
    SdriqHeader header;
    header.checksum_right = crc32(bytes.first(28)) == little(bytes, 28, 4);
    header.sample_rate_hz = static_cast<double>(little(bytes, 0, 4));
    header.bits = static_cast<unsigned>(little(bytes, 20, 4));
    if (!(header.sample_rate_hz > 0.0 && header.sample_rate_hz <= fastest_sane_rate_hz))
        return damaged(0, "sample rate");
    if (header.bits != 16 && header.bits != 24)
        return damaged(20, "sample size");
    if (const auto center = little(bytes, 4, 8); center != 0 && center <= 1'000'000'000'000U)
        header.center_hz = static_cast<double>(center);
    header.start = start_of(little(bytes, 12, 8));
    return header;
}

const FormatInfo sdriq_format{"SDRangel", "sdriq",
                              [](const Candidate& candidate) { return candidate.extension == "sdriq"; }, read_sdriq};

} // namespace gacsong::sdr
