// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/taglist.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita::taglist {

namespace {

struct TagList
{
    Q_DECLARE_TR_FUNCTIONS(TagList)
};

Error refused(const QString &why)
{
    return Error::make(ErrorKind::Validation, why);
}

} // namespace

Result<QString> cleaned(const QString &text)
{
    // Marks around a tag keep its words together where it is looked for: they are no part of it.
    const QString trimmed = QString(text).remove(u'"').trimmed();
    if (trimmed.isEmpty())
        return refused(TagList::tr("A tag needs at least one character."));
    if (trimmed.contains(u','))
        return refused(TagList::tr("A tag may not contain a comma."));
    // One look, one tag: letters may come as one character or as two.
    const QString tag = trimmed.simplified().normalized(QString::NormalizationForm_C);
    const bool control = std::any_of(trimmed.begin(), trimmed.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (control || displayLine(tag, trimmed.size() + 1) != tag)
        return refused(TagList::tr("A tag may not contain characters that are not seen."));
    if (tag.size() > kMaxLength)
        return refused(TagList::tr("A tag may have at most %n character(s).", nullptr, static_cast<int>(kMaxLength)));
    return tag;
}

Result<QStringList> parsed(const QString &text)
{
    QStringList tags;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        const Result<QString> tag = cleaned(part);
        if (!tag)
            return tag.error();
        if (!contains(tags, *tag))
            tags.append(*tag);
    }
    return tags;
}

bool contains(const QStringList &tags, const QString &tag)
{
    return tags.contains(tag, Qt::CaseInsensitive);
}

QStringList sorted(const QStringList &tags)
{
    QStringList out = tags;
    std::sort(out.begin(), out.end(), [](const QString &a, const QString &b) {
        const int order = QString::compare(a, b, Qt::CaseInsensitive);
        return order == 0 ? a < b : order < 0;
    });
    const auto same = [](const QString &a, const QString &b) { return QString::compare(a, b, Qt::CaseInsensitive) == 0; };
    out.erase(std::unique(out.begin(), out.end(), same), out.end());
    return out;
}

Result<QStringList> edited(const QStringList &tags, const TagEdit &edit)
{
    QStringList next = tags;
    next.removeIf([&edit](const QString &tag) { return contains(edit.remove, tag); });
    for (const QString &text : edit.add) {
        const Result<QString> tag = cleaned(text);
        if (!tag)
            return tag.error();
        if (!contains(next, *tag))
            next.append(*tag);
    }
    if (next.size() > kMostTags)
        return refused(TagList::tr("There may be at most %n tag(s).", nullptr, static_cast<int>(kMostTags)));
    return sorted(next);
}

} // namespace novita::taglist
