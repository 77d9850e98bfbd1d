// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/retryafter.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace novita {

namespace {

TimePoint toTimePoint(QDateTime time)
{
    time.setTimeSpec(Qt::UTC);
    return TimePoint(Milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

std::optional<TimePoint> parseHttpDate(const QByteArray &value, TimePoint now)
{
    // Longer texts are no dates: keep a hostile header away from the date parser.
    constexpr qsizetype kLongest = 64;
    const QString text = QString::fromLatin1(value).simplified();
    if (text.isEmpty() || text.size() > kLongest)
        return std::nullopt;

    const QLocale english = QLocale::c();
    static const std::array fourDigitForms{
        QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
        QStringLiteral("ddd MMM d HH:mm:ss yyyy"),
    };
    for (const QString &form : fourDigitForms) {
        if (const QDateTime time = english.toDateTime(text, form); time.isValid())
            return toTimePoint(time);
    }
    // The weekday of the obsolete form is skipped: Qt checks it against 19yy.
    const qsizetype comma = text.indexOf(u", ");
    if (comma < 0)
        return std::nullopt;
    QDateTime time = english.toDateTime(text.mid(comma + 2), QStringLiteral("dd-MMM-yy HH:mm:ss 'GMT'"));
    if (!time.isValid())
        return std::nullopt;
    time = time.addYears(100);
    constexpr std::chrono::years kHorizon{50};
    if (toTimePoint(time) > now + kHorizon)
        time = time.addYears(-100);
    return toTimePoint(time);
}

std::optional<Milliseconds> parseRetryAfter(const QByteArray &value, const QByteArray &dateHeader, TimePoint now)
{
    const QByteArray text = value.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        // More digits than an int holds are simply "long".
        bool fits = false;
        const int seconds = text.toInt(&fits);
        return std::clamp(fits ? Milliseconds(Seconds(seconds)) : kMaxRetryAfter, kMinRetryAfter, kMaxRetryAfter);
    }
    const std::optional<TimePoint> until = parseHttpDate(text, now);
    if (!until)
        return std::nullopt;
    const TimePoint reference = parseHttpDate(dateHeader, now).value_or(now);
    return std::clamp(*until - reference, kMinRetryAfter, kMaxRetryAfter);
}

} // namespace novita
