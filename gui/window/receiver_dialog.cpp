// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/emissions_model.hpp"
#include "gui/window/dialogs.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"
#include "sdr/receivers/address.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

namespace gacsong::gui {
namespace {

/// Drivers that are no receivers: sound cards, what plays files, and what would shout into the network.
bool asked(const std::string& driver)
{
    constexpr std::array<std::string_view, 4> silent{"audio", "null", "remote", "replay"};
    return std::ranges::find(silent, driver) == silent.end();
}

std::string value_of(const std::map<std::string, std::string>& device, const char* key)
{
    const auto found = device.find(key);
    return found == device.end() ? std::string{} : found->second;
}

/// As parse_gains() reads it.
QString gains_text(const std::map<std::string, double>& gains)
{
    QStringList parts;
    for (const auto& [element, gain] : gains) {
        const QString number = QString::number(gain);
        parts << (element.empty() ? number : QString::fromStdString(element) + "=" + number);
    }
    return parts.join(',');
}

/// Parts per million, with a comma or a point.
std::optional<double> read_ppm(QString text)
{
    constexpr double most_ppm = 1000.0;
    text.replace(',', '.').replace(QString::fromUtf8("\u2212"), "-");
    bool read = false;
    const double value = text.toDouble(&read);
    return read && std::abs(value) <= most_ppm ? std::optional(value) : std::nullopt;
}

/// Looks for receivers in a thread and fills the list as they answer.
void look_for_receivers(const std::stop_token& stop, QComboBox* list, QLabel* state, const QString& none)
{
    const auto drivers = sdr::list_drivers();
    int count = 0;
    for (const std::string& driver : drivers ? *drivers : std::vector<std::string>{}) {
        if (stop.stop_requested())
            return;
        const auto found = asked(driver) ? sdr::list_receivers({{"driver", driver}})
                                         : Result<std::vector<std::map<std::string, std::string>>>{};
        if (!found)
            continue;
        for (const auto& device : *found) {
            const std::string serial = value_of(device, "serial");
            const std::string address =
                "soapy:driver=" + value_of(device, "driver") + (serial.empty() ? "" : ",serial=" + serial);
            const QString label = QString::fromStdString(printable(value_of(device, "label")));
            QMetaObject::invokeMethod(
                list,
                [list, label, address] {
                    list->addItem(QString::fromStdString(address) + "  " + label, QString::fromStdString(address));
                },
                Qt::QueuedConnection);
            ++count;
        }
    }
    if (!stop.stop_requested())
        QMetaObject::invokeMethod(
            state, [state, none, count] { state->setText(count == 0 ? none : QString()); }, Qt::QueuedConnection);
}

} // namespace

std::optional<ReceiverChoice> ask_receiver(QWidget* parent, const Words& words,
                                           const std::optional<ReceiverChoice>& last,
                                           const DescribeCalibration& describe)
{
    QDialog dialog(parent);
    dialog.setObjectName("receiver_dialog");
    dialog.setWindowTitle(words("gui.act.receiver"));
    dialog.setMinimumWidth(560);
    auto* column = new QVBoxLayout(&dialog);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(10);
    column->addLayout(form);
    const auto add = [&](const char* key, auto* widget) {
        widget->setAccessibleName(words(key));
        form->addRow(words(key), widget);
        return widget;
    };
    auto* device = add("gui.receiver.device", new QComboBox);
    device->setEditable(true);
    auto* state = new QLabel(words("gui.receiver.looking"));
    state->setProperty("hint", true);
    form->addRow(QString(), state);
    auto* center = add("gui.receiver.center", new QLineEdit("98.0"));
    auto* rate = add("gui.receiver.rate", new QLineEdit("2.4"));
    auto* gain = add("gui.receiver.gain", new QLineEdit);
    gain->setPlaceholderText("30, LNA=24,VGA=20");
    auto* antenna = add("gui.receiver.antenna", new QLineEdit);
    auto* ppm = add("gui.receiver.ppm", new QLineEdit);
    ppm->setObjectName("ppm");
    auto* measured = new QLabel;
    measured->setObjectName("measured_ppm");
    measured->setProperty("hint", true);
    measured->setWordWrap(true);
    form->addRow(QString(), measured);
    const auto describe_clock = [&] {
        const auto args = sdr::parse_receiver(device->currentText().section(' ', 0, 0).toStdString());
        const auto said =
            args && describe ? describe(value_of(*args, "driver"), value_of(*args, "serial")) : std::nullopt;
        measured->setText(said ? words(*said) : words("gui.receiver.ppm_hint"));
        ppm->setAccessibleDescription(measured->text());
    };
    QObject::connect(device, &QComboBox::currentTextChanged, &dialog, describe_clock);
    if (last) {
        const auto megahertz = [&](const std::optional<double>& hz, QLineEdit* into) {
            if (hz)
                into->setText(QString::fromStdString(number_text_trimmed(*hz / 1e6, 6, words.language())));
        };
        device->setEditText(QString::fromStdString(last->address));
        megahertz(last->settings.center_hz, center);
        megahertz(last->settings.rate_hz, rate);
        antenna->setText(QString::fromStdString(last->settings.antenna));
        gain->setText(gains_text(last->settings.gains));
        if (last->ppm)
            ppm->setText(QString::fromStdString(number_text_trimmed(*last->ppm, 3, words.language())));
    }
    describe_clock();
    auto* problem = new QLabel;
    problem->setWordWrap(true);
    problem->hide();
    column->addWidget(problem);
    auto* buttons = new QDialogButtonBox;
    auto* good = buttons->addButton(words("gui.receiver.start"), QDialogButtonBox::AcceptRole);
    good->setProperty("primary", true);
    buttons->addButton(words("gui.dialog.cancel"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    ReceiverChoice choice;
    const auto check = [&]() -> QString {
        const QString typed = device->currentText().section(' ', 0, 0);
        choice.address = typed.toStdString();
        const auto args = sdr::parse_receiver(choice.address);
        if (!args)
            return words(args.error().message);
        choice.settings = {};
        choice.settings.args = *args;
        choice.settings.center_hz = read_frequency(center->text());
        choice.settings.rate_hz = read_frequency(rate->text());
        choice.settings.antenna = antenna->text().trimmed().toStdString();
        if (!choice.settings.center_hz)
            return words("gui.missing.bad_center");
        if (!choice.settings.rate_hz)
            return words("gui.missing.needs_rate");
        if (const std::string text = gain->text().trimmed().toStdString(); !text.empty()) {
            const auto gains = sdr::parse_gains(text);
            if (!gains)
                return words("gui.receiver.bad_gain");
            choice.settings.gains = *gains;
        }
        choice.ppm.reset();
        if (const QString text = ppm->text().trimmed(); !text.isEmpty()) {
            choice.ppm = read_ppm(text);
            if (!choice.ppm)
                return words("gui.receiver.bad_ppm");
        }
        return {};
    };
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] {
        const QString wrong = check();
        problem->setText(wrong);
        problem->setVisible(!wrong.isEmpty());
        if (wrong.isEmpty())
            dialog.accept();
    });
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    const std::jthread looker([=, none = words("gui.receiver.none")](const std::stop_token& stop) {
        look_for_receivers(stop, device, state, none);
    });
    return dialog.exec() == QDialog::Accepted ? std::optional(choice) : std::nullopt;
}

} // namespace gacsong::gui
