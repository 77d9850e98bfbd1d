// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/resourcecommand.h"

#include "core/workflows/failuretext.h"
#include "core/workflows/stores.h"

#include <utility>

namespace novita {

ResourceCommand::ResourceCommand(ResourceOrder order, Stores &stores, const Clock &clock, QList<Milliseconds> waits, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_stores(stores)
    , m_clock(clock)
    , m_waits(std::move(waits))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ResourceCommand::look);
}

Call<ResourceOutcome> *ResourceCommand::listen(QObject *callParent)
{
    auto *call = Call<ResourceOutcome>::create(callParent);
    m_listeners.push_back(call);
    return call;
}

void ResourceCommand::start()
{
    if (!m_order.looksFirst) {
        send();
        return;
    }
    m_call.reset(m_order.look(QString()))->onFinished(this, [this](const Result<Done> &looked) {
        if (looked)
            send();
        else
            fail(looked.error());
    });
}

void ResourceCommand::send()
{
    if (m_order.verb == ResourceVerb::Create) {
        const QStringList namesakes = m_order.shown(QString());
        m_before = QSet<QString>(namesakes.begin(), namesakes.end());
        if (!namesakes.isEmpty() && m_order.looksFirst && m_order.kind != ResourceKind::Prewarm) {
            // Somebody made one meanwhile; two of the same name cannot be told apart.
            fail(Error::make(ErrorKind::Validation, tr("There is one of that name already.")));
            return;
        }
    }
    m_sending = true;
    m_sent = true;
    const auto request = std::exchange(m_order.send, {});
    m_call.reset(request())->onFinished(this, [this](const Result<QString> &sent) { onSent(sent); });
}

void ResourceCommand::onSent(const Result<QString> &sent)
{
    m_sending = false;
    if (m_abandoned) {
        endAbandoned(sent.ok() || sent.error().effectUnknown);
        return;
    }
    if (!sent && !sent.error().effectUnknown) {
        fail(sent.error());
        return;
    }
    if (sent)
        m_told = *sent;
    else if (sent.error().isCanceled()) {
        fail(sent.error()); // the key is gone: nothing can be looked at
        return;
    } else
        m_doubt = sent.error();
    look();
}

void ResourceCommand::look()
{
    const QString id = m_order.verb == ResourceVerb::Create ? m_told : m_order.id;
    m_call.reset(m_order.look(id))->onFinished(this, [this](const Result<Done> &looked) { onLooked(looked); });
}

QString ResourceCommand::effect() const
{
    const QStringList shown = m_order.shown(m_order.verb == ResourceVerb::Create ? m_told : m_order.id);
    for (const QString &id : shown) {
        if (!m_before.contains(id))
            return id;
    }
    return {};
}

void ResourceCommand::onLooked(const Result<Done> &looked)
{
    if (!looked && looked.error().isCanceled()) {
        if (m_doubt)
            fail(*m_doubt);
        else
            endUnconfirmed();
        return;
    }
    if (looked) {
        if (const QString id = effect(); !id.isEmpty()) {
            endConfirmed(id);
            return;
        }
    }
    if (m_looks < m_waits.size()) {
        m_timer.start(m_waits.at(m_looks++));
        return;
    }
    if (!m_doubt) {
        endUnconfirmed();
        return;
    }
    // Some time has passed, and the last look agrees with the server that said that it failed. A change or deletion that had
    // no effect so far may be asked for again without harm.
    if (looked && (m_doubt->kind == ErrorKind::Server || m_order.verb != ResourceVerb::Create))
        m_doubt->effectUnknown = false;
    fail(*m_doubt);
}

void ResourceCommand::endConfirmed(const QString &id)
{
    const QString done = resourceDone(m_order.kind, m_order.verb, m_order.name);
    tell(EventSeverity::Success, done, m_doubt ? m_doubt->toLogString() : QString());
    finish(ResourceOutcome{id, m_order.name, true, m_doubt ? tr("%1 The cloud's answer was lost, but its list shows it.").arg(done) : QString()});
}

void ResourceCommand::endUnconfirmed()
{
    const QString message = resourceUnconfirmed(m_order.verb, m_order.name);
    tell(EventSeverity::Warning, message);
    finish(ResourceOutcome{m_order.verb == ResourceVerb::Create ? m_told : m_order.id, m_order.name, false, message});
}

void ResourceCommand::fail(Error error)
{
    if (error.isCanceled()) {
        if (error.effectUnknown)
            tell(EventSeverity::Warning, resourceInDoubt(m_order.verb, m_order.name));
        finish(error);
        return;
    }
    if (error.apiReason.endsWith(QLatin1String("_IN_USE")) && m_order.usedBy) {
        if (const QString users = m_order.usedBy(); !users.isEmpty())
            error.message = users;
    }
    if (error.effectUnknown)
        tell(EventSeverity::Warning, resourceInDoubt(m_order.verb, m_order.name), error.toLogString());
    else
        tell(EventSeverity::Problem, tr("%1. %2").arg(resourceCouldNot(m_order.kind, m_order.verb, m_order.name), failureText(error)), error.toLogString());
    finish(error);
}

void ResourceCommand::abandon()
{
    m_abandoned = true;
    m_timer.stop();
    // What was under way has its result already: it alone knows whether the request had left.
    if (m_sending && !m_call.isBusy())
        return;
    m_call.reset();
    endAbandoned(m_sent);
}

void ResourceCommand::endAbandoned(bool inDoubt)
{
    Error error = Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"));
    error.effectUnknown = inDoubt;
    fail(error);
}

void ResourceCommand::finish(const Result<ResourceOutcome> &result)
{
    m_order.send = {};
    emit ended();
    for (const QPointer<Call<ResourceOutcome>> &listener : m_listeners) {
        if (listener)
            listener->resolve(result);
    }
    m_listeners.clear();
    deleteLater();
}

void ResourceCommand::tell(EventSeverity severity, const QString &text, const QString &detail) const
{
    ActivityEvent event;
    event.at = m_clock.now();
    event.severity = severity;
    event.source = EventSource::You;
    event.subjectName = m_order.name;
    event.text = text;
    event.detail = detail;
    m_stores.activity.addEvent(std::move(event));
}

} // namespace novita
