// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/system_information.hpp"

#include "detect/cells/lte/coding/turbo.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace gacsong::detect::lte {

namespace {

constexpr std::int64_t frame_numbers = 1024;

/// Redundancy version of the k-th transmission (3GPP TS 36.321 §5.3.1).
unsigned version_of(unsigned k) { return (3 * (k % 4) + 1) / 2 % 4; }

class Reading {
public:
    Reading(const Stretch& stretch, const Place& place, Identity identity, const MasterInformation& master)
        : place_(place), identity_(identity), master_(master), reader_(stretch, identity.numerology, master.blocks),
          receiver_(CellLayout::of(identity, master)),
          frames_(static_cast<std::int64_t>(std::ceil((stretch.seconds() - place.frame_s) / (1e-2 * place.lasting))))
    {
    }

    void read_first(std::vector<SystemMessage>& out);
    void read_others(const Schedule& schedule, std::vector<SystemMessage>& out);
    void count_paged(const Announced& announced, std::vector<Occasion>& out);
    void count_responses(const Announced& announced, SharedChannel& out);
    void count_used(const std::optional<Schedule>& schedule, SharedChannel& out);

private:
    struct Heard {
        std::int64_t frame = 0;
        std::optional<Transmission> transmission;
    };

    [[nodiscard]] unsigned number(std::int64_t frame) const
    {
        const std::int64_t n = static_cast<std::int64_t>(master_.frame) + frame;
        return static_cast<unsigned>(((n % frame_numbers) + frame_numbers) % frame_numbers);
    }
    /// Reads a subframe, of a special one the downlink part; false where that is not there.
    [[nodiscard]] bool read(std::int64_t at, unsigned symbols)
    {
        if (symbols == 0 || !reader_.read(place_, at, grid_))
            return false;
        grid_.symbols = std::min(grid_.symbols, symbols);
        return true;
    }
    void give(std::int64_t frame, unsigned subframe, const Bits& bits, std::vector<SystemMessage>& out) const;
    void read_window(std::int64_t first, const Schedule& schedule, std::vector<SystemMessage>& out);

