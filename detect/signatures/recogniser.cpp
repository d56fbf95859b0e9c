// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/recogniser.hpp"

#include "detect/cells/parallel.hpp"
#include "detect/signatures/all_signatures.hpp"
#include "detect/signatures/designation.hpp"
#include "detect/signatures/modulation/recognise_modulation.hpp"

#include <algorithm>
#include <iterator>

namespace gacsong::detect {

namespace {

constexpr double sure = 0.95;           ///< with its check passed nobody else is asked
constexpr double most_unchecked = 0.75; ///< without a check it only resembles (design.md §1)
constexpr double least_snr_db = 3.0;    ///< below, nothing can be told

struct Best {
    const Signature* signature = nullptr;
    Sighting sighting;
};

bool better(const Sighting& a, const Sighting& b)
{
    return a.checked != b.checked ? a.checked : a.confidence > b.confidence;
}

/// What one signature says, capped where nothing proves it.
std::optional<Sighting> asked(const Signature& signature, Look& look)
{
    if (!signature.admits(look))
        return std::nullopt;
    auto sighting = signature.look(look);
    if (sighting) {
        sighting->checked = sighting->checked && signature.info.proof != Proof::pattern;
        if (!sighting->checked)
            sighting->confidence = std::min(sighting->confidence, most_unchecked);
    }
    return sighting;
}

bool settled(const Best& best) { return best.sighting.checked && best.sighting.confidence >= sure; }

void consider(Best& best, const Signature* signature, std::optional<Sighting> sighting)
{
    if (sighting && (best.signature == nullptr || better(*sighting, best.sighting)))
        best = {signature, std::move(*sighting)};
}

/// Those that need no modulation.
Best early_of(Look& look)
{
    Best best;
    for (const Signature* signature : signatures_in_order())
        if (signature->early && !settled(best))
            consider(best, signature, asked(*signature, look));
    return best;
}

/// All others.
void late_of(Look& look, Best& best)
{
    for (const Signature* signature : signatures_in_order())
        if (!signature->early && !settled(best))
            consider(best, signature, asked(*signature, look));
}

/// What was seen, as sentences.
std::vector<Message> account_of(const Best& best)
{
    const Sighting& s = best.sighting;
    std::vector<Message> out;
    if (s.checked && s.frames > 0)
        out.emplace_back("conf.sure", std::vector<Argument>{{"n", s.frames}});
    else if (!s.checked)
        out.emplace_back("conf.likely",
                         std::vector<Argument>{{"system", Term{s.system}},
                                               {"percent", Quantity{s.confidence, Unit::parts}},
                                               {"other", std::string(best.signature->info.mistaken_for)}});
    std::copy(s.seen.begin(), s.seen.end(), std::back_inserter(out));
    std::copy(s.missing.begin(), s.missing.end(), std::back_inserter(out));
    return out;
}

bool can_be_told(const Emission& emission) { return emission.snr_db >= least_snr_db; }

void recognise(Emission& emission, Look& look)
{
    Best best = early_of(look);
    if (!settled(best) || !best.sighting.modulation) {
        if (look.clip().empty())
            return;
        emission.modulation = recognise_modulation(look);
        look.set_modulation(emission.modulation);
        late_of(look, best);
    }
    if (best.signature != nullptr) {
        emission.recognition = account_of(best);
        emission.system = {best.sighting.system, best.sighting.confidence, best.sighting.identity};
        if (best.sighting.modulation)
            emission.modulation = *best.sighting.modulation;
    }
    emission.designator = designator_of(emission);
}

} // namespace

void recognise(Emission& emission, const Replay& replay, const HelperPrograms* helpers)
{
    if (!can_be_told(emission))
        return;
    Look look(emission, replay, helpers);
    recognise(emission, look);
}

void recognise(std::span<Emission> emissions, const Replay& replay, unsigned threads, const HelperPrograms* helpers)
{
    auto channels = channels_for(emissions, replay);
    in_parallel(threads, emissions.size(), [&](std::size_t i, unsigned /*worker*/) {
        auto channel = std::move(channels[i]); // gone with this look, and what it kept
        if (can_be_told(emissions[i])) {
            Look look(emissions[i], replay, helpers, std::move(channel));
            recognise(emissions[i], look);
        }
    });
}

} // namespace gacsong::detect
