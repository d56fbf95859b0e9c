// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/input_text.hpp"

#include "report/text/time_text.hpp"
#include "sdr/receivers/address.hpp"

#include <QJsonDocument>
#include <QJsonObject>

namespace gacsong::gui {
namespace {

void put(QJsonObject& into, const char* key, const std::optional<double>& value)
{
    if (value)
        into[key] = *value;
}

void take(const QJsonObject& from, const char* key, std::optional<double>& value)
{
    if (from[key].isDouble())
        value = from[key].toDouble();
}

QString text_of(const QJsonObject& all) { return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact)); }

} // namespace

QString receiver_text(const ReceiverChoice& choice)
{
    const sdr::ReceiverSettings& settings = choice.settings;
    QJsonObject all{{"address", QString::fromStdString(choice.address)}};
    put(all, "center_hz", settings.center_hz);
    put(all, "rate_hz", settings.rate_hz);
    put(all, "ppm", choice.ppm);
    if (!settings.antenna.empty())
        all["antenna"] = QString::fromStdString(settings.antenna);
    QJsonObject gains;
    for (const auto& [element, gain] : settings.gains)
        gains[QString::fromStdString(element)] = gain;
    if (!gains.isEmpty())
        all["gains"] = gains;
    return text_of(all);
}

std::optional<ReceiverChoice> read_receiver(const QString& text)
{
    const QJsonObject all = QJsonDocument::fromJson(text.toUtf8()).object();
    ReceiverChoice choice;
    choice.address = all["address"].toString().toStdString();
    const auto args = sdr::parse_receiver(choice.address);
    if (!args)
        return std::nullopt;
    choice.settings.args = *args;
    take(all, "center_hz", choice.settings.center_hz);
    take(all, "rate_hz", choice.settings.rate_hz);
    take(all, "ppm", choice.ppm);
    choice.settings.antenna = all["antenna"].toString().toStdString();
    const QJsonObject gains = all["gains"].toObject();
    for (auto gain = gains.begin(); gain != gains.end(); ++gain)
        choice.settings.gains[gain.key().toStdString()] = gain.value().toDouble();
    return choice;
}

QString recording_text(const RecordingChoice& choice)
{
    const sdr::InputFlags& flags = choice.flags;
    QJsonObject all;
    put(all, "center_hz", flags.center_hz);
    put(all, "rate_hz", flags.rate_hz);
    put(all, "ppm", choice.ppm);
    if (flags.type)
        all["type"] = QString::fromStdString(flags.type->name());
    if (flags.start)
        all["start"] = QString::fromStdString(rfc3339(*flags.start));
    if (flags.swap_iq)
        all["swap_iq"] = true;
    return text_of(all);
}

RecordingChoice read_recording(const std::string& path, const QString& text)
{
    const QJsonObject all = QJsonDocument::fromJson(text.toUtf8()).object();
    RecordingChoice choice{path, {}};
    take(all, "center_hz", choice.flags.center_hz);
    take(all, "rate_hz", choice.flags.rate_hz);
    take(all, "ppm", choice.ppm);
    choice.flags.type = parse_sample_format(all["type"].toString().toStdString());
    choice.flags.start = parse_rfc3339(all["start"].toString().toStdString());
    choice.flags.swap_iq = all["swap_iq"].toBool();
    return choice;
}

} // namespace gacsong::gui
