// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/createrun.h"

#include "core/workflows/createjournal.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <numeric>

namespace novita {

CreateRun::CreateRun(ApiClient &client, Stores &stores, Refresher &refresher, const Clock &clock, InstanceDraft draft, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_refresher(refresher)
    , m_clock(clock)
    , m_service(client)
    , m_draft(std::move(draft))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CreateRun::search);
    m_searchEnd.setSingleShot(true);
    connect(&m_searchEnd, &QTimer::timeout, this, &CreateRun::giveUpSearching);
    m_trace.name = m_draft.name;
    m_trace.productId = m_draft.productId;
    const QList<InstanceId> &known = m_stores.instances.ids();
    m_trace.knownBefore = QSet<InstanceId>(known.begin(), known.end());
    for (const InstanceId &id : known) {
        if (m_stores.instances.find(id)->name == m_draft.name)
            m_namesakes.insert(id);
    }
}

void CreateRun::setJournal(CreateJournal *journal, const BatchPlace &place)
{
    m_journal = journal;
    m_place = place;
}

Call<CreateOutcome> *CreateRun::listen(QObject *callParent)
{
    auto *call = Call<CreateOutcome>::create(callParent);
    m_listeners.push_back(call);
    return call;
}

void CreateRun::start(bool lookAtTheListFirst, const std::optional<CreateTrace> &earlier)
{
    m_earlier = earlier;
    m_trace.knowsAll = !lookAtTheListFirst;
    if (lookAtTheListFirst || earlier)
        lookFirst();
    else
        writeDown();
}

void CreateRun::startSearching(const OperationId &operation, const CreateTrace &sent)
{
    m_operation = operation;
    m_trace = sent;
    m_answerLost = true;
    m_loss = Error::make(ErrorKind::Network, tr("The program ended before the cloud had answered."));
    m_loss.effectUnknown = true;
    boundSearch();
    search();
}

/// Why a list without a match does not say that what was `sent` is not there.
std::optional<QString> CreateRun::doubtAfter(const RowList<Instance> &rows, const CreateTrace &sent) const
{
    if (rows.partial)
        return tr("It is still not known whether “%1” was created: the list of instances could not be read completely. Try again in a moment.").arg(m_draft.name);
    if (sent.leavesDoubt(rows))
        return tr("It is still not known whether “%1” was created: there is an instance of that name, but it may be an older one. "
                  "Look at the list; choose another name to create one all the same.").arg(m_draft.name);
    return std::nullopt;
}

void CreateRun::startLookingAgain(const OperationId &operation, const CreateTrace &sent)
{
    m_operation = operation;
    m_trace = sent;
    m_answerLost = true;
    m_loss = Error::make(ErrorKind::Network, tr("The cloud's answer to the creation was lost."));
    m_loss.effectUnknown = true;
    boundSearch();
    m_call.reset(m_service.findByName(m_draft.name))->onFinished(this, [this](const Result<RowList<Instance>> &rows) { onLookedAgain(rows); });
}

void CreateRun::onLookedAgain(const Result<RowList<Instance>> &rows)
{
    if (!rows) {
        endUnknown(tr("It is still not known whether “%1” was created: the instances could not be read. %2").arg(m_draft.name, failureText(rows.error())));
        return;
    }
    if (const Instance *ours = m_trace.match(*rows)) {
        adopt(ours->id);
        return;
    }
    endUnknown(doubtAfter(*rows, m_trace).value_or(tr("“%1” was not found: the cloud lists no such instance now. It may still appear and cost money.").arg(m_draft.name)));
}

/// A search can wait without end for a key or for a pause to pass: the person is told before.
void CreateRun::boundSearch()
{
    constexpr std::chrono::seconds kForAnswers{60};
    m_searchEnd.start(std::accumulate(m_waits.begin(), m_waits.end(), Milliseconds(0)) + kForAnswers);
}

void CreateRun::lookFirst()
{
    m_call.reset(m_service.findByName(m_draft.name))->onFinished(this, [this](const Result<RowList<Instance>> &rows) {
        if (!rows) {
            // Nothing was sent yet, so nothing can be doubled: better no create than one that could not be told apart.
            tell(EventSeverity::Problem, tr("“%1” was not created. %2").arg(m_draft.name, failureText(rows.error())), {});
            finish(rows.error());
            return;
        }
        const Instance *ours = m_earlier ? m_earlier->match(*rows) : nullptr;
        if (ours) {
            adopt(ours->id);
            return;
        }
        if (const std::optional<QString> doubt = m_earlier ? doubtAfter(*rows, *m_earlier) : std::nullopt) {
            m_trace = *m_earlier;
            m_answerLost = true;
            endUnknown(*doubt);
            return;
        }
        for (const Instance &row : *rows) {
            m_trace.knownBefore.insert(row.id);
            m_namesakes.insert(row.id);
        }
        m_trace.knowsAll = m_trace.knowsAll || !rows->partial;
        writeDown();
    });
}

void CreateRun::writeDown()
{
    m_trace.askedAt = m_clock.now();
    if (!m_journal) {
        send();
        return;
    }
    m_operation = OperationLog::newId();
    CreateTrace kept = m_trace;
    kept.knownBefore = m_namesakes;
    m_call.reset(m_journal->sending(m_operation, m_place, kept))->onFinished(this, [this](const Result<Done> &) { send(); });
}

