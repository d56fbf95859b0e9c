// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/searcher.hpp"

#include "detect/cells/gsm/carrier.hpp"
#include "detect/cells/gsm/tone_search.hpp"
#include "detect/cells/parallel.hpp"
#include "dsp/kernels.hpp"
#include "dsp/overlap_bank.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect::gsm {

namespace {

constexpr double bin_hz = 5e3;
constexpr double channel_rate_hz = 400e3;
constexpr double cutoff_hz = 95e3;      ///< half the width of the receivers' filter
constexpr double chunk_s = 0.12;        ///< two or three frequency correction bursts
constexpr double ahead_s = 8e-3;        ///< behind a chunk: one burst's synchronisation burst, a frame later
constexpr std::size_t eager_chunks = 5; ///< searched one after the other at the beginning
constexpr std::size_t lazy_step = 4;    ///< then one in so many
constexpr double trial_before_s = 1e-3; ///< around a candidate
constexpr double same_carrier_hz = 60e3;

class Searcher final : public CellSearcher {
public:
    Searcher(const CellInput& input, dsp::BankShape shape, std::vector<ToneGroup> groups);

    void add(std::span<const std::byte> bytes) override;
    void finish() override;
    [[nodiscard]] CellReport take() override { return std::exchange(report_, {}); }
    [[nodiscard]] std::vector<Cell> heard() const override;

private:
    /// What one thread works with.
    struct Worker {
        dsp::OverlapBank bank;
        std::optional<BurstReader> reader;
    };

    struct Found {
        std::size_t group = 0;
        std::ptrdiff_t bin = 0;
        Lock lock;
    };

    [[nodiscard]] std::uint64_t samples_of(std::size_t frames) const { return frames * shape_.hop(); }
    [[nodiscard]] std::uint64_t samples_there() const { return bytes_.size() / width_; }
    void load(std::int64_t frame, std::span<std::complex<float>> out, bool follows) const;
    void process(std::size_t frames, std::size_t searched);
    [[nodiscard]] bool search_due() const;
    void spectra(std::size_t frames, std::size_t searched, bool search);
    std::vector<Found> look(std::size_t searched);
    std::optional<Found> look_in(std::size_t group, Worker& worker);
    std::optional<Lock> try_candidate(const ToneCandidate& candidate, std::size_t group, std::ptrdiff_t bin,
                                      Worker& worker);
    void start(const Found& found);
    void catch_up(Carrier& carrier, std::size_t frames, Worker& worker);
    void read_carriers();
    void hear(Carrier& carrier);
    void stop(Carrier& carrier);
    void note_outcomes();
    [[nodiscard]] bool locked(std::size_t group, double offset_hz) const;
    [[nodiscard]] ChannelScale scale(const Carrier& carrier) const;

    CellInput input_;
    dsp::BankShape shape_;
    double rate_hz_; ///< of a channel
    double bin_hz_;
    std::size_t width_;
    std::vector<float> scale_; ///< of 8-bit components, one for each of a frame
    ToneSearch search_;
    std::vector<Worker> workers_;
    std::size_t chunk_frames_;
    std::size_t ahead_frames_;

    std::vector<std::byte> bytes_;
    std::int64_t bytes_first_ = 0; ///< number of the first sample in bytes_
    std::int64_t frame_ = 0;       ///< the first of the present chunk
    std::size_t chunk_ = 0;

