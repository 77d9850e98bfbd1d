// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptstyle.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita::promptstyles {

namespace {

struct PromptStyles
{
    Q_DECLARE_TR_FUNCTIONS(PromptStyles)
};

constexpr QLatin1String kPlaceholder("{prompt}");

Error refused(const QString &why)
{
    return Error::make(ErrorKind::Validation, why);
}

bool isSeen(const QString &line)
{
    return displayLine(line, line.size() + 1) == line;
}

QString joined(const QString &own, const QString &style)
{
    if (style.trimmed().isEmpty())
        return own;
    if (style.contains(kPlaceholder))
        return QString(style).replace(kPlaceholder, own);
    QString out = own;
    while (!out.isEmpty() && (out.back().isSpace() || out.back() == u','))
        out.chop(1);
    return out.isEmpty() ? style : out + QLatin1String(", ") + style;
}

bool sameName(const PromptStyle &a, const PromptStyle &b)
{
    return a.name.compare(b.name, Qt::CaseInsensitive) == 0 && a.folder.compare(b.folder, Qt::CaseInsensitive) == 0;
}

/// Room for a number is made in a name that is at its longest.
QString numbered(const QString &name, int number)
{
    const QString suffix = QStringLiteral(" (%1)").arg(number);
    return name.left(kLongestName - suffix.size()) + suffix;
}

} // namespace

Result<PromptStyle> cleaned(const PromptStyle &style)
{
    PromptStyle out = style;
    out.name = style.name.simplified();
    QStringList folders;
    const QStringList parts = style.folder.split(u'/');
    for (const QString &part : parts) {
        if (const QString folder = part.simplified(); !folder.isEmpty())
            folders.append(folder);
    }
    out.folder = folders.join(u'/');
    if (out.name.isEmpty())
        return refused(PromptStyles::tr("A style needs a name."));
    if (out.name.contains(u'/') || !isSeen(out.name))
        return refused(PromptStyles::tr("The name of a style may not contain a slash or characters that are not seen."));
    if (!isSeen(out.folder))
        return refused(PromptStyles::tr("The folder of a style may not contain characters that are not seen."));
    if (out.name.size() > kLongestName)
        return refused(PromptStyles::tr("The name of a style may have at most %1 characters.").arg(kLongestName));
    if (out.folder.size() > kLongestFolder || folders.size() > kDeepestFolder)
        return refused(PromptStyles::tr("The folder of a style may have at most %1 characters and %2 levels.").arg(kLongestFolder).arg(kDeepestFolder));
    if (out.prompt.size() > kLongestText || out.negative.size() > kLongestText)
        return refused(PromptStyles::tr("A text of a style may have at most %1 characters.").arg(kLongestText));
    return out;
}

PromptPair applied(const PromptPair &own, const QList<PromptStyle> &styles)
{
    PromptPair out = own;
    for (const PromptStyle &style : styles) {
        out.prompt = joined(out.prompt, style.prompt);
        out.negative = joined(out.negative, style.negative);
    }
    return out;
}

QList<PromptStyle> merged(const QList<PromptStyle> &mine, const QList<PromptStyle> &incoming, SameName rule)
{
    QList<PromptStyle> out = mine;
    const auto find = [&out](const PromptStyle &style) {
        return std::find_if(out.begin(), out.end(), [&style](const PromptStyle &other) { return sameName(other, style); });
    };
    for (PromptStyle style : incoming) {
        const auto there = find(style);
        if (there != out.end() && (rule == SameName::Replace || (there->prompt == style.prompt && there->negative == style.negative))) {
            *there = style;
            continue;
        }
        if (out.size() >= kMostStyles)
            continue;
        const QString name = style.name;
        for (int number = 2; find(style) != out.end(); ++number)
            style.name = numbered(name, number);
        out.append(style);
    }
    return out;
}

} // namespace novita::promptstyles
