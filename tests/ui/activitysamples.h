// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/stores/activitystore.h"

#include <QJsonObject>

namespace novita {

/// A request as the Activity page lists it; every fifth one failed.
inline RequestRecord sampleRequest(int number, TimePoint at)
{
    RequestRecord record;
    record.serial = static_cast<quint64>(number) + 1;
    record.startedAt = at;
    record.operation = number % 3 == 0 ? QStringLiteral("startInstance") : QStringLiteral("listInstances");
    record.method = number % 3 == 0 ? QStringLiteral("POST") : QStringLiteral("GET");
    record.url = QStringLiteral("https://api.novita.ai/gpu-instance/openapi/v1/gpu/instance/start");
    if (number % 3 == 0)
        record.requestBody = QJsonObject{{QStringLiteral("instanceId"), QStringLiteral("it's-%1").arg(number)}};
    record.correlationId = QStringLiteral("6f1c2a34-0000-4000-8000-%1").arg(number, 12, 10, QLatin1Char('0'));
    record.attempts = 1 + number % 2;
    record.httpStatus = number % 5 == 4 ? 503 : 200;
    record.waited = Milliseconds(number * 7 % 90);
    record.duration = Milliseconds(60 + number * 13 % 1500);
    if (number % 5 == 4) {
        record.error = Error::make(ErrorKind::Server, QStringLiteral("The service has a problem"));
        record.error->httpStatus = 503;
        record.error->correlationId = record.correlationId;
    }
    return record;
}

inline void fillActivity(ActivityStore &store, const Clock &clock)
{
    for (int i = 0; i < 23; ++i)
        store.addRequest(sampleRequest(i, clock.now() - Seconds(60 - i)));
    const EventSeverity severities[] = {EventSeverity::Info, EventSeverity::Success, EventSeverity::Warning, EventSeverity::Problem};
    for (int i = 0; i < 9; ++i) {
        ActivityEvent event;
        event.at = clock.now() - Seconds(100 - i);
        event.severity = severities[i % 4];
        event.source = i % 2 ? EventSource::Poll : EventSource::You;
        event.subjectId = QStringLiteral("i-%1").arg(i);
        event.subjectName = QStringLiteral("worker-%1").arg(i);
        event.text = QStringLiteral("worker-%1 is running after 48 s.").arg(i);
        store.addEvent(event);
    }
}

} // namespace novita
