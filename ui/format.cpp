// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>

namespace novita::format {

namespace {

constexpr qsizetype kMostTipChars = 1000;
constexpr qint64 kUnitsPerCent = Money::kUnitsPerDollar / 100;
constexpr const char *kPerHour = QT_TRANSLATE_NOOP("Format", "%1/h");

QString text(const char *source)
{
    return QCoreApplication::translate("Format", source);
}

QDateTime localTime(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

QString twoUnits(qint64 large, const char *largeUnit, qint64 small, const char *smallUnit)
{
    const QString first = text(largeUnit).arg(large);
    return small == 0 ? first : first + QLatin1Char(' ') + text(smallUnit).arg(small);
}

} // namespace

QString dash()
{
    return QStringLiteral("–");
}

QString toolTip(const QString &text)
{
    const QString line = displayLine(text, kMostTipChars);
    // Qt guesses whether a tooltip is HTML; one that surely is gets wrapped as well.
    return line.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
}

QString actionTip(const QString &text)
{
    return displayLine(text, kMostTipChars).replace(QLatin1Char('<'), QChar(0x2039));
}

QString money(const std::optional<Money> &amount)
{
    if (!amount)
        return dash();
    // From the exact decimal text: a double could not hold every amount.
    QString plain = amount->toPlainString();
    const bool negative = plain.startsWith(QLatin1Char('-'));
    if (negative)
        plain.remove(0, 1);
    const qsizetype point = plain.indexOf(QLatin1Char('.'));
    const QLocale locale;
    const QString whole = locale.toString(plain.left(point < 0 ? plain.size() : point).toLongLong());
    const QString fraction = point < 0 ? QString() : locale.decimalPoint() + plain.mid(point + 1);
    return (negative ? QStringLiteral("−$") : QStringLiteral("$")) + whole + fraction;
}

QString sum(const std::optional<Money> &amount)
{
    if (!amount || qAbs(amount->priceUnits()) < kUnitsPerCent)
        return money(amount);
    return balance(*amount + Money::fromPriceUnits(kUnitsPerCent / 2));
}

QString sumPerHour(const std::optional<Money> &amount)
{
    return amount ? text(kPerHour).arg(sum(amount)) : dash();
}

QString balance(const std::optional<Money> &amount)
{
    if (!amount)
        return dash();
    const qint64 units = amount->priceUnits();
    const qint64 rest = ((units % kUnitsPerCent) + kUnitsPerCent) % kUnitsPerCent;
    return money(Money::fromPriceUnits(units - rest));
}

QString pricePerHour(const std::optional<Money> &amount)
{
    return amount ? text(kPerHour).arg(money(amount)) : dash();
}

QString duration(Milliseconds time)
{
    const qint64 seconds = qMax<qint64>(0, time.count() / 1000);
    if (seconds < 60)
        return text(QT_TRANSLATE_NOOP("Format", "%1 s")).arg(seconds);
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        return text(QT_TRANSLATE_NOOP("Format", "%1 min")).arg(minutes);
    const qint64 hours = minutes / 60;
    if (hours < 24)
        return twoUnits(hours, QT_TRANSLATE_NOOP("Format", "%1 h"), minutes % 60, QT_TRANSLATE_NOOP("Format", "%1 m"));
    return twoUnits(hours / 24, QT_TRANSLATE_NOOP("Format", "%1 d"), hours % 24, QT_TRANSLATE_NOOP("Format", "%1 h"));
}

QString age(const std::optional<TimePoint> &at, TimePoint now)
{
    if (!at)
        return text(QT_TRANSLATE_NOOP("Format", "never read"));
    const Milliseconds passed = now - *at;
    if (passed < Milliseconds(1000))
        return text(QT_TRANSLATE_NOOP("Format", "just now"));
    return text(QT_TRANSLATE_NOOP("Format", "%1 old")).arg(duration(passed));
}

QString dateTime(const std::optional<TimePoint> &at)
{
    if (!at || *at == TimePoint{})
        return dash();
    const QLocale locale;
    const QDateTime local = localTime(*at);
    return text(QT_TRANSLATE_NOOP("Format", "%1, %2"))
        .arg(locale.toString(local.date(), QStringLiteral("d MMM yyyy")), locale.toString(local.time(), QStringLiteral("HH:mm")));
}

QString clockTime(TimePoint at)
{
    return localTime(at).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString timeToSecond(TimePoint at)
{
    return localTime(at).toString(QStringLiteral("HH:mm:ss"));
}

QString timeToMinute(TimePoint at)
{
    return localTime(at).toString(QStringLiteral("HH:mm"));
}

QString number(qint64 value)
{
    return QLocale().toString(value);
}

QString gigabytes(const std::optional<int> &value)
{
    return value ? text(QT_TRANSLATE_NOOP("Format", "%1 GB")).arg(QLocale().toString(*value)) : dash();
}

QString bytes(qint64 count)
{
    static constexpr std::array<const char *, 4> kUnits{QT_TRANSLATE_NOOP("Format", "%1 B"), QT_TRANSLATE_NOOP("Format", "%1 kB"),
                                                        QT_TRANSLATE_NOOP("Format", "%1 MB"), QT_TRANSLATE_NOOP("Format", "%1 GB")};
    std::size_t unit = 0;
    double value = static_cast<double>(qMax<qint64>(0, count));
    // 999.95 would be shown as "1000.0": the next unit begins where rounding does.
    while (unit + 1 < kUnits.size() && value >= (unit == 0 ? 1000.0 : 999.95)) {
        value /= 1000.0;
        ++unit;
    }
    return text(kUnits.at(unit)).arg(QLocale().toString(value, 'f', unit == 0 ? 0 : 1));
}

QString milliseconds(Milliseconds time)
{
    if (time < Milliseconds(1000))
        return text(QT_TRANSLATE_NOOP("Format", "%1 ms")).arg(QLocale().toString(qMax<qint64>(0, time.count())));
    return text(QT_TRANSLATE_NOOP("Format", "%1 s")).arg(QLocale().toString(static_cast<double>(time.count()) / 1000.0, 'f', 2));
}

} // namespace novita::format
