// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturequery.h"

#include "core/base/taglist.h"

#include <QDateTime>

#include <algorithm>
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

bool takeState(const QString &value, bool isUnwanted, PictureQuery &query)
{
    if (value == QLatin1String("starred"))
        (isUnwanted ? query.unstarredOnly : query.starredOnly) = true;
    else if (value == QLatin1String("video") || value == QLatin1String("image"))
        query.kind = (value == QLatin1String("video")) != isUnwanted ? MediaKind::Video : MediaKind::Image;
    else
        return false;
    return true;
}

/// False: not one of ours.
bool takeField(const QString &name, const QString &value, bool isUnwanted, PictureQuery &query)
{
    if (name == QLatin1String("tag")) {
        (isUnwanted ? query.exceptTags : query.tags).append(taglist::cleaned(value).valueOr(value));
        return true;
    }
    if (name == QLatin1String("model")) {
        (isUnwanted ? query.exceptModels : query.models).append(value);
        return true;
    }
    if (name == QLatin1String("format")) {
        const QString format = value.compare(QLatin1String("jpg"), Qt::CaseInsensitive) == 0 ? QStringLiteral("jpeg") : value.toLower();
        if (!PictureQuery::knownFormats().contains(format))
            return false;
        (isUnwanted ? query.exceptFormats : query.formats).append(format);
        return true;
    }
    if (name == QLatin1String("is"))
        return takeState(value, isUnwanted, query);
    const std::optional<TimePoint> day = dayOf(value);
    if (!day || (name != QLatin1String("after") && name != QLatin1String("before")))
        return false;
    ((name == QLatin1String("after")) != isUnwanted ? query.from : query.before) = day;
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
        const bool isUnwanted = part.startsWith(QLatin1Char('-'));
        const QString name = part.left(std::max<qsizetype>(0, colon)).mid(isUnwanted ? 1 : 0).toLower();
        if (value.isEmpty() || !takeField(name, value, isUnwanted, query))
            words.append(part);
    }
    query.words = words.join(QLatin1Char(' '));
    // A word is over once a blank follows it.
    if (!words.isEmpty() && text.back().isSpace())
        query.words += QLatin1Char(' ');
    return query;
}

QStringList PictureQuery::knownFormats()
{
    return {QStringLiteral("png"), QStringLiteral("jpeg"), QStringLiteral("webp"), QStringLiteral("gif"), QStringLiteral("mp4"), QStringLiteral("webm")};
}

} // namespace novita
