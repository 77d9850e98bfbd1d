// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/instancecommand.h"

#include "core/workflows/actionrules.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <array>
#include <utility>

namespace novita {

namespace {

/// Waits before the second and third look after a lost reply: the request may still be on its way through the cloud.
constexpr std::array<Milliseconds, 2> kVerifyWaits{Milliseconds(1000), Milliseconds(3000)};

/// A restart may be over before anybody sees it; the start time that would tell has whole seconds. After so long an instance
/// that still, or again, runs counts as restarted.
constexpr Milliseconds kRestartEcho{4000};

/// The cloud refused what was asked, and that may be because the instance is in the wanted state already: servers say so in
/// more words than can be listed, so the state decides.
bool mayBeDoneAlready(const Error &error)
{
    return error.kind == ErrorKind::Conflict || (error.kind == ErrorKind::Validation && error.httpStatus >= 400);
}

void forgetUnseenRestart(InstanceStore &store, const InstanceId &id, TimePoint askedAt)
{
    const Instance *row = store.find(id);
    const InstanceExtra *extra = store.extra(id);
    if (row && extra && extra->asked && extra->asked->action == InstanceAction::Restart && extra->asked->at == askedAt
        && row->status == InstanceStatus::Running)
        store.clearAsked(id);
}

} // namespace

InstanceCommand::InstanceCommand(ApiClient &client, Stores &stores, Refresher &refresher, const Clock &clock, const Instance &before,
                                 InstanceAction action, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_refresher(refresher)
    , m_clock(clock)
    , m_service(client)
    , m_before(before)
    , m_action(action)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &InstanceCommand::verify);
}

Call<Done> *InstanceCommand::listen(QObject *callParent)
{
    auto *call = Call<Done>::create(callParent);
    m_listeners.push_back(call);
    return call;
}

void InstanceCommand::start(bool partOfBulk)
{
    m_partOfBulk = partOfBulk;
    m_askedAt = m_clock.now();
    m_stores.instances.setAsked(m_before.id, m_action, m_askedAt);
    m_asking = true;
    m_call.reset(ask())->onFinished(this, [this](const Result<InstanceActionReply> &reply) { onReply(reply); });
}

Call<InstanceActionReply> *InstanceCommand::ask()
{
    switch (m_action) {
    case InstanceAction::Start: return m_service.start(m_before.id);
    case InstanceAction::Stop: return m_service.stop(m_before.id);
    case InstanceAction::Restart: return m_service.restart(m_before.id);
    case InstanceAction::Delete: return m_service.remove(m_before.id);
    default: break;
    }
    return Call<InstanceActionReply>::settledWith(Error::make(ErrorKind::Validation, tr("This action is not a simple command.")), this);
}

void InstanceCommand::onReply(const Result<InstanceActionReply> &reply)
{
    m_asking = false;
    if (reply) {
        accept();
        return;
    }
    const Error &error = reply.error();
    if (error.kind == ErrorKind::NotFound && m_action == InstanceAction::Delete) {
        accept();
    } else if (error.isCanceled() || m_abandoned) {
        // Whoever took the request back, for want of a key or with the account, took the right to look as well.
        fail(error);
    } else if (error.effectUnknown || mayBeDoneAlready(error)) {
        m_doubt = error;
        verify();
    } else {
        fail(error);
    }
}

void InstanceCommand::verify()
{
    ++m_verifications;
    m_call.reset(m_refresher.refreshInstance(m_before.id, true))->onFinished(this, [this](const Result<Done> &read) { onVerified(read); });
}

void InstanceCommand::onVerified(const Result<Done> &read)
{
    bool told = false;
    if (read) {
        const Instance *now = m_stores.instances.find(m_before.id);
        const std::optional<TimePoint> startedAfter = m_doubt.effectUnknown ? std::nullopt : std::optional(m_askedAt);
        const bool done = now ? tookEffect(m_before, *now, m_action, startedAfter) : m_action == InstanceAction::Delete;
        told = !now || canTellEffect(m_before, *now, m_action);
        if (done) {
            accept();
            return;
        }
    } else if (read.error().kind == ErrorKind::NotFound) {
        if (m_action == InstanceAction::Delete)
            accept();
        else
            fail(read.error());
        return;
    } else if (read.error().isCanceled()) {
        fail(m_doubt);
        return;
    }

    const auto waitsDone = static_cast<std::size_t>(m_verifications) - 1;
    if (m_doubt.effectUnknown && waitsDone < kVerifyWaits.size()) {
        m_retry.start(kVerifyWaits.at(waitsDone));
        return;
    }
    // Read and unchanged: it did not happen. Nothing that tells: nobody knows, and the error keeps saying so.
    m_doubt.effectUnknown = m_doubt.effectUnknown && !told;
    fail(m_doubt);
}

