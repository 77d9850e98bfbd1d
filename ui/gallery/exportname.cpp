// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/exportname.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace novita::exportname {

namespace {

struct ExportName
{
    Q_DECLARE_TR_FUNCTIONS(ExportName)
};

constexpr qsizetype kMostOfPrompt = 60; ///< characters
constexpr int kDigits = 3;              ///< at least, so that names sort by number

const QRegularExpression &fieldForm()
{
    static const QRegularExpression &form = *new QRegularExpression(QStringLiteral("\\{([^{}]*)\\}"));
    return form;
}

QDateTime madeAt(const Picture &picture)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<Milliseconds>(picture.createdAt.time_since_epoch()).count());
}

QString valueOf(const QString &field, const Picture &picture, int number)
{
    if (field == QLatin1String("date"))
        return madeAt(picture).toString(QStringLiteral("yyyy-MM-dd"));
    if (field == QLatin1String("time"))
        return madeAt(picture).toString(QStringLiteral("HH-mm-ss"));
    if (field == QLatin1String("prompt"))
        return picture.prompt.simplified().left(kMostOfPrompt).trimmed();
    if (field == QLatin1String("model"))
        return picture.model;
    if (field == QLatin1String("seed"))
        return picture.seed ? QString::number(*picture.seed) : QString();
    if (field == QLatin1String("size") && !picture.size.isEmpty())
        return QStringLiteral("%1x%2").arg(picture.size.width()).arg(picture.size.height());
    if (field == QLatin1String("tags"))
        return picture.tags.join(QLatin1Char(' '));
    if (field == QLatin1String("number"))
        return QStringLiteral("%1").arg(number, kDigits, 10, QLatin1Char('0'));
    return {};
}

/// Neither a way into another folder, nor a hidden file, nor anything that another system refuses.
QString plainName(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        const bool isHalf = QChar::isSurrogate(c);
        const bool isRefused = isHalf || !QChar::isPrint(c) || QChar::category(c) == QChar::Other_Format ||
                               (c < 0x80 && QStringLiteral("/\\:*?\"<>|").contains(QChar(static_cast<char16_t>(c))));
        out += isRefused ? QStringLiteral(" ") : QString::fromUcs4(&c, 1);
    }
    out = out.simplified().left(kMostLength);
    while (out.toUtf8().size() > kMostBytes)
        out.chop(1);
    if (!out.isEmpty() && out.back().isHighSurrogate())
        out.chop(1);
    while (!out.isEmpty() &&
           (out.front() == QLatin1Char('.') || out.front() == QLatin1Char('-') || out.front().isSpace()))
        out.remove(0, 1);
    while (!out.isEmpty() && (out.back() == QLatin1Char('.') || out.back().isSpace()))
        out.chop(1);
    return out;
}

QString filled(const QString &pattern, const Picture &picture, int number)
{
    QString out;
    qsizetype end = 0;
    for (auto found = fieldForm().globalMatch(pattern); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        out += pattern.mid(end, match.capturedStart() - end) + valueOf(match.captured(1), picture, number);
        end = match.capturedEnd();
    }
    return out + pattern.mid(end);
}

} // namespace

QStringList fields()
{
    return {QStringLiteral("date"), QStringLiteral("time"), QStringLiteral("prompt"), QStringLiteral("model"),
            QStringLiteral("seed"), QStringLiteral("size"), QStringLiteral("tags"),   QStringLiteral("number")};
}

QString defaultPattern()
{
    return QStringLiteral("{date} {time}");
}

QString problem(const QString &pattern)
{
    if (pattern.trimmed().isEmpty())
        return ExportName::tr("The files need a name.");
    QString rest = pattern;
    for (auto found = fieldForm().globalMatch(pattern); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        if (!fields().contains(match.captured(1)))
            return ExportName::tr("%1 is none of what a name can be made of.").arg(match.captured().left(kMostLength));
        rest.remove(match.captured());
    }
    if (rest.contains(QLatin1Char('{')) || rest.contains(QLatin1Char('}')))
        return ExportName::tr("A brace has no partner.");
    if (rest.contains(QLatin1Char('/')) || rest.contains(QLatin1Char('\\')))
        return ExportName::tr("A name has no slashes: choose the folder above.");
    return {};
}

QString stem(const QString &pattern, const Picture &picture, int number)
{
    const QString name = plainName(filled(pattern, picture, number));
    return name.isEmpty() ? plainName(filled(defaultPattern(), picture, number)) : name;
}

} // namespace novita::exportname