    std::vector<std::unique_ptr<Carrier>> carriers_;
    std::vector<CellBuilder> cells_;
    std::vector<Outcome> outcomes_; ///< of each group, the furthest reached
    CellReport report_;
};

Searcher::Searcher(const CellInput& input, dsp::BankShape shape, std::vector<ToneGroup> groups)
    : input_(input), shape_(shape), rate_hz_(shape.channel_rate_hz(input.sample_rate_hz)),
      bin_hz_(shape.bin_hz(input.sample_rate_hz)), width_(input.format.bytes_per_sample()),
      scale_(2 * shape.transform, static_cast<float>(1.0 / input.format.full_scale)),
      search_(std::move(groups), bin_hz_, shape.transform),
      chunk_frames_(
          static_cast<std::size_t>(std::lround(chunk_s * input.sample_rate_hz / static_cast<double>(shape.hop())))),
      ahead_frames_(
          static_cast<std::size_t>(std::lround(ahead_s * input.sample_rate_hz / static_cast<double>(shape.hop())))),
      outcomes_(search_.groups().size(), Outcome::no_energy)
{
    for (unsigned i = 0; i < std::max(1U, input.threads); ++i)
        workers_.push_back({dsp::OverlapBank(shape_, input.sample_rate_hz, cutoff_hz), BurstReader(rate_hz_)});
}

ChannelScale Searcher::scale(const Carrier& carrier) const
{
    return {rate_hz_, workers_.front().bank.noise_bandwidth_hz(), carrier.base_hz};
}

void Searcher::add(std::span<const std::byte> bytes)
{
    // Frame f ends 3·hop/2 behind its beginning f·hop.
    const std::uint64_t needed = samples_of(chunk_frames_ + ahead_frames_ + 2);
    while (!bytes.empty()) {
        const std::uint64_t end = static_cast<std::uint64_t>(frame_) * shape_.hop() + needed;
        const std::uint64_t have = static_cast<std::uint64_t>(bytes_first_) + samples_there();
        const std::size_t take = std::min<std::uint64_t>(bytes.size(), (end > have ? end - have : 0) * width_);
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
        bytes = bytes.subspan(take);
        if (have + take / width_ >= end)
            process(chunk_frames_, chunk_frames_);
    }
}

/// Samples of a frame; `follows`: out still holds those of the frame before, half of which are the same.
void Searcher::load(std::int64_t frame, std::span<std::complex<float>> out, bool follows) const
{
    const auto hop = static_cast<std::int64_t>(shape_.hop());
    std::int64_t first = frame * hop - hop / 2 - bytes_first_;
    if (follows) {
        std::copy(out.begin() + hop, out.end(), out.begin());
        out = out.subspan(static_cast<std::size_t>(hop));
        first += hop;
    }
    const auto there = static_cast<std::int64_t>(samples_there());
    const std::int64_t from = std::clamp<std::int64_t>(first, 0, there);
    const std::int64_t to = std::clamp<std::int64_t>(first + static_cast<std::int64_t>(out.size()), 0, there);
    if (to - from < static_cast<std::int64_t>(out.size()))
        std::fill(out.begin(), out.end(), std::complex<float>{});
    if (to <= from)
        return;
    const auto bytes = std::span(bytes_).subspan(static_cast<std::size_t>(from) * width_,
                                                 static_cast<std::size_t>(to - from) * width_);
    const auto samples = out.subspan(static_cast<std::size_t>(from - first), static_cast<std::size_t>(to - from));
    auto* values = reinterpret_cast<float*>(samples.data());
    if (input_.format.component == Component::s8)
        dsp::convert_weighted(reinterpret_cast<const std::int8_t*>(bytes.data()), scale_.data(), values,
                              2 * samples.size());
    else if (input_.format.component == Component::u8)
        dsp::convert_weighted(reinterpret_cast<const std::uint8_t*>(bytes.data()), scale_.data(), values,
                              2 * samples.size(), 127.5F);
    else
        convert(input_.format, bytes, samples);
}

bool Searcher::search_due() const { return chunk_ < eager_chunks || chunk_ % lazy_step == 0; }

void Searcher::spectra(std::size_t frames, std::size_t searched, bool search)
{
    constexpr std::size_t at_once = 64;
    if (search)
        search_.begin(searched);
    for (auto& carrier : carriers_)
        carrier->fresh.resize(frames * shape_.channel_hop());
    const std::size_t all = std::max(frames, search ? searched : 0);
    in_parallel(
        static_cast<unsigned>(workers_.size()), (all + at_once - 1) / at_once, [&](std::size_t part, unsigned who) {
            dsp::OverlapBank& bank = workers_[who].bank;
            for (std::size_t f = part * at_once; f < std::min(all, (part + 1) * at_once); ++f) {
                load(frame_ + static_cast<std::int64_t>(f), bank.input(), f > part * at_once);
                bank.transform();
                if (search && f < searched)
                    search_.add(f, bank.spectrum());
                if (f >= frames)
                    continue;
                for (auto& carrier : carriers_)
                    bank.channel(carrier->bin, static_cast<std::uint64_t>(frame_) + f,
                                 std::span(carrier->fresh).subspan(f * shape_.channel_hop(), shape_.channel_hop()));
            }
        });
}

bool Searcher::locked(std::size_t group, double offset_hz) const
{
    return std::ranges::any_of(carriers_, [&](const auto& carrier) {
        return (carrier->group == group && carrier->channel) ||
               std::abs(carrier->base_hz + carrier->receiver.facts().offset_hz - offset_hz) < same_carrier_hz;
    });
}

std::optional<Lock> Searcher::try_candidate(const ToneCandidate& candidate, std::size_t group, std::ptrdiff_t bin,
                                            Worker& worker)
{
    const double frames_per_s = input_.sample_rate_hz / static_cast<double>(shape_.hop());
    const auto before = static_cast<std::int64_t>(std::ceil(trial_before_s * frames_per_s));
    const auto behind = static_cast<std::int64_t>(std::ceil(ahead_s * frames_per_s));
    const std::int64_t at = frame_ + static_cast<std::int64_t>(candidate.frame);
    const std::int64_t first = std::max<std::int64_t>(0, at - before);
    const std::size_t hop = shape_.channel_hop();
    std::vector<Sample> samples(static_cast<std::size_t>(at + behind - first) * hop);
    for (std::int64_t f = first; f < at + behind; ++f) {
        load(f, worker.bank.input(), f > first);
        worker.bank.transform();
        worker.bank.channel(bin, static_cast<std::uint64_t>(f),
                            std::span(samples).subspan(static_cast<std::size_t>(f - first) * hop, hop));
    }
    const Stretch stretch{samples, first * static_cast<std::int64_t>(hop)};
    // The frames of a candidate lie around the middle of the tone.
    const double middle = static_cast<double>(at + 2) * static_cast<double>(hop);
    const double position = middle - 74.0 * rate_hz_ / symbol_rate_hz;
    const auto tone = find_tone(stretch, rate_hz_, position, 2.0 * bin_hz_);
    if (!tone)
        return std::nullopt;
    if (const auto& channel = search_.groups()[group].channel) {
        const double base = static_cast<double>(bin) * bin_hz_ + tone->offset_hz;
        if (std::abs(*input_.center_hz + base - channel->carrier_hz) > offset_limit_hz(channel->carrier_hz))
            return std::nullopt;
    }
    const Acquired acquired = acquire(stretch, rate_hz_, *worker.reader, *tone);
    outcomes_[group] = std::max(outcomes_[group], acquired.outcome);
    return acquired.lock;
}

std::optional<Searcher::Found> Searcher::look_in(std::size_t group, Worker& worker)
{
    const GroupResult result = search_.search(group);
    outcomes_[group] = std::max(outcomes_[group], result.outcome);
    std::optional<Found> best;
    for (const ToneCandidate& candidate : result.candidates) {
        const auto bin =
            static_cast<std::ptrdiff_t>(std::lround(static_cast<double>(candidate.bin) - tone_hz / bin_hz_));
        if (locked(group, static_cast<double>(bin) * bin_hz_))
            continue;
        const auto lock = try_candidate(candidate, group, bin, worker);
        if (lock && (!best || lock->fit > best->lock.fit))
            best = Found{group, bin, *lock};
    }
    return best;
}

std::vector<Searcher::Found> Searcher::look(std::size_t searched)
{
    static_cast<void>(searched);
    search_.prepare();
    const std::size_t groups = search_.groups().size();
    std::vector<std::optional<Found>> by_group(groups);
    in_parallel(static_cast<unsigned>(workers_.size()), groups, [&](std::size_t group, unsigned who) {
        const bool known = search_.groups()[group].channel.has_value();
        if (!known || !locked(group, 1e12))
            by_group[group] = look_in(group, workers_[who]);
    });
    std::vector<Found> found;
    for (auto& one : by_group) {
        if (!one)
            continue;
        // Without a raster a carrier at the border of two groups may be seen in both.
        const auto twin = std::ranges::find_if(found, [&](const Found& other) {
            return std::abs(static_cast<double>(other.bin - one->bin)) * bin_hz_ < same_carrier_hz;
        });
        if (twin == found.end())
            found.push_back(*one);
        else if (one->lock.fit > twin->lock.fit)
            *twin = *one;
    }
    return found;
}

void Searcher::start(const Found& found)
{
    const auto& channel = search_.groups()[found.group].channel;
    const double base_hz = static_cast<double>(found.bin) * bin_hz_;
    std::optional<Nominal> nominal;
    if (channel)
        nominal = Nominal{channel->carrier_hz, channel->carrier_hz - *input_.center_hz - base_hz};
    auto carrier = std::make_unique<Carrier>(
        Carrier{found.group, found.bin, base_hz, channel, Receiver(rate_hz_, found.lock, nominal), 0});
    const auto known = std::ranges::find_if(cells_, [&](const CellBuilder& cell) {
        return cell.bsic() == found.lock.sync.bsic && std::abs(cell.place_hz() - base_hz) < same_carrier_hz;
    });
    carrier->cell = static_cast<std::size_t>(known - cells_.begin());
    if (known == cells_.end())
        cells_.emplace_back(input_, channel, found.lock.sync.bsic, base_hz);
    else if (const auto& control = known->control_channels())
        carrier->receiver.set_control_channels(*control);
    carriers_.push_back(std::move(carrier));
}

void Searcher::catch_up(Carrier& carrier, std::size_t frames, Worker& worker)
{
    const std::size_t hop = shape_.channel_hop();
    carrier.fresh.resize(frames * hop);
    for (std::size_t f = 0; f < frames; ++f) {
        load(frame_ + static_cast<std::int64_t>(f), worker.bank.input(), f > 0);
        worker.bank.transform();
        worker.bank.channel(carrier.bin, static_cast<std::uint64_t>(frame_) + f,
                            std::span(carrier.fresh).subspan(f * hop, hop));
    }
}

void Searcher::hear(Carrier& carrier)
{
    CellBuilder& cell = cells_[carrier.cell];
    for (auto blocks = carrier.receiver.take_blocks(); !blocks.empty(); blocks = carrier.receiver.take_blocks()) {
        for (const DecodedBlock& block : blocks) {
            if (auto broadcast = cell.take(block, scale(carrier)))
                report_.blocks.push_back(std::move(*broadcast));
        }
        if (const auto& control = cell.control_channels())
            carrier.receiver.set_control_channels(*control);
    }
}

void Searcher::read_carriers()
{
    const std::int64_t first = frame_ * static_cast<std::int64_t>(shape_.channel_hop());
    in_parallel(static_cast<unsigned>(workers_.size()), carriers_.size(), [&](std::size_t i, unsigned) {
        carriers_[i]->receiver.append(carriers_[i]->fresh, first);
        carriers_[i]->receiver.read();
    });
    for (auto& carrier : carriers_)
        hear(*carrier);
    for (auto& carrier : carriers_)
        if (carrier->receiver.lost())
            stop(*carrier);
    std::erase_if(carriers_, [](const auto& carrier) { return carrier->receiver.lost(); });
}

std::vector<Cell> Searcher::heard() const
{
    std::vector<CellBuilder> now = cells_;
    for (const auto& carrier : carriers_)
        now[carrier->cell].take(carrier->receiver.facts(), scale(*carrier));
    std::vector<Cell> out;
    for (const CellBuilder& cell : now)
        if (cell.certain())
            out.push_back(cell.cell());
    return out;
}

void Searcher::stop(Carrier& carrier) { cells_[carrier.cell].take(carrier.receiver.facts(), scale(carrier)); }

void Searcher::process(std::size_t frames, std::size_t searched)
{
    const bool search = search_due();
    if (search || !carriers_.empty())
        spectra(frames, searched, search);
    if (search) {
        const auto found = look(searched);
        const std::size_t before = carriers_.size();
        for (const Found& one : found)
            start(one);
        in_parallel(static_cast<unsigned>(workers_.size()), found.size(),
                    [&](std::size_t i, unsigned who) { catch_up(*carriers_[before + i], frames, workers_[who]); });
    }
    if (!carriers_.empty())
        read_carriers();
    frame_ += static_cast<std::int64_t>(frames);
    ++chunk_;
    const std::int64_t keep_from = (frame_ - 1) * static_cast<std::int64_t>(shape_.hop());
    const std::int64_t drop =
        std::clamp<std::int64_t>(keep_from - bytes_first_, 0, static_cast<std::int64_t>(samples_there()));
    bytes_.erase(bytes_.begin(), bytes_.begin() + drop * static_cast<std::int64_t>(width_));
    bytes_first_ += drop;
}

void Searcher::finish()
{
    const std::int64_t end = bytes_first_ + static_cast<std::int64_t>(samples_there());
    const std::int64_t left = end - frame_ * static_cast<std::int64_t>(shape_.hop());
    if (left > 0) {
        const auto hop = static_cast<std::int64_t>(shape_.hop());
        const auto frames = static_cast<std::size_t>((left + hop - 1) / hop + 1);
        process(frames, frames);
    }
    for (auto& carrier : carriers_)
        stop(*carrier);
    carriers_.clear();
    for (const CellBuilder& cell : cells_) {
        if (!cell.certain())
            continue;
        report_.cells.push_back(cell.cell());
        report_.notes.push_back(cell.received());
    }
    std::ranges::stable_sort(report_.cells, {}, &Cell::baseband_hz);
    note_outcomes();
}

void Searcher::note_outcomes()
{
    for (std::size_t group = 0; group < outcomes_.size(); ++group) {
        const auto& channel = search_.groups()[group].channel;
        const double middle = static_cast<double>(search_.groups()[group].low + search_.groups()[group].high) / 2.0;
        const double hz = channel ? channel->carrier_hz : middle * bin_hz_ - tone_hz;
        report_.notes.push_back(Message("cells.outcome", {{"center", Quantity{hz, Unit::frequency, 1e3}},
                                                          {"technology", std::string("GSM")},
                                                          {"why", Term{std::string(code(outcomes_[group]))}}}));
    }
}

} // namespace

std::unique_ptr<CellSearcher> make_searcher(const CellInput& input)
{
    const dsp::BankShape shape = dsp::choose_bank(input.sample_rate_hz, bin_hz, channel_rate_hz);
    auto groups = tone_groups(input.sample_rate_hz, input.center_hz, shape.bin_hz(input.sample_rate_hz));
    if (groups.empty())
        return nullptr;
    return std::make_unique<Searcher>(input, shape, std::move(groups));
}

} // namespace gacsong::detect::gsm
