// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookevent.h"
#include "fuzztarget.h"

#include <algorithm>

using namespace novita;

// The body of a delivery. What is decoded keeps the bounds that webhookevent.h promises; what is not is told in a sentence.

namespace {

bool isShort(const QString &text)
{
    return text.toUtf8().size() <= webhookevent::kMaxTextBytes;
}

bool isId(const QString &text)
{
    const auto allowed = [](QChar c) { return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_' || c == u'-'); };
    return !text.isEmpty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), allowed);
}

bool isIdOrNone(const QString &text)
{
    return text.isEmpty() || isId(text);
}

void check(const HealthReport &health)
{
    require(isShort(health.status) && isShort(health.overallStatus), "length of a health report's texts");
    require(health.endpoints.size() <= webhookevent::kMaxEndpoints, "number of endpoints");
    for (const EndpointHealth &endpoint : health.endpoints) {
        require(endpoint.port >= 0 && endpoint.port <= 65535, "port");
        require(isShort(endpoint.endpoint) && isShort(endpoint.type) && isShort(endpoint.status) && isShort(endpoint.error),
                "length of an endpoint's texts");
    }
}

void check(const StartupReport &startup)
{
    require(isIdOrNone(startup.operationId), "id of the start");
    require(isShort(startup.status) && isShort(startup.error), "length of a start's texts");
    require(startup.phases.size() <= 6, "number of phases");
}

void check(const InstanceEvent &event)
{
    require(isId(event.instanceId), "id of the instance");
    require(isIdOrNone(event.novitaInstanceId) && isIdOrNone(event.operationId), "the other ids");
    require(!event.status.isEmpty() && isShort(event.status), "status");
    require(isShort(event.error) && isShort(event.reason), "length of the texts");
    require(!event.elapsed || *event.elapsed >= Milliseconds(0), "time that went by");
    if (event.health)
        check(*event.health);
    if (event.startup)
        check(*event.startup);
}

void check(const TaskEvent &event)
{
    require(isId(event.taskId), "id of the task");
    require(isShort(event.status) && isShort(event.reason) && isShort(event.taskType), "length of the texts");
    require(event.images >= 0 && event.videos >= 0 && event.audios >= 0, "number of results");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<WebhookEvent> event = webhookevent::decode(body);
    if (!event.ok()) {
        require(!event.error().message.isEmpty(), "a refusal has a sentence");
        return 0;
    }
    std::visit([](const auto &which) { check(which); }, *event);
    require(!webhookevent::kindName(*event).isEmpty(), "name of the kind");
    require(!webhookevent::subject(*event).isEmpty(), "what the event is about");
    return 0;
}
