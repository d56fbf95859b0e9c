// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/paint/theme.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::paint {
namespace {

QColor rgb(unsigned value, int alpha = 255)
{
    QColor colour = QColor::fromRgb(value);
    colour.setAlpha(alpha);
    return colour;
}

Theme dark_theme()
{
    Theme t;
    t.kind = ThemeKind::dark;
    t.background = rgb(0x14181C);
    t.panel = rgb(0x1B2025);
    t.raised = rgb(0x262C32);
    t.plot = rgb(0x0A0C0E);
    t.line = rgb(0x333B43);
    t.selection = rgb(0x17324B);
    t.border = rgb(0x77828C);
    t.text = rgb(0xEDF0F2);
    t.text2 = rgb(0xAEB7BF);
    t.text3 = rgb(0x8A949D);
    t.accent = rgb(0x5AB0FF);
    t.accent_ink = rgb(0x08131D);
    t.danger = rgb(0xFF6B66);
    t.serious = t.serious_fill = rgb(0xFFB224);
    t.unknown = rgb(0xF4F6F8);
    t.allowed = rgb(0x4FB3E8);
    t.ignored = rgb(0x98A2AB);
    t.serious_ink = t.marker_ink = rgb(0x14181C);
    t.casing = rgb(0x000000, 170);
    return t;
}

Theme light_theme()
{
    Theme t;
    t.kind = ThemeKind::light;
    t.background = rgb(0xE9EDF0);
    t.panel = rgb(0xFFFFFF);
    t.raised = rgb(0xEEF1F4);
    t.plot = rgb(0xFFFFFF);
    t.line = rgb(0xC6CED5);
    t.selection = rgb(0xDCEBFA);
    t.border = rgb(0x727D87);
    t.text = rgb(0x11171C);
    t.text2 = rgb(0x46525C);
    t.text3 = rgb(0x5A6670);
    t.accent = rgb(0x005FB8);
    t.accent_ink = rgb(0xFFFFFF);
    t.danger = rgb(0xA80040);
    t.serious = rgb(0x985A00);
    t.serious_fill = rgb(0xFFB224);
    t.unknown = rgb(0x11171C);
    t.allowed = rgb(0x0A5A8C);
    t.ignored = rgb(0x56616B);
    t.serious_ink = rgb(0x11171C);
    t.marker_ink = rgb(0xFFFFFF);
    t.casing = rgb(0xFFFFFF, 170);
    return t;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

const Theme& theme(ThemeKind kind)
{
    static const Theme dark = dark_theme();
    static const Theme light = light_theme();
    return kind == ThemeKind::dark ? dark : light;
}

Gravity gravity(Verdict verdict)
{
    switch (verdict) {
    case Verdict::protected_band:
        return Gravity::danger;
    case Verdict::unlicensed:
    case Verdict::violation:
        return Gravity::serious;
    case Verdict::licensed:
    case Verdict::exempt:
    case Verdict::network:
        return Gravity::allowed;
    case Verdict::ignored:
        return Gravity::ignored;
    case Verdict::unknown:
        break;
    }
    return Gravity::unknown;
}

QColor line_colour(const Theme& theme, Gravity gravity)
{
    switch (gravity) {
    case Gravity::danger:
        return theme.danger;
    case Gravity::serious:
        return theme.serious;
    case Gravity::allowed:
        return theme.allowed;
    case Gravity::ignored:
        return theme.ignored;
    case Gravity::unknown:
        break;
    }
    return theme.unknown;
}

QColor fill_colour(const Theme& theme, Gravity gravity)
{
    return gravity == Gravity::serious ? theme.serious_fill : line_colour(theme, gravity);
}

QColor ink_colour(const Theme& theme, Gravity gravity)
{
    return gravity == Gravity::serious ? theme.serious_ink : theme.marker_ink;
}

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace gacsong::paint
