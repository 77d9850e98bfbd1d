// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/unsignedlink.h"

#include "core/base/redact.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace novita {

namespace {

/// By the names that storage services and CDNs use.
bool isSignatureName(const QString &name)
{
    static const QRegularExpression &known = *new QRegularExpression(
        QRegularExpression::anchoredPattern(QStringLiteral(
            "x-(amz|goog|oss|cos|tos|obs|bce|ms)-.*|q-(sign|ak|key|header|url).*|.*sign(ed|ature)?|sig|expires?|policy"
            "|key-pair-id|.*accesskeyid|googleaccessid|auth.*|.*hmac.*|hdn[a-z]*|se|sp|sv|sr|st|e|t")),
        QRegularExpression::CaseInsensitiveOption);
    return isSecretName(name) || known.match(name).hasMatch();
}

/// Nobody writes a word of this length: it is one for machines.
bool looksLikeToken(const QString &value)
{
    static const QRegularExpression &longWord = *new QRegularExpression(QStringLiteral("[A-Za-z0-9+/=_~-]{24}"));
    return longWord.match(value).hasMatch();
}

} // namespace

QUrl unsignedLink(const QUrl &link)
{
    QUrl out = link.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    const QList<std::pair<QString, QString>> items = QUrlQuery(link).queryItems(QUrl::FullyDecoded);
    const bool isSigned = std::any_of(items.begin(), items.end(), [](const std::pair<QString, QString> &item) {
        return isSignatureName(item.first) || looksLikeToken(item.first) || looksLikeToken(item.second);
    });
    if (isSigned)
        out.setQuery(QString());
    return out;
}

} // namespace novita
