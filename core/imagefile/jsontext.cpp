// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/jsontext.h"

#include <QLocale>

namespace novita {

QString scalarText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (!value.isDouble())
        return {};
    // A seed has up to 64 bits; as a double it would lose its last digits.
    constexpr qint64 outside = -0x7fffffffffffffff;
    const qint64 whole = value.toInteger(outside);
    return whole != outside ? QString::number(whole) : QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
}

QString scalarText(const QJsonObject &object, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        const QString text = scalarText(object.value(QLatin1String(key)));
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QString jsonSize(const QJsonObject &object, const char *width, const char *height)
{
    const QString w = scalarText(object, {width});
    const QString h = scalarText(object, {height});
    return w.isEmpty() || h.isEmpty() ? QString() : w + QLatin1Char('x') + h;
}

} // namespace novita
