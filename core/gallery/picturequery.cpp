// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturequery.h"

#include "core/base/taglist.h"

#include <QDateTime>

#include <utility>

namespace novita {

namespace {

/// Parts with blanks between them; quotation marks keep a part together and stay in it.
QStringList partsOf(const QString &text)
{
    QStringList parts;
    QString part;
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == QLatin1Char('"'))
            isQuoted = !isQuoted;
        if (c.isSpace() && !isQuoted) {
            if (!part.isEmpty())
                parts.append(std::exchange(part, {}));
        } else {
            part += c;
        }
    }
    if (!part.isEmpty())
        parts.append(part);
    return parts;
}

std::optional<TimePoint> dayOf(const QString &text)
{
    const QDate day = QDate::fromString(text, Qt::ISODate);
    return day.isValid() ? std::optional(TimePoint(Milliseconds(day.startOfDay().toMSecsSinceEpoch()))) : std::nullopt;
}

/// False: not one of ours.
bool takeField(const QString &name, const QString &value, PictureQuery &query)
{
    if (name == QLatin1String("tag")) {
        query.tags.append(taglist::cleaned(value).valueOr(value));
        return true;
    }
    if (name == QLatin1String("model")) {
        query.models.append(value);
        return true;
    }
    if (name == QLatin1String("is")) {
        if (value == QLatin1String("starred"))
            query.starredOnly = true;
        else if (value == QLatin1String("video"))
            query.kind = MediaKind::Video;
        else if (value == QLatin1String("image"))
            query.kind = MediaKind::Image;
        else
            return false;
        return true;
    }
    const std::optional<TimePoint> day = dayOf(value);
    if (!day || (name != QLatin1String("after") && name != QLatin1String("before")))
        return false;
    (name == QLatin1String("after") ? query.from : query.before) = day;
    return true;
}

} // namespace

PictureQuery PictureQuery::fromText(const QString &text)
{
    PictureQuery query;
    QStringList words;
    for (const QString &part : partsOf(text)) {
        const qsizetype colon = part.indexOf(QLatin1Char(':'));
        const QString value = part.mid(colon + 1).remove(QLatin1Char('"')).trimmed();
        if (colon <= 0 || value.isEmpty() || !takeField(part.left(colon).toLower(), value, query))
            words.append(part);
    }
    query.words = words.join(QLatin1Char(' '));
    // A word is over once a blank follows it.
    if (!words.isEmpty() && text.back().isSpace())
        query.words += QLatin1Char(' ');
    return query;
}

} // namespace novita
