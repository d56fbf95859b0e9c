// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/soapy/worker.hpp"

#include "sdr/receivers/message_wire.hpp"
#include "sdr/receivers/soapy/device.hpp"
#include "sdr/receivers/soapy/guard.hpp"
#include "sdr/receivers/soapy/reader.hpp"
#include "sdr/receivers/wire.hpp"

#include <SoapySDR/Logger.hpp>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace gacsong::sdr {

namespace {

using nlohmann::json;

constexpr unsigned closing_s = 4; ///< then a driver that does not let go is ended with the process
constexpr off_t longest_log = 1 << 20U;
constexpr auto a_while = std::chrono::milliseconds(500);

void log(const SoapySDR::LogLevel level, const char* text)
{
    if (level != SOAPY_SDR_SSI && level <= SOAPY_SDR_WARNING)
        std::fprintf(stderr, "%s\n", text);
}

class Worker {
public:
    explicit Worker(int descriptor) : wire_(descriptor) {}

    int run()
    {
        while (!wire_.gone()) {
            auto packet = wire_.receive(a_while);
            if (::lseek(STDERR_FILENO, 0, SEEK_END) > longest_log)
                static_cast<void>(::ftruncate(STDERR_FILENO, 0));
            if (packet)
                wire_.send(answer(*packet));
        }
        ::alarm(closing_s); // nobody is left who could end a driver that hangs
        if (!close())
            std::_Exit(1);
        return 0;
    }

private:
    json answer(Wire::Packet& packet)
    {
        const std::string what = packet.message.value("do", "");
        if (what == "list")
            return list(packet.message);
        if (what == "drivers")
            return {{"ok", true},
                    {"drivers", (static_cast<void>(find_devices({{"driver", "none"}})), installed_drivers())}};
        if (what == "open")
            return open(packet.message);
        if (what == "start")
            return start(packet);
        if (what == "tune")
            return tune(packet.message);
        return refusal(Error{Message("receiver.driver", {{"why", what}}), Fault::input});
    }

    static json list(const json& message)
    {
        const auto found = find_devices(message.value("args", std::map<std::string, std::string>{}));
        return found ? json{{"ok", true}, {"found", *found}} : refusal(found.error());
    }

    json open(const json& message)
    {
        DeviceWish wish;
        wish.args = message.value("args", std::map<std::string, std::string>{});
        wish.gains = message.value("gains", std::map<std::string, double>{});
        wish.antenna = message.value("antenna", "");
        if (message.contains("rate_hz"))
            wish.rate_hz = message["rate_hz"].get<double>();
        if (message.contains("center_hz"))
            wish.center_hz = message["center_hz"].get<double>();
        auto device = Device::open(wish);
        if (!device)
            return refusal(device.error());
        device_ = std::move(*device);
        const auto& facts = device_->facts();
        return {{"ok", true},
                {"driver", facts.driver},
                {"hardware", facts.hardware},
                {"serial", facts.serial},
                {"format", facts.format.name()},
                {"full_scale", facts.format.full_scale},
                {"rate_hz", facts.rate_hz},
                {"center_hz", facts.center_hz},
                {"low_hz", facts.low_hz},
                {"high_hz", facts.high_hz},
                {"gains", facts.gains},
                {"antenna", facts.antenna},
                {"recording", facts.recording},
                {"lossless", facts.lossless}};
    }

    json start(const Wire::Packet& packet)
    {
        if (!device_ || packet.passed < 0)
            return refusal(Error{Message("receiver.driver", {{"why", std::string("start")}}), Fault::input});
        auto ring = SharedRing::attach(packet.passed);
        if (!ring)
            return refusal(ring.error());
        if (const Status started = device_->start(packet.message.value("hops", false)); !started)
            return refusal(started.error());
        const auto settling = device_->settling();
        const double settle_s = static_cast<double>(settling.queued) / device_->facts().rate_hz + settling.settle_s;
        const bool again = packet.message.value("again", false);
        reader_ = std::make_unique<Reader>(*device_, std::move(*ring), again ? Seam::device : Seam::start);
        return {{"ok", true}, {"settle_s", settle_s}};
    }

    json tune(const json& message)
    {
        if (!reader_)
            return refusal(Error{Message("receiver.driver", {{"why", std::string("tune")}}), Fault::input});
        const double before = device_->facts().center_hz;
        reader_->retuning();
        const auto tuned = device_->tune(message.value("center_hz", 0.0));
        reader_->retuned(tuned ? *tuned : before);
        return tuned ? json{{"ok", true}, {"center_hz", *tuned}} : refusal(tuned.error());
    }

    /// The reader first, then the stream, then the device. False where the driver does not return.
    bool close()
    {
        if (reader_ && !reader_->stop())
            return false;
        reader_.reset();
        device_.reset();
        return true;
    }

    Wire wire_;
    std::unique_ptr<Device> device_;
    std::unique_ptr<Reader> reader_;
};

} // namespace

int serve_receiver(int descriptor)
{
    // Ctrl-C is for the program; it then closes the line.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        std::signal(signal, SIG_IGN);
    SoapySDR::registerLogHandler(&log);
    return Worker(descriptor).run();
}

} // namespace gacsong::sdr
