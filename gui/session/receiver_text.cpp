// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/receiver_text.hpp"

#include "sdr/receivers/address.hpp"

#include <QJsonDocument>
#include <QJsonObject>

namespace gacsong::gui {

QString receiver_text(const ReceiverChoice& choice)
{
    const sdr::ReceiverSettings& settings = choice.settings;
    QJsonObject all{{"address", QString::fromStdString(choice.address)}};
    if (settings.center_hz)
        all["center_hz"] = *settings.center_hz;
    if (settings.rate_hz)
        all["rate_hz"] = *settings.rate_hz;
    if (!settings.antenna.empty())
        all["antenna"] = QString::fromStdString(settings.antenna);
    QJsonObject gains;
    for (const auto& [element, gain] : settings.gains)
        gains[QString::fromStdString(element)] = gain;
    if (!gains.isEmpty())
        all["gains"] = gains;
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
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
    if (all["center_hz"].isDouble())
        choice.settings.center_hz = all["center_hz"].toDouble();
    if (all["rate_hz"].isDouble())
        choice.settings.rate_hz = all["rate_hz"].toDouble();
    choice.settings.antenna = all["antenna"].toString().toStdString();
    const QJsonObject gains = all["gains"].toObject();
    for (auto gain = gains.begin(); gain != gains.end(); ++gain)
        choice.settings.gains[gain.key().toStdString()] = gain.value().toDouble();
    return choice;
}

} // namespace gacsong::gui
