// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/draft.hpp"
#include "sdr/formats/readers.hpp"

namespace gacsong::sdr {

namespace {

Result<Draft> read_headerless(const Candidate& candidate)
{
    if (candidate.bytes->size() == 0)
        return failure("file.empty", {{"file", candidate.name}});
    Draft draft;
    draft.container = "raw";
    draft.data = candidate.bytes;
    draft.data_name = candidate.base_name;
    draft.length = candidate.bytes->size();
    draft.length_unknown = true;
    return draft;
}

} // namespace

const FormatInfo headerless_format{"headerless",
                                   "cu8 cs8 cs16 cs24 cs32 cf32 cf64 cfile fc32 fc64 complex complex16u complex16s "
                                   "complex32s sc16q11 raw bin iq dat",
                                   [](const Candidate&) { return true; }, read_headerless};

} // namespace gacsong::sdr