void CreateRun::send()
{
    m_trace.askedAt = m_clock.now();
    m_sent = true;
    m_call.reset(m_service.create(m_draft))->onFinished(this, [this](const Result<InstanceId> &created) { onCreated(created); });
}

void CreateRun::onCreated(const Result<InstanceId> &created)
{
    m_sent = false;
    if (m_abandoned) {
        endAbandoned(created.ok() || created.error().effectUnknown);
        return;
    }
    if (created && !created->isEmpty()) {
        tell(EventSeverity::Info, tr("Asked the cloud to create “%1”.").arg(m_draft.name), *created);
        m_refresher.refreshInstance(*created, true);
        finish(CreateOutcome{CreateOutcome::Kind::Created, *created, m_draft.name, {}});
        return;
    }
    // An answer without an id says that it was made and not what it is called.
    if (created || created.error().effectUnknown) {
        m_loss = created ? Error::make(ErrorKind::Protocol, tr("The answer held no id.")) : created.error();
        m_loss.effectUnknown = true;
        m_answerLost = true;
        boundSearch();
        searchLater();
        return;
    }
    if (!created.error().isCanceled()) {
        tell(EventSeverity::Problem, tr("“%1” could not be created. %2").arg(m_draft.name, failureText(created.error())), {},
             created.error().toLogString());
    }
    finish(created.error());
}

void CreateRun::searchLater()
{
    if (m_searches < m_waits.size()) {
        m_timer.start(m_waits.at(m_searches++));
        return;
    }
    if (m_loss.kind == ErrorKind::Server && m_lastSearchWhole) {
        // The server said that it failed, and the last look at the whole list agrees.
        tell(EventSeverity::Problem, tr("“%1” could not be created. %2").arg(m_draft.name, failureText(m_loss)), {}, m_loss.toLogString());
        m_loss.effectUnknown = false;
        finish(m_loss);
        return;
    }
    endUnknown(tr("It is not known whether “%1” was created: the cloud's answer was lost, and no instance of that "
                  "name has appeared so far. Look at the list before you try again.").arg(m_draft.name));
}

void CreateRun::endUnknown(const QString &message)
{
    tell(EventSeverity::Warning, message, {}, m_loss.toLogString());
    finish(CreateOutcome{CreateOutcome::Kind::Unknown, {}, m_draft.name, message});
}

void CreateRun::search()
{
    m_call.reset(m_service.findByName(m_draft.name))->onFinished(this, [this](const Result<RowList<Instance>> &rows) {
        m_lastSearchWhole = rows && !rows->partial;
        const Instance *ours = rows ? m_trace.match(*rows) : nullptr;
        if (ours)
            adopt(ours->id);
        else if (!rows && rows.error().isCanceled())
            giveUpSearching(); // the key is gone, and nothing will be read for now
        else
            searchLater();
    });
}

void CreateRun::giveUpSearching()
{
    endUnknown(tr("It is not known whether “%1” was created: the cloud's answer was lost, and the list of instances cannot be read. Look at the "
                  "list before you try again.").arg(m_draft.name));
}

void CreateRun::adopt(const InstanceId &id)
{
    const QString message = tr("The cloud's answer to the creation of “%1” was lost, but the instance is there.").arg(m_draft.name);
    tell(EventSeverity::Success, message, id);
    m_refresher.refreshInstance(id, true);
    finish(CreateOutcome{CreateOutcome::Kind::Adopted, id, m_draft.name, message});
}

void CreateRun::abandon()
{
    m_abandoned = true;
    m_timer.stop();
    m_searchEnd.stop();
    // Only the client knows whether the request had left; its answer is on the way.
    if (m_sent)
        return;
    m_call.reset();
    endAbandoned(m_answerLost);
}

void CreateRun::endAbandoned(bool inDoubt)
{
    if (inDoubt) {
        tell(EventSeverity::Warning, tr("It is not known whether “%1” was created: another account was taken up before the cloud had answered.")
                                         .arg(m_draft.name), {});
    }
    Error error = Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"));
    error.effectUnknown = inDoubt;
    finish(error);
}

void CreateRun::finish(const Result<CreateOutcome> &result)
{
    m_timer.stop();
    m_searchEnd.stop();
    m_call.reset();
    if (result || !result.error().isCanceled())
        m_refresher.noteOwnAction();
    // Whoever watches the start writes that down first: a kill in between leaves a create that is looked for once more, not an
    // instance that nobody watches.
    emit ended(result);
    if (m_journal && !m_operation.isEmpty())
        m_journal->ended(m_operation, result);
    for (const QPointer<Call<CreateOutcome>> &listener : m_listeners) {
        if (listener)
            listener->resolve(result);
    }
    m_listeners.clear();
    deleteLater();
}

void CreateRun::tell(EventSeverity severity, const QString &text, const InstanceId &id, const QString &detail) const
{
    ActivityEvent event;
    event.at = m_clock.now();
    event.severity = severity;
    event.source = m_by;
    event.subjectId = id.toString();
    event.subjectName = m_draft.name;
    event.text = text;
    event.detail = detail;
    m_stores.activity.addEvent(std::move(event));
}

} // namespace novita
