// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/shareabletext.h"

#include "core/base/redact.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr qsizetype kLongestBase64 = 4096;
constexpr int kDeepest = 32;

bool isPath(const QString &text)
{
    static const QRegularExpression absolute(QStringLiteral("^(?:file:|/[^/\\s]|~/|\\\\\\\\|[A-Za-z]:[\\\\/])"));
    return !text.contains(u'\n') && absolute.match(text).hasMatch();
}

QString fileNameOf(const QString &path)
{
    return path.sliced(std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\')) + 1);
}

/// A picture inside JSON: nobody wants it twice in the file, and it may be the source that somebody did not mean to hand on.
bool isPicture(const QString &text)
{
    if (text.startsWith(QLatin1String("data:")))
        return true;
    static const auto inBase64 = [](QChar c) {
        return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'+' || c == u'/' || c == u'=' || c == u'-' || c == u'_' || c == u'\n' || c == u'\r';
    };
    return text.size() > kLongestBase64 && std::all_of(text.begin(), text.end(), inBase64);
}

bool isPromptName(const QString &name)
{
    static const std::array names{QLatin1String("template"), QLatin1String("expanded"), QLatin1String("wildcards"),
                                  QLatin1String("styles"),   QLatin1String("text"),     QLatin1String("caption")};
    return name.contains(QLatin1String("prompt"), Qt::CaseInsensitive)
        || std::any_of(names.begin(), names.end(), [&](QLatin1String one) { return name.compare(one, Qt::CaseInsensitive) == 0; });
}

QJsonValue shareableValue(const QJsonValue &value, bool prompts, int depth);

QJsonObject shareableMembers(const QJsonObject &object, bool prompts, int depth)
{
    QJsonObject out;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool secret = isSecretName(it.key()) && it.value().isString();
        if (secret || (!prompts && isPromptName(it.key())))
            continue;
        const QJsonValue value = shareableValue(it.value(), prompts, depth + 1);
        if (!value.isUndefined())
            out.insert(shareableText(it.key()), value);
    }
    return out;
}

/// Undefined: nothing of it may stay.
QJsonValue shareableValue(const QJsonValue &value, bool prompts, int depth)
{
    if (depth > kDeepest)
        return QJsonValue(QJsonValue::Undefined);
    if (value.isObject())
        return shareableMembers(value.toObject(), prompts, depth);
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue item : value.toArray()) {
            const QJsonValue kept = shareableValue(item, prompts, depth + 1);
            if (!kept.isUndefined())
                out.append(kept);
        }
        return out;
    }
    if (!value.isString())
        return value;
    const QString text = value.toString();
    if (isPicture(text))
        return QJsonValue(QJsonValue::Undefined);
    return shareableText(isPath(text) ? fileNameOf(text) : text);
}

} // namespace

QString shareableText(const QString &text)
{
    static const QRegularExpression url(QStringLiteral("\\b(https?|wss?|s3|gs|ftp)://(?:[^\\s/@\"'<>]*@)?([^\\s?#\"'<>]*)(?:[?#][^\\s\"'<>]*)?"),
                                        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression apiKey(QStringLiteral("\\bsk[_-][A-Za-z0-9_-]{16,}|\\bBearer\\s+[A-Za-z0-9._~+/=-]{16,}"));
    static const QRegularExpression folders(
        QStringLiteral("(?<![\\w./:])(?:file://)?(?:/(?:home|Users|root|media|mnt|run|tmp|var)/|~/|[A-Za-z]:[\\\\/])(?:[^\\s\\\\/\"'<>|*?:]+[\\\\/])*"));
    QString out = redactRegistered(text);
    out.replace(url, QStringLiteral("\\1://\\2"));
    out.replace(apiKey, QStringLiteral("•••"));
    // Its folders may have blanks in their names, which end a path for the pattern.
    const QString home = QDir::homePath();
    if (home.size() > 1)
        out.replace(home + QLatin1Char('/'), QLatin1String("~/"));
    out.replace(folders, QString());
    return out;
}

QJsonObject shareableJson(const QJsonObject &object, bool prompts)
{
    return shareableMembers(object, prompts, 0);
}

} // namespace novita