void InstanceCommand::accept()
{
    ActivityEvent event;
    event.severity = EventSeverity::Info;
    switch (m_action) {
    case InstanceAction::Start: event.text = tr("Asked the cloud to start “%1”.").arg(m_before.name); break;
    case InstanceAction::Stop: event.text = tr("Asked the cloud to stop “%1”.").arg(m_before.name); break;
    case InstanceAction::Restart: event.text = tr("Asked the cloud to restart “%1”.").arg(m_before.name); break;
    default: event.text = tr("Asked the cloud to delete “%1”.").arg(m_before.name); break;
    }
    tell(event);
    if (m_abandoned) {
        finish(Done{});
        return;
    }
    if (m_action == InstanceAction::Restart) {
        QTimer::singleShot(kRestartEcho, &m_stores.instances, [&store = m_stores.instances, id = m_before.id, at = m_askedAt] {
            forgetUnseenRestart(store, id, at);
        });
    }
    finish(Done{});
    m_refresher.noteOwnAction();
    if (!m_partOfBulk)
        m_refresher.refreshInstance(m_before.id);
}

void InstanceCommand::fail(const Error &error)
{
    if (error.isCanceled())
        tellWithdrawn(error.effectUnknown);
    else
        tellFailure(error);
    if (m_abandoned) {
        finish(error);
        return;
    }
    m_stores.instances.clearAsked(m_before.id);
    const bool stateInDoubt = error.effectUnknown || error.kind == ErrorKind::Conflict || error.kind == ErrorKind::NotFound;
    finish(error);
    if (stateInDoubt)
        m_refresher.noteOwnAction();
}

void InstanceCommand::tellFailure(const Error &error) const
{
    ActivityEvent event;
    event.severity = EventSeverity::Problem;
    const QString reason = failureText(error);
    switch (m_action) {
    case InstanceAction::Start: event.text = tr("“%1” could not be started. %2").arg(m_before.name, reason); break;
    case InstanceAction::Stop: event.text = tr("“%1” could not be stopped. %2").arg(m_before.name, reason); break;
    case InstanceAction::Restart: event.text = tr("“%1” could not be restarted. %2").arg(m_before.name, reason); break;
    default: event.text = tr("“%1” could not be deleted. %2").arg(m_before.name, reason); break;
    }
    if (error.effectUnknown)
        event.text += QLatin1Char(' ') + tr("Whether the request took effect is not known yet; the next refresh will tell.");
    event.detail = error.toLogString() + QLatin1Char('\n') + error.correlationId;
    tell(event);
}

void InstanceCommand::tellWithdrawn(bool effectUnknown) const
{
    // With the account went the wish; what never left needs no word.
    if (m_abandoned && !effectUnknown)
        return;
    ActivityEvent event;
    event.severity = EventSeverity::Warning;
    event.text = effectUnknown ? doubtText() : withdrawnText();
    tell(event);
}

QString InstanceCommand::doubtText() const
{
    const QString why = m_abandoned ? tr("another account was taken up before the cloud had answered.")
                                    : tr("the API key was taken out of use before the cloud had answered.");
    switch (m_action) {
    case InstanceAction::Start: return tr("It is not known whether “%1” was started: %2").arg(m_before.name, why);
    case InstanceAction::Stop: return tr("It is not known whether “%1” was stopped: %2").arg(m_before.name, why);
    case InstanceAction::Restart: return tr("It is not known whether “%1” was restarted: %2").arg(m_before.name, why);
    default: return tr("It is not known whether “%1” was deleted: %2").arg(m_before.name, why);
    }
}

QString InstanceCommand::withdrawnText() const
{
    const QString why = tr("the API key was taken out of use before the request was sent.");
    switch (m_action) {
    case InstanceAction::Start: return tr("“%1” was not started: %2").arg(m_before.name, why);
    case InstanceAction::Stop: return tr("“%1” was not stopped: %2").arg(m_before.name, why);
    case InstanceAction::Restart: return tr("“%1” was not restarted: %2").arg(m_before.name, why);
    default: return tr("“%1” was not deleted: %2").arg(m_before.name, why);
    }
}

/// The client has ended every request of the old account. While the question was under way its result stands and will be
/// delivered: it alone says whether the question had left.
void InstanceCommand::abandon()
{
    m_abandoned = true;
    m_retry.stop();
    if (m_asking && !m_call.isBusy())
        return;
    const bool inDoubt = m_asking || m_doubt.effectUnknown;
    m_call.reset();
    Error error = Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"));
    error.effectUnknown = inDoubt;
    fail(error);
}

void InstanceCommand::finish(const Result<Done> &result)
{
    emit ended();
    for (const QPointer<Call<Done>> &listener : m_listeners) {
        if (listener)
            listener->resolve(result);
    }
    m_listeners.clear();
    deleteLater();
}

void InstanceCommand::tell(ActivityEvent event) const
{
    event.at = m_clock.now();
    event.source = EventSource::You;
    event.subjectId = m_before.id.toString();
    event.subjectName = m_before.name;
    m_stores.activity.addEvent(std::move(event));
}

} // namespace novita
