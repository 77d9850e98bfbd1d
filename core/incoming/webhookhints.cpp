// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/webhookhints.h"

#include "core/base/displaytext.h"
#include "core/webhooks/webhookreceiver.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace novita {

namespace {

constexpr qsizetype kMostNames = 10;

} // namespace

WebhookHints::WebhookHints(Stores &stores, Refresher &refresher, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_refresher(refresher), m_clock(clock), m_reads(stores, refresher, clock)
{
    m_burst.setSingleShot(true);
    m_burst.setInterval(kBurst);
    connect(&m_burst, &QTimer::timeout, this, &WebhookHints::tellBurst);
    connect(&stores.instances, &EntityStoreBase::removed, this, [this](const QStringList &ids) {
        for (const QString &id : ids)
            m_heard.remove(InstanceId(id));
    });
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_heard.clear();
        m_newAt.reset();
    });
}

void WebhookHints::take(const QList<ReceivedWebhook> &webhooks, int missed)
{
    for (const ReceivedWebhook &webhook : webhooks) {
        if (const auto *instance = std::get_if<InstanceEvent>(&webhook.event)) {
            takeInstance(webhook, *instance);
        } else {
            const auto &task = std::get<TaskEvent>(webhook.event);
            tell({0, webhook.receivedAt, webhooknews::severity(task), EventSource::Webhook, {}, {}, webhooknews::sentence(task), {}});
        }
    }
    if (missed > 0) {
        // Whom they spoke of is not known here.
        m_refresher.noteHint();
        m_untold += missed;
        if (!m_burst.isActive())
            m_burst.start();
    }
}

void WebhookHints::takeInstance(const ReceivedWebhook &webhook, const InstanceEvent &event)
{
    const InstanceId id = known(event);
    if (id.isEmpty()) {
        takeUnknown(webhook, event);
        return;
    }
    Heard &heard = m_heard[id];
    if (event.timestamp < heard.saidAt)
        return;
    // A sender whose clock is ahead must not silence what is said after it.
    heard.saidAt = std::max(heard.saidAt, std::min(event.timestamp, webhook.receivedAt));
    m_reads.add(id);
    if (!heard.news.isNews(event))
        return;
    const QString name = m_stores.instances.find(id)->displayName();
    tell({0, webhook.receivedAt, webhooknews::severity(event), EventSource::Webhook, id.toString(), name, webhooknews::sentence(event, name),
          webhooknews::detail(event)});
}

void WebhookHints::takeUnknown(const ReceivedWebhook &webhook, const InstanceEvent &event)
{
    if (event.kind != InstanceEvent::Kind::Created)
        return;
    const SteadyPoint now = m_clock.steadyNow();
    if (m_newAt && now - *m_newAt < kBetweenNew)
        return;
    m_newAt = now;
    m_reads.addNew(InstanceId(event.novitaInstanceId.isEmpty() ? event.instanceId : event.novitaInstanceId));
    const QString name = displayLine(event.instanceId, 64);
    tell({0, webhook.receivedAt, EventSeverity::Info, EventSource::Webhook, {}, name, webhooknews::sentence(event, name), {}});
}

InstanceId WebhookHints::known(const InstanceEvent &event) const
{
    for (const QString &text : {event.novitaInstanceId, event.instanceId}) {
        const InstanceId id(text);
        if (!text.isEmpty() && m_stores.instances.contains(id))
            return id;
    }
    return {};
}

bool WebhookHints::mayTell()
{
    const SteadyPoint now = m_clock.steadyNow();
    while (!m_told.isEmpty() && now - m_told.first() >= kEventsBack)
        m_told.removeFirst();
    return m_told.size() < kMostEvents && m_untold == 0;
}

void WebhookHints::tell(ActivityEvent event)
{
    if (mayTell()) {
        m_told.append(m_clock.steadyNow());
        m_stores.activity.addEvent(std::move(event));
        return;
    }
    ++m_untold;
    if (!event.subjectName.isEmpty() && m_untoldNames.size() < kMostNames && !m_untoldNames.contains(event.subjectName))
        m_untoldNames.append(event.subjectName);
    if (!m_burst.isActive())
        m_burst.start();
}

void WebhookHints::tellBurst()
{
    const int count = std::exchange(m_untold, 0);
    const QStringList names = std::exchange(m_untoldNames, {});
    if (count == 0)
        return;
    ActivityEvent event;
    event.at = m_clock.now();
    event.source = EventSource::Webhook;
    event.text = tr("%n more webhook deliveries had something new; they are in the inbox.", nullptr, count);
    if (!names.isEmpty())
        event.detail = tr("Among others about: %1").arg(names.join(QStringLiteral(", ")));
    m_stores.activity.addEvent(std::move(event));
}

void WebhookHints::wake()
{
    m_burst.stop();
    tellBurst();
    m_reads.wake();
}

} // namespace novita
