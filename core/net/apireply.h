// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QJsonValue>
#include <QString>

namespace novita {

/// Answer of one request after the pipeline, before decoding.
struct ApiReply
{
    int httpStatus = 0;
    QJsonValue json{QJsonValue::Undefined}; ///< undefined when the body was empty
    qint64 bodyBytes = 0;   ///< of the body as it was parsed, decompressed
    QString correlationId;
    bool fromCache = false;
    TimePoint receivedAt{}; ///< when the server answered; in the past for a cache hit
};

} // namespace novita
