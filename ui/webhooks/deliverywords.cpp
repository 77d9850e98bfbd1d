// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliverywords.h"

#include "core/base/displaytext.h"
#include "core/webhooks/selftest.h"

#include <QCoreApplication>

#include <array>

namespace novita::deliverywords {

namespace {

struct DeliveryWords
{
    Q_DECLARE_TR_FUNCTIONS(DeliveryWords)
};

/// What the receiver answers to the sender, in English, and the same for the person in front of the screen.
struct Reason
{
    const char *answer;
    const char *sentence;
};
constexpr std::array<Reason, 10> kReasons{{
    {"no signature", QT_TRANSLATE_NOOP("DeliveryWords", "It carries no signature: the sender has no secret, or something on the way took its headers off.")},
    {"a signature header is repeated", QT_TRANSLATE_NOOP("DeliveryWords", "A signature header stands there twice, so that nobody can tell which one counts.")},
    {"the signature does not match", QT_TRANSLATE_NOOP("DeliveryWords", "The signature does not match: it was made with another secret, or the body was changed on its way.")},
    {"the timestamp is not within 5 minutes", QT_TRANSLATE_NOOP("DeliveryWords", "Its time is more than five minutes off: it was held up or repeated by somebody, or one of the two clocks is wrong.")},
    {"the timestamp in the body is not within 5 minutes", QT_TRANSLATE_NOOP("DeliveryWords", "The time in its body is more than five minutes off: it was held up or repeated by somebody, or one of the two clocks is wrong.")},
    {"this address may not deliver", QT_TRANSLATE_NOOP("DeliveryWords", "This address is not among those that may deliver (see the settings).")},
    {"too many deliveries from this address", QT_TRANSLATE_NOOP("DeliveryWords", "More arrived from this address within a minute than the settings allow. The sender was asked to come again later.")},
    {"the body was not sent as announced", QT_TRANSLATE_NOOP("DeliveryWords", "The body was not sent as its headers announce it.")},
    {"the media type is not application/json", QT_TRANSLATE_NOOP("DeliveryWords", "It is not sent as application/json.")},
    {"only task events may come unsigned", QT_TRANSLATE_NOOP("DeliveryWords", "It came unsigned over the secret path, where only task events may come.")},
}};

bool isTest(const Delivery &delivery)
{
    return delivery.subject == QLatin1String(SelfTest::kSubject);
}

QString reasonSentence(const QString &reason)
{
    for (const Reason &known : kReasons) {
        if (reason == QLatin1String(known.answer))
            return DeliveryWords::tr(known.sentence);
    }
    return displayLine(reason, 500);
}

} // namespace

eventwords::Look look(DeliveryResult result)
{
    switch (result) {
    case DeliveryResult::Accepted:
        return {DeliveryWords::tr("Accepted"), StateTone::Good, QStringLiteral("checkmark")};
    case DeliveryResult::Duplicate:
        return {DeliveryWords::tr("Duplicate"), StateTone::Idle, QStringLiteral("window-duplicate")};
    case DeliveryResult::BadSignature:
        return {DeliveryWords::tr("Bad signature"), StateTone::Bad, QStringLiteral("object-unlocked")};
    case DeliveryResult::TooOld:
        return {DeliveryWords::tr("Too old"), StateTone::Warn, QStringLiteral("clock")};
    case DeliveryResult::Malformed:
        return {DeliveryWords::tr("Malformed"), StateTone::Bad, QStringLiteral("dialog-close")};
    case DeliveryResult::TooLarge:
        return {DeliveryWords::tr("Too large"), StateTone::Warn, QStringLiteral("emblem-warning")};
    case DeliveryResult::Limited:
        return {DeliveryWords::tr("Limited"), StateTone::Warn, QStringLiteral("media-playback-pause")};
    case DeliveryResult::RefusedAddress:
        break;
    }
    return {DeliveryWords::tr("Refused address"), StateTone::Bad, QStringLiteral("offline")};
}

QString note(const Delivery &delivery)
{
    return delivery.duplicateOf ? DeliveryWords::tr("of %1", "a duplicate of number …").arg(number(*delivery.duplicateOf)) : QString();
}

QString scheme(DeliveryScheme scheme)
{
    switch (scheme) {
    case DeliveryScheme::Plain:
        return QStringLiteral("sha256");
    case DeliveryScheme::PlainTimestamped:
        return DeliveryWords::tr("sha256 + time", "a signature and a timestamp beside it");
    case DeliveryScheme::Standard:
        return QStringLiteral("Standard Webhooks");
    case DeliveryScheme::PathToken:
        return DeliveryWords::tr("secret path");
    case DeliveryScheme::None:
        break;
    }
    return DeliveryWords::tr("none", "no signature scheme");
}

QString kind(const QString &kindName)
{
    struct Known
    {
        const char *name;
        const char *word;
    };
    static constexpr std::array<Known, 12> kKnown{{
        {"created", QT_TRANSLATE_NOOP("DeliveryWords", "created")},
        {"running", QT_TRANSLATE_NOOP("DeliveryWords", "running")},
        {"health_checking", QT_TRANSLATE_NOOP("DeliveryWords", "health check")},
        {"ready", QT_TRANSLATE_NOOP("DeliveryWords", "ready")},
        {"failed", QT_TRANSLATE_NOOP("DeliveryWords", "failed")},
        {"timeout", QT_TRANSLATE_NOOP("DeliveryWords", "timed out")},
        {"startup_initiated", QT_TRANSLATE_NOOP("DeliveryWords", "start begun")},
        {"startup_completed", QT_TRANSLATE_NOOP("DeliveryWords", "start completed")},
        {"startup_failed", QT_TRANSLATE_NOOP("DeliveryWords", "start failed")},
        {"stopped", QT_TRANSLATE_NOOP("DeliveryWords", "stopped")},
        {"deleted", QT_TRANSLATE_NOOP("DeliveryWords", "deleted")},
        {"task", QT_TRANSLATE_NOOP("DeliveryWords", "task ended")},
    }};
    for (const Known &known : kKnown) {
        if (kindName == QLatin1String(known.name))
            return DeliveryWords::tr(known.word);
    }
    return kindName == QLatin1String("other") ? DeliveryWords::tr("other", "another kind of event") : displayLine(kindName, 64);
}

QString event(const Delivery &delivery)
{
    return isTest(delivery) ? DeliveryWords::tr("test", "a test delivery") : delivery.kind.isEmpty() ? QString() : kind(delivery.kind);
}

QString subject(const Delivery &delivery)
{
    return isTest(delivery) ? DeliveryWords::tr("this receiver", "what a test delivery is about") : displayLine(delivery.subject);
}

bool isOfInstance(const Delivery &delivery)
{
    return !delivery.subject.isEmpty() && delivery.kind != QLatin1String("task") && !isTest(delivery);
}

QString sentence(const Delivery &delivery)
{
    switch (delivery.result) {
    case DeliveryResult::Accepted:
        return delivery.scheme == DeliveryScheme::PathToken
                   ? DeliveryWords::tr("It came over the secret path, unsigned, and was stored. What it says is read back before it counts.")
                   : DeliveryWords::tr("The signature is right. It was stored before it was answered.");
    case DeliveryResult::Duplicate:
        return delivery.duplicateOf ? DeliveryWords::tr("The same was received before as %1. It was answered like the first and nothing else happened.").arg(number(*delivery.duplicateOf))
                                    : DeliveryWords::tr("The same was received before. It was answered like the first and nothing else happened.");
    case DeliveryResult::TooLarge:
        return DeliveryWords::tr("Its body, announced or sent, is larger than the receiver takes.");
    case DeliveryResult::BadSignature:
    case DeliveryResult::TooOld:
    case DeliveryResult::Malformed:
    case DeliveryResult::Limited:
    case DeliveryResult::RefusedAddress:
        break;
    }
    return delivery.reason.isEmpty() ? look(delivery.result).word : reasonSentence(delivery.reason);
}

QString number(qint64 id)
{
    // An id to find again, not an amount: no group separators.
    return QLatin1Char('#') + QString::number(id);
}

QString whyNoBody(const Delivery &delivery)
{
    if (!delivery.body.isEmpty())
        return {};
    if (delivery.result == DeliveryResult::Duplicate && delivery.duplicateOf)
        return DeliveryWords::tr("Of a duplicate no body is kept: replay %1, which has the same").arg(number(*delivery.duplicateOf));
    if (delivery.bytes == 0)
        return DeliveryWords::tr("It had no body");
    return DeliveryWords::tr("Of what was refused unsigned no body is kept, so it cannot be sent again");
}

} // namespace novita::deliverywords
