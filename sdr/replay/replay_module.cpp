// SPDX-License-Identifier: GPL-3.0-or-later
// What SoapySDR finds when it loads the module. See docs/receivers.md for the arguments.
#include "sdr/replay/replay_device.hpp"

#include <SoapySDR/Modules.hpp>
#include <SoapySDR/Registry.hpp>

namespace {

SoapySDR::KwargsList find_replay(const SoapySDR::Kwargs& args)
{
    const auto driver = args.find("driver");
    if (driver == args.end() || driver->second != "replay" || !args.contains("file"))
        return {};
    SoapySDR::Kwargs found = args;
    found["label"] = "replay of " + args.at("file");
    return {found};
}

SoapySDR::Device* make_replay(const SoapySDR::Kwargs& args) { return new gacsong::sdr::ReplayDevice(args); }

const SoapySDR::Registry registry("replay", &find_replay, &make_replay, SOAPY_SDR_ABI_VERSION);
const SoapySDR::ModuleVersion version(GACSONG_VERSION);

} // namespace
