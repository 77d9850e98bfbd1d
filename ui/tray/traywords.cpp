// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/traywords.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace novita {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Tray", source);
}

bool isTrouble(StateTone tone)
{
    return tone == StateTone::Warn || tone == StateTone::Bad;
}

StateTone worse(StateTone a, StateTone b)
{
    const auto weight = [](StateTone tone) { return tone == StateTone::Bad ? 2 : tone == StateTone::Warn ? 1 : 0; };
    return weight(b) > weight(a) ? b : a;
}

void countStates(const FleetNumbers &fleet, TrayTexts &out)
{
    out.running = QCoreApplication::translate("Tray", "%Ln running", nullptr, fleet.running);
    if (fleet.transitional > 0)
        out.changing = QCoreApplication::translate("Tray", "%Ln changing", nullptr, fleet.transitional);
    if (fleet.stopped > 0)
        out.stopped = QCoreApplication::translate("Tray", "%Ln stopped", nullptr, fleet.stopped);
    if (fleet.failed > 0) {
        out.failed = QCoreApplication::translate("Tray", "%Ln failed", nullptr, fleet.failed);
        out.tone = StateTone::Bad;
    }
}

QString toolTip(const StatusInput &input, const TrayTexts &texts)
{
    // Without what a tooltip would take for HTML.
    const QString profile = displayLine(input.profileName).replace(QLatin1Char('<'), QChar(0x2039));
    QStringList lines{profile.isEmpty() ? text(QT_TRANSLATE_NOOP("Tray", "Novita Console"))
                                        : text(QT_TRANSLATE_NOOP("Tray", "Novita Console – %1")).arg(profile)};
    QStringList counts{texts.running, texts.changing, texts.stopped, texts.failed};
    counts.removeAll(QString());
    lines << texts.connection << texts.balance << counts.join(QLatin1String(", ")) << texts.burn;
    if (input.dataAt) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(input.dataAt->time_since_epoch().count());
        lines << text(QT_TRANSLATE_NOOP("Tray", "As of %1")).arg(QLocale().toString(at.time(), QLocale::ShortFormat));
    }
    lines.removeAll(QString());
    return lines.join(u'\n');
}

} // namespace

TrayTexts trayTexts(const StatusInput &input)
{
    const StatusTexts status = statusTexts(input);
    TrayTexts out;
    if (input.dataAt) {
        countStates(input.fleet, out);
        out.burn = status.burn.text;
    }
    if (isTrouble(status.connection.tone) || !input.dataAt)
        out.connection = status.connection.text;
    out.tone = worse(out.tone, status.connection.tone);
    if (isTrouble(status.balance.tone)) {
        out.balance = status.balance.text;
        out.tone = worse(out.tone, status.balance.tone);
    }
    out.toolTip = toolTip(input, out);
    return out;
}

} // namespace novita
