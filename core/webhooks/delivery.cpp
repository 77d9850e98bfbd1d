// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/delivery.h"

namespace novita {

QString deliveryResultName(DeliveryResult result)
{
    switch (result) {
    case DeliveryResult::Accepted: return QStringLiteral("accepted");
    case DeliveryResult::Duplicate: return QStringLiteral("duplicate");
    case DeliveryResult::BadSignature: return QStringLiteral("bad_signature");
    case DeliveryResult::TooOld: return QStringLiteral("too_old");
    case DeliveryResult::Malformed: return QStringLiteral("malformed");
    case DeliveryResult::TooLarge: return QStringLiteral("too_large");
    case DeliveryResult::Limited: return QStringLiteral("limited");
    case DeliveryResult::RefusedAddress: return QStringLiteral("refused_address");
    }
    return {};
}

std::optional<DeliveryResult> deliveryResultFromName(const QString &name)
{
    for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i) {
        const auto result = static_cast<DeliveryResult>(i);
        if (deliveryResultName(result) == name)
            return result;
    }
    return std::nullopt;
}

QString deliverySchemeName(DeliveryScheme scheme)
{
    switch (scheme) {
    case DeliveryScheme::None: return QStringLiteral("none");
    case DeliveryScheme::Plain: return QStringLiteral("sha256");
    case DeliveryScheme::PlainTimestamped: return QStringLiteral("sha256_timestamp");
    case DeliveryScheme::Standard: return QStringLiteral("standard");
    case DeliveryScheme::PathToken: return QStringLiteral("path_token");
    }
    return {};
}

} // namespace novita
