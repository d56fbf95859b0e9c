// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sound/sound_output.hpp"

#include "dsp/demod/sound.hpp"

#include <QAudioSink>
#include <QMediaDevices>

namespace gacsong::gui {
namespace {

class ComputerOutput final : public SoundOutput {
public:
    [[nodiscard]] Status start() override
    {
        const QAudioDevice device = QMediaDevices::defaultAudioOutput();
        QAudioFormat format;
        format.setSampleRate(dsp::SoundMaker::rate_hz);
        format.setChannelCount(1);
        format.setSampleFormat(QAudioFormat::Int16);
        if (device.isNull() || !device.isFormatSupported(format))
            return failure("gui.sound.no_device");
        sink_ = std::make_unique<QAudioSink>(device, format);
        sink_->setBufferSize(dsp::SoundMaker::rate_hz / 5 * static_cast<int>(sizeof(std::int16_t)));
        into_ = sink_->start();
        if (into_ != nullptr && sink_->error() == QAudio::NoError)
            return {};
        stop();
        return failure("gui.sound.no_device");
    }
    void stop() override
    {
        into_ = nullptr;
        if (sink_)
            sink_->stop();
        sink_.reset();
    }
    [[nodiscard]] std::size_t room() const override
    {
        return sink_ ? static_cast<std::size_t>(sink_->bytesFree()) / sizeof(std::int16_t) : 0U;
    }
    void write(std::span<const std::int16_t> values) override
    {
        if (into_ != nullptr)
            into_->write(reinterpret_cast<const char*>(values.data()), static_cast<qint64>(values.size_bytes()));
    }

private:
    std::unique_ptr<QAudioSink> sink_;
    QIODevice* into_ = nullptr; ///< of the sink
};

} // namespace

std::unique_ptr<SoundOutput> make_sound_output() { return std::make_unique<ComputerOutput>(); }

} // namespace gacsong::gui
