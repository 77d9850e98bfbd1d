// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/instancecommand.h"

#include "core/workflows/actionrules.h"
#include "core/workflows/actiontexts.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

/// Waits before the second and third look after a lost reply: the request may still be on its way through the cloud.
constexpr std::array<Milliseconds, 2> kVerifyWaits{Milliseconds(1000), Milliseconds(3000)};

/// A restart may be over before anybody sees it; the start time that would tell has whole seconds. After so long an instance
/// that still, or again, runs counts as restarted.
constexpr Milliseconds kRestartEcho{4000};

/// How far the cloud's clock may be behind ours when it says when a job began.
constexpr Milliseconds kClockDoubt{60000};

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
                                 InstanceRequest request, EventSource by, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_refresher(refresher)
    , m_clock(clock)
    , m_service(client)
    , m_jobs(client)
    , m_before(before)
    , m_request(std::move(request))
    , m_by(by)
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

void InstanceCommand::start(bool partOfBulk, Call<Done> *journal)
{
    m_partOfBulk = partOfBulk;
    m_askedAt = m_clock.now();
    m_stores.instances.setAsked(m_before.id, action(), m_askedAt, m_by);
    if (action() == InstanceAction::SaveImage)
        readJobsFirst();
    else if (journal)
        m_call.reset(journal)->onFinished(this, [this](const Result<Done> &) { send(); });
    else
        send();
}

void InstanceCommand::readJobsFirst()
{
    JobFilter filter;
    filter.type = QStringLiteral("saveImage");
    filter.instance = m_before.id;
    filter.since = m_askedAt - kClockDoubt;
    m_call.reset(m_jobs.list(filter, {RequestPriority::Interactive, true, 0}))->onFinished(this, [this](const Result<RowList<Job>> &read) {
        if (!read && read.error().isCanceled()) {
            fail(read.error());
            return;
        }
        m_jobsKnown = read.ok() && !read->partial;
        if (read)
            m_stores.jobs.upsert(*read);
        m_jobsBefore = QSet<JobId>(m_before.runningJobs.begin(), m_before.runningJobs.end());
        for (const JobId &id : m_stores.jobs.ids()) {
            if (m_stores.jobs.find(id)->instanceId == m_before.id)
                m_jobsBefore.insert(id);
        }
        send();
    });
}

void InstanceCommand::send()
{
    m_asking = true;
    emit sending();
    m_call.reset(m_service.perform(m_before.id, m_request))->onFinished(this, [this](const Result<InstanceActionReply> &reply) { onReply(reply); });
}

void InstanceCommand::onReply(const Result<InstanceActionReply> &reply)
{
    m_asking = false;
    if (reply) {
        accept(*reply);
        return;
    }
    const Error &error = reply.error();
    if (error.kind == ErrorKind::NotFound && action() == InstanceAction::Delete) {
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
    if (action() == InstanceAction::SaveImage) {
        JobFilter filter;
        filter.type = QStringLiteral("saveImage");
        filter.instance = m_before.id;
        filter.since = m_askedAt - kClockDoubt;
        m_call.reset(m_jobs.list(filter))->onFinished(this, [this](const Result<RowList<Job>> &read) { onJobsRead(read); });
        return;
    }
    m_call.reset(m_refresher.refreshInstance(m_before.id, true))->onFinished(this, [this](const Result<Done> &read) { onVerified(read); });
}

void InstanceCommand::onVerified(const Result<Done> &read)
{
    bool told = false;
    if (read) {
        const Instance *now = m_stores.instances.find(m_before.id);
        const std::optional<TimePoint> startedAfter = m_doubt.effectUnknown ? std::nullopt : std::optional(m_askedAt);
        const bool done = now ? tookEffect(m_before, *now, m_request, startedAfter) : action() == InstanceAction::Delete;
        told = !now || canTellEffect(m_before, *now, m_request);
        if (done) {
            accept();
            return;
        }
    } else if (read.error().kind == ErrorKind::NotFound) {
        if (action() == InstanceAction::Delete)
            accept();
        else
            fail(read.error());
        return;
    } else if (read.error().isCanceled()) {
        fail(m_doubt);
        return;
    }
    lookAgainOrFail(told);
}

/// A job of the same instance that nobody had seen before: no other call begins one.
void InstanceCommand::onJobsRead(const Result<RowList<Job>> &read)
{
    if (!read && read.error().isCanceled()) {
        fail(m_doubt);
        return;
    }
    if (read) {
        const auto own = std::find_if(read->begin(), read->end(), [this](const Job &job) { return !m_jobsBefore.contains(job.id); });
        // A refusal speaks for itself: what runs then is somebody else's.
        if (own != read->end() && m_doubt.effectUnknown && m_jobsKnown) {
            accept({m_before.id, {}, own->id, {}});
            return;
        }
    }
    lookAgainOrFail(false); // a job may show later; whoever follows it goes on looking
}

void InstanceCommand::lookAgainOrFail(bool told)
{
    const auto waitsDone = static_cast<std::size_t>(m_verifications) - 1;
    if (m_doubt.effectUnknown && waitsDone < kVerifyWaits.size()) {
        m_retry.start(kVerifyWaits.at(waitsDone));
        return;
    }
    // Read and unchanged: it did not happen. Nothing that tells: nobody knows, and the error keeps saying so.
    m_doubt.effectUnknown = m_doubt.effectUnknown && !told;
    fail(m_doubt);
}

void InstanceCommand::accept(const InstanceActionReply &reply)
{
    ActivityEvent event;
    event.severity = EventSeverity::Info;
    event.text = actiontexts::asked(action(), m_before.name);
    if (!reply.successor.isEmpty())
        event.text += QLatin1Char(' ') + tr("It goes on as %1.").arg(reply.successor.toString());
    tell(event);
    emit accepted(reply.job);
    if (m_abandoned) {
        finish(Done{});
        return;
    }
    if (action() == InstanceAction::Restart) {
        QTimer::singleShot(kRestartEcho, &m_stores.instances, [&store = m_stores.instances, id = m_before.id, at = m_askedAt] {
            forgetUnseenRestart(store, id, at);
        });
    }
    // What shows in no status has nothing to wait for.
    if (!changesStatus(action()))
        m_stores.instances.clearAsked(m_before.id);
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
    event.text = actiontexts::failed(action(), m_before.name, reason);
    if (error.effectUnknown && paysAtOnce(action()))
        event.text = actiontexts::inDoubt(action(), m_before.name, tr("the answer was lost. It is looked for; asked for again before that, it may be paid twice."));
    else if (error.effectUnknown)
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
    event.text = effectUnknown
        ? actiontexts::inDoubt(action(), m_before.name, m_abandoned ? tr("another account was taken up before the cloud had answered.")
                                                                    : tr("the API key was taken out of use before the cloud had answered."))
        : actiontexts::withdrawn(action(), m_before.name, tr("the API key was taken out of use before the request was sent."));
    tell(event);
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
    event.source = m_by;
    event.subjectId = m_before.id.toString();
    event.subjectName = m_before.name;
    m_stores.activity.addEvent(std::move(event));
}

} // namespace novita
