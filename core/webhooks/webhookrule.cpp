// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookrule.h"

#include "core/base/taglist.h"
#include "core/webhooks/webhookpayload.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace novita {

namespace {

bool namesInstance(const QString &pattern, const OutgoingEvent &event)
{
    if (pattern == event.event.instanceId || (!event.event.novitaInstanceId.isEmpty() && pattern == event.event.novitaInstanceId))
        return true;
    const QRegularExpression whole(QRegularExpression::wildcardToRegularExpression(pattern), QRegularExpression::CaseInsensitiveOption);
    return whole.isValid() && whole.match(event.instanceName).hasMatch();
}

QStringList textsOf(const QJsonValue &list)
{
    QStringList texts;
    for (const QJsonValue &item : list.toArray())
        texts.append(item.toString().left(WebhookRule::kMaxTextLength));
    return texts.mid(0, WebhookRule::kMostInstances);
}

Error problemOf(const char *sentence)
{
    return Error::make(ErrorKind::Validation, QCoreApplication::translate("WebhookRule", sentence));
}

bool tooLong(const QStringList &texts)
{
    return texts.size() > WebhookRule::kMostInstances
           || std::any_of(texts.begin(), texts.end(), [](const QString &text) { return text.size() > WebhookRule::kMaxTextLength; });
}

} // namespace

bool WebhookRule::matches(const OutgoingEvent &event) const
{
    if (!enabled || !kinds.contains(webhookevent::kindName(event.event)))
        return false;
    if (!profile.isEmpty() && profile != event.profile)
        return false;
    if (!tags.isEmpty() && std::none_of(tags.begin(), tags.end(), [&event](const QString &tag) { return taglist::contains(event.tags, tag); }))
        return false;
    return instances.isEmpty()
           || std::any_of(instances.begin(), instances.end(), [&event](const QString &pattern) { return namesInstance(pattern, event); });
}

std::optional<Error> WebhookRule::problem(const TargetPolicy &policy) const
{
    if (name.trimmed().isEmpty())
        return problemOf(QT_TRANSLATE_NOOP("WebhookRule", "The rule needs a name."));
    if (name.size() > kMaxTextLength)
        return problemOf(QT_TRANSLATE_NOOP("WebhookRule", "The name is too long."));
    if (const std::optional<Error> refused = policy.check(target))
        return refused;
    if (target.toEncoded().size() > kMaxUrlBytes)
        return problemOf(QT_TRANSLATE_NOOP("WebhookRule", "The address is too long."));
    if (kinds.isEmpty())
        return problemOf(QT_TRANSLATE_NOOP("WebhookRule", "Choose at least one kind of event."));
    if (tooLong(instances) || tooLong(tags))
        return problemOf(QT_TRANSLATE_NOOP("WebhookRule", "There are too many instances, or a name is too long."));
    return std::nullopt;
}

QString WebhookRule::loggedTarget() const
{
    if (!fromEnvironment)
        return target.toString();
    return target.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QString WebhookRule::secretName() const
{
    return QStringLiteral("webhooks/rule/") + id.toString();
}

QJsonObject WebhookRule::body() const
{
    return {{QStringLiteral("name"), name},
            {QStringLiteral("target"), target.toString(QUrl::FullyEncoded)},
            {QStringLiteral("kinds"), QJsonArray::fromStringList(kinds)},
            {QStringLiteral("instances"), QJsonArray::fromStringList(instances)},
            {QStringLiteral("tags"), QJsonArray::fromStringList(tags)},
            {QStringLiteral("profile"), profile.toString()},
            {QStringLiteral("tries"), tries},
            {QStringLiteral("signed"), isSigned}};
}

QJsonObject WebhookRule::state() const
{
    return stopped.isEmpty() ? QJsonObject() : QJsonObject{{QStringLiteral("stopped"), stopped}};
}

WebhookRule WebhookRule::fromRecord(const RuleRecord &record)
{
    WebhookRule rule;
    rule.id = record.id;
    rule.enabled = record.enabled;
    rule.version = record.version;
    rule.name = record.body.value(QLatin1String("name")).toString().left(kMaxTextLength);
    rule.target = QUrl(record.body.value(QLatin1String("target")).toString(), QUrl::StrictMode);
    rule.kinds = textsOf(record.body.value(QLatin1String("kinds")));
    rule.instances = textsOf(record.body.value(QLatin1String("instances")));
    rule.tags = textsOf(record.body.value(QLatin1String("tags")));
    rule.profile = ProfileId(record.body.value(QLatin1String("profile")).toString());
    rule.tries = record.body.value(QLatin1String("tries")).toInt();
    if (rule.tries != 3 && rule.tries != 5)
        rule.tries = 0;
    rule.isSigned = record.body.value(QLatin1String("signed")).toBool();
    rule.stopped = record.state.value(QLatin1String("stopped")).toString();
    return rule;
}

} // namespace novita