    Place place_;
    Identity identity_;
    MasterInformation master_;
    SubframeReader reader_;
    SystemReceiver receiver_;
    std::int64_t frames_;
    Grid grid_;
};

void Reading::give(std::int64_t frame, unsigned subframe, const Bits& bits, std::vector<SystemMessage>& out) const
{
    auto content = read_broadcast(bits);
    if (!content)
        return;
    out.push_back(
        {number(frame), subframe, SubframeReader::begin_s(place_, 10 * frame + subframe), bits, std::move(*content)});
}

void Reading::read_first(std::vector<SystemMessage>& out)
{
    constexpr unsigned subframe = 5;
    std::vector<Heard> heard;
    for (std::int64_t frame = -1; frame < frames_; ++frame) {
        if (number(frame) % 2 != 0 || !reader_.read(place_, 10 * frame + subframe, grid_))
            continue;
        auto found = receiver_.receive(grid_, subframe);
        heard.push_back({frame, std::nullopt});
        if (!found.empty())
            heard.back().transmission = std::move(found.front());
    }
    // Where an announcement was lost, that of another frame holds as well.
    const auto known = std::ranges::find_if(heard, [](const Heard& one) { return one.transmission.has_value(); });
    if (known == heard.end())
        return;
    const Assignment usual = known->transmission->assignment;
    std::map<std::size_t, BlockDecoder> together;
    bool any = false;
    for (Heard& one : heard) {
        if (!one.transmission && reader_.read(place_, 10 * one.frame + subframe, grid_))
            one.transmission = receiver_.receive(grid_, subframe, usual);
        if (!one.transmission)
            continue;
        const Assignment& assignment = one.transmission->assignment;
        const unsigned version = assignment.version.value_or(version_of(number(one.frame) / 2));
        BlockDecoder alone(assignment.block_bits);
        alone.add(one.transmission->soft, version);
        auto& sum = together.try_emplace(assignment.block_bits, assignment.block_bits).first->second;
        sum.add(one.transmission->soft, version);
        if (const auto bits = alone.decode()) {
            give(one.frame, subframe, *bits, out);
            any = true;
        } else if (!any) {
            if (const auto all = sum.decode()) {
                give(one.frame, subframe, *all, out);
                any = true;
            }
        }
    }
}

void Reading::read_window(std::int64_t first, const Schedule& schedule, std::vector<SystemMessage>& out)
{
    std::map<std::size_t, BlockDecoder> blocks;
    for (std::int64_t i = 0; i < schedule.window_subframes; ++i) {
        const std::int64_t at = first + i;
        const std::int64_t frame = (at >= 0 ? at : at - 9) / 10;
        const auto subframe = static_cast<unsigned>(at - 10 * frame);
        const unsigned symbols = schedule.downlink_symbols(subframe, identity_.numerology.normal_prefix);
        if ((subframe == 5 && number(frame) % 2 == 0) || !read(at, symbols))
            continue;
        for (const Transmission& transmission : receiver_.receive(grid_, subframe)) {
            const std::size_t size = transmission.assignment.block_bits;
            auto& block = blocks.try_emplace(size, size).first->second;
            block.add(transmission.soft,
                      transmission.assignment.version.value_or(version_of(static_cast<unsigned>(i))));
            if (const auto bits = block.decode())
                return give(frame, subframe, *bits, out);
        }
    }
}

void Reading::read_others(const Schedule& schedule, std::vector<SystemMessage>& out)
{
    for (std::size_t n = 0; n < schedule.entries.size(); ++n) {
        const std::int64_t x = static_cast<std::int64_t>(n) * schedule.window_subframes;
        const std::int64_t period = schedule.entries[n].period_frames;
        for (std::int64_t frame = -8; frame < frames_; ++frame)
            if (number(frame) % period == x / 10 % period)
                read_window(10 * frame + x % 10, schedule, out);
    }
}

/// Of what is decoded here, only counts are kept.
void Reading::count_paged(const Announced& announced, std::vector<Occasion>& out)
{
    constexpr unsigned in_frame = 10;
    if (!announced.paging || (identity_.tdd && !announced.schedule))
        return;
    const Schedule schedule = announced.schedule.value_or(Schedule{});
    for (std::int64_t frame = -1; frame < frames_; ++frame)
        for (unsigned subframe = 0; subframe < in_frame; ++subframe) {
            const unsigned symbols = schedule.downlink_symbols(subframe, identity_.numerology.normal_prefix);
            if (!announced.paging->holds(number(frame), subframe, identity_.tdd) ||
                !read(in_frame * frame + subframe, symbols))
                continue;
            const auto found = receiver_.receive_paging(grid_, subframe);
            if (!found)
                continue;
            out.push_back({SubframeReader::begin_s(place_, in_frame * frame + subframe), std::nullopt});
            for (const Transmission& transmission : *found) {
                BlockDecoder block(transmission.assignment.block_bits);
                block.add(transmission.soft, transmission.assignment.version.value_or(0));
                if (const auto bits = block.decode())
                    out.back().paged = read_paging(*bits);
            }
        }
}

/// A wide subframe costs more to read than a narrow one: each n-th is listened to, so that some 4000 resource blocks of
/// a stretch are. With n prime to 10 every subframe of the frame has the same share.
std::int64_t listening_step(unsigned blocks, std::int64_t subframes)
{
    constexpr std::int64_t most_blocks = 4000;
    std::int64_t step = std::max<std::int64_t>(1, (blocks * subframes + most_blocks - 1) / most_blocks);
    while (step % 2 == 0 || step % 5 == 0)
        ++step;
    return step;
}

/// Of what is decoded here, only counts are kept.
void Reading::count_responses(const Announced& announced, SharedChannel& out)
{
    constexpr std::int64_t in_frame = 10;
    const unsigned answering = announced.answering_subframes(identity_);
    if (answering == 0)
        return;
    out.answering = static_cast<std::uint64_t>(frames_) * answering;
    const Schedule schedule = announced.schedule.value_or(Schedule{});
    // Preambles are sent where the base station does not send, in FDD any time.
    const auto may = [&](unsigned subframe) { return !identity_.tdd || !schedule.downlink(subframe); };
    const std::int64_t step = listening_step(master_.blocks, in_frame * frames_);
    // The control region, and reference signals of every port in both slots.
    const unsigned announcing = identity_.numerology.symbols_in_slot() + 2;
    for (std::int64_t at = -in_frame; at < in_frame * frames_; at += step) {
        const auto subframe = static_cast<unsigned>((at + in_frame) % in_frame);
        const unsigned symbols = schedule.downlink_symbols(subframe, identity_.numerology.normal_prefix);
        if (symbols == 0 || !reader_.read(place_, at, grid_, std::min(symbols, announcing)))
            continue;
        auto found = receiver_.receive_responses(grid_, subframe, may);
        if (!found)
            continue;
        if (!found->empty() && read(at, symbols))
            found = receiver_.receive_responses(grid_, subframe, may);
        out.responses.push_back({SubframeReader::begin_s(place_, at), {}});
        ResponseCounts& sum = out.responses.back().counts;
        for (const Transmission& transmission : found.value_or(std::vector<Transmission>{})) {
            BlockDecoder block(transmission.assignment.block_bits);
            block.add(transmission.soft, transmission.assignment.version.value_or(0));
            const auto bits = block.decode();
            const auto counts = bits ? read_responses(*bits) : std::nullopt;
            if (!counts)
                continue;
            sum.responses += counts->responses;
            sum.backoff = sum.backoff || counts->backoff;
        }
    }
}

/// Subframes 4 and 9 of FDD hold neither broadcast nor multicast. In TDD 9 is one where the configuration says so.
void Reading::count_used(const std::optional<Schedule>& schedule, SharedChannel& out)
{
    constexpr std::int64_t most_subframes = 32;
    const bool tdd = identity_.tdd;
    if (tdd && (!schedule || !schedule->tdd_configuration || !schedule->downlink(9)))
        return;
    std::vector<std::int64_t> subframes;
    for (std::int64_t frame = 0; frame < frames_; ++frame)
        for (const std::int64_t subframe : {4, 9})
            if (subframe == 9 || !tdd)
                subframes.push_back(10 * frame + subframe);
    const auto all = std::ssize(subframes);
    const std::int64_t step = std::max<std::int64_t>(1, (all + most_subframes - 1) / most_subframes);
    for (std::int64_t i = 0; i < all; i += step) {
        const std::int64_t at = subframes[static_cast<std::size_t>(i)];
        if (!reader_.read(place_, at, grid_))
            continue;
        const auto used = receiver_.used_blocks(grid_, static_cast<unsigned>(at % 10));
        out.blocks += used.size();
        out.used += static_cast<std::uint64_t>(std::ranges::count(used, true));
    }
}

} // namespace

