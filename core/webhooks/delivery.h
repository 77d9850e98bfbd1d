// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/httpmessage.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// What became of a delivery. The numbers stand in the file: add at the end only.
enum class DeliveryResult {
    Accepted,
    Duplicate,      ///< seen before; answered like the first
    BadSignature,
    TooOld,         ///< also: from the future
    Malformed,      ///< no JSON, not of the schema, not of the media type
    TooLarge,
    Limited,
    RefusedAddress,
};
inline constexpr DeliveryResult kLastDeliveryResult = DeliveryResult::RefusedAddress;

/// How a delivery showed where it comes from. The numbers stand in the file: add at the end only.
enum class DeliveryScheme {
    None,
    Plain,            ///< X-Webhook-Signature alone
    PlainTimestamped, ///< with X-Webhook-Timestamp
    Standard,         ///< Standard Webhooks
    PathToken,        ///< the secret path: nothing is signed, the content is a hint only
};
inline constexpr DeliveryScheme kLastDeliveryScheme = DeliveryScheme::PathToken;

QString deliveryResultName(DeliveryResult result); ///< "accepted", "bad_signature", …; stable, not translated
std::optional<DeliveryResult> deliveryResultFromName(const QString &name); ///< nullopt for what is none
QString deliverySchemeName(DeliveryScheme scheme); ///< "none", "sha256", "sha256_timestamp", "standard", "path_token"

/// One request that arrived, as it is kept.
struct Delivery
{
    qint64 id = 0;             ///< grows with the order of arrival; never given twice
    TimePoint receivedAt{};
    QString path;              ///< a secret token in it is blotted out
    QString address;           ///< of the sender
    DeliveryScheme scheme = DeliveryScheme::None;
    DeliveryResult result = DeliveryResult::Accepted;
    QString reason;            ///< why it was refused, for people; empty otherwise
    QString kind;              ///< webhookevent::kindName(), of accepted ones
    QString subject;           ///< instance or task id, of accepted ones
    qint64 bytes = 0;          ///< length of the body as received
    std::optional<qint64> duplicateOf;
    QList<HttpHeaders::Field> headers; ///< credentials blotted out; only in answers to read()
    QByteArray body;           ///< exact bytes; kept of accepted and of signed but malformed ones; only in answers to read()
};

struct DeliveryQuery
{
    int limit = 100;                      ///< 1-1000, newest first
    std::optional<qint64> before;         ///< ids below this one
    std::optional<DeliveryResult> result;
};

struct DeliveryPage
{
    QList<Delivery> deliveries;
    qint64 total = 0;                     ///< of that result, on all pages
    std::optional<qint64> next;           ///< `before` of the next page, when there is one
};

struct DeliveryRetention
{
    int days = 30;                        ///< 1-3650
    qint64 bytes = 256LL * 1024 * 1024;   ///< of headers and bodies together; beyond, the oldest go
};

} // namespace novita