void Announced::take(const BroadcastFacts& facts)
{
    if (facts.schedule)
        schedule = facts.schedule;
    if (facts.paging)
        paging = facts.paging;
}

unsigned Announced::answering_subframes(Identity identity) const
{
    if (identity.tdd && !schedule)
        return 0;
    const Schedule known = schedule.value_or(Schedule{});
    unsigned count = 0;
    for (unsigned subframe = 0; subframe < 10; ++subframe)
        count += known.downlink_symbols(subframe, identity.numerology.normal_prefix) > 0 ? 1U : 0U;
    return count;
}

SharedChannel read_system_information(const Stretch& stretch, const Place& place, Identity identity,
                                      const MasterInformation& master, Announced announced)
{
    SharedChannel out;
    constexpr double block_hz = 12.0 * subcarrier_hz;
    if (std::abs(place.shift_hz) + block_hz * master.blocks / 2.0 > stretch.rate_hz / 2.0)
        return out;
    Reading reading(stretch, place, identity, master);
    const auto learn = [&] {
        for (const SystemMessage& one : out.messages)
            announced.take(one.content.facts);
    };
    reading.read_first(out.messages);
    learn();
    if (announced.schedule)
        reading.read_others(*announced.schedule, out.messages);
    learn();
    reading.count_paged(announced, out.occasions);
    reading.count_responses(announced, out);
    reading.count_used(announced.schedule, out);
    std::ranges::stable_sort(out.messages, {}, &SystemMessage::at_s);
    return out;
}

} // namespace gacsong::detect::lte
