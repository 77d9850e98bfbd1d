// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/instancecommands.h"

#include "core/base/displaytext.h"
#include "core/cloud/services/instancecalls.h"
#include "core/net/apiclient.h"
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/failuretext.h"
#include "core/workflows/instancecommand.h"
#include "core/workflows/operationname.h"
#include "core/workflows/paymentjournal.h"
#include "core/workflows/previewof.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <QHash>
#include <QPointer>
#include <QSet>

#include <utility>

namespace novita {

namespace {

/// How long an accepted action that the cloud has not followed up keeps others from being asked for. A restart may be over
/// before it is ever seen, so this must not be long.
constexpr Milliseconds kPendingFor{10000};

/// What other programs know of by name.
const char *wordOf(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Start: return "start";
    case InstanceAction::Stop: return "stop";
    case InstanceAction::Delete: return "delete";
    default: return nullptr;
    }
}

} // namespace

class InstanceCommands::Private
{
public:
    ApiClient &client;
    Stores &stores;
    Refresher &refresher;
    Settings &settings;
    const ProfileStore &profiles;
    const Clock &clock;
    QHash<InstanceId, QPointer<InstanceCommand>> running;
    QSet<QString> locked; ///< kDeleteLocks, to be asked for thousands of rows
    PaymentJournal *payments = nullptr;
    struct Taken
    {
        InstanceAction action;
        TimePoint at;
    };
    QHash<InstanceId, Taken> taken; ///< by the cloud, of each the last one
};

InstanceCommands::InstanceCommands(ApiClient &client, Stores &stores, Refresher &refresher, Settings &settings,
                                   const ProfileStore &profiles, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(new Private{client, stores, refresher, settings, profiles, clock, {}, {}, nullptr, {}})
{
    readDeleteLocks();
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kDeleteLocks.name)
            readDeleteLocks();
    });
    // Another account: its instances are not ours to verify.
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] {
        d->taken.clear();
        const QHash<InstanceId, QPointer<InstanceCommand>> running = std::exchange(d->running, {});
        for (const QPointer<InstanceCommand> &command : running) {
            if (command)
                command->abandon();
        }
    });
}

InstanceCommands::~InstanceCommands() = default;

ActionVerdict InstanceCommands::verdict(const InstanceId &id, InstanceAction action) const
{
    const Instance *instance = d->stores.instances.find(id);
    if (!instance)
        return {false, tr("The instance is not there any more.")};
    const InstanceExtra *extra = d->stores.instances.extra(id);
    const std::optional<Profile> profile = d->profiles.active();
    ActionCircumstances circumstances;
    circumstances.hasKey = d->client.hasKey();
    circumstances.readOnly = profile && profile->readOnly;
    circumstances.deleteLocked = action == InstanceAction::Delete && isDeleteLocked(id);
    circumstances.pending = d->running.contains(id) || (extra && extra->asked && d->clock.now() - extra->asked->at < kPendingFor);
    circumstances.paymentInDoubt = d->payments && d->payments->isInDoubt(id);
    return actionVerdict(*instance, circumstances, action);
}

LossPreview InstanceCommands::lossOf(const InstanceId &id, InstanceAction action) const
{
    const Instance *instance = d->stores.instances.find(id);
    return instance ? lossPreview(*instance, action) : LossPreview{};
}

Call<Done> *InstanceCommands::run(const InstanceId &id, const InstanceRequest &request, EventSource by)
{
    return command(id, request, by, false);
}

QString InstanceCommands::operationId(const InstanceId &id, InstanceAction action) const
{
    const auto last = d->taken.constFind(id);
    const char *word = wordOf(action);
    if (last == d->taken.constEnd() || last->action != action || !word)
        return {};
    return operationName(QLatin1String(word), last->at, id);
}

QList<DraftProblem> InstanceCommands::problems(const InstanceId &id, const InstanceRequest &request) const
{
    const Instance *instance = d->stores.instances.find(id);
    return instance ? request.problems(*instance, d->stores.products.find(instance->productId)) : QList<DraftProblem>();
}

RequestPreview InstanceCommands::preview(const InstanceId &id, const InstanceRequest &request) const
{
    return previewOf(d->client.config().apiRoot, instancecalls::action(id, request));
}

bool InstanceCommands::isForSeveral(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Edit:
    case InstanceAction::Upgrade:
    case InstanceAction::SaveImage:
    case InstanceAction::Clone: return false;
    default: return true;
    }
}

std::optional<Error> InstanceCommands::refusal(const InstanceId &id, const InstanceRequest &request) const
{
    if (const ActionVerdict answer = verdict(id, request.action()); !answer.allowed)
        return Error::make(ErrorKind::Validation, answer.reason);
    if (!request.isComplete())
        return Error::make(ErrorKind::Validation, tr("This action needs more than its name."));
    QStringList sentences;
    for (const DraftProblem &problem : problems(id, request))
        sentences.append(problem.message);
    if (sentences.isEmpty())
        return std::nullopt;
    Error error = Error::make(ErrorKind::Validation, sentences.first());
    error.detail = sentences.join(QLatin1Char('\n'));
    return error;
}

Call<Done> *InstanceCommands::command(const InstanceId &id, const InstanceRequest &request, EventSource by, bool partOfBulk)
{
    // The same wish once more is the same command: a double click sends one request.
    if (const QPointer<InstanceCommand> known = d->running.value(id); known && known->request() == request)
        return known->listen(this);
    if (const std::optional<Error> refused = refusal(id, request))
        return Call<Done>::settledWith(*refused, this);

    const Instance before = *d->stores.instances.find(id);
    auto *started = new InstanceCommand(d->client, d->stores, d->refresher, d->clock, before, request, by, this);
    d->running.insert(id, started);
    connect(started, &InstanceCommand::ended, this, [this, id, started] {
        if (d->running.value(id) == started)
            d->running.remove(id);
    });
    if (request.action() == InstanceAction::SaveImage)
        connect(started, &InstanceCommand::accepted, this, [this, id](const JobId &job) { emit imageJobBegun(id, job); });
    started->listen(this)->onFinished(this, [this, before, request, account = d->stores.instances.account()](const Result<Done> &result) {
        if (account != d->stores.instances.account())
            return; // those who hear of it know nothing of that instance, or of another one by its id
        if (result) {
            d->taken.insert(before.id, {request.action(), d->clock.now()});
            emit taken(before, request.action());
        } else {
            emit notTaken(before, request, result.error());
        }
    });
    Call<Done> *call = started->listen(this);
    connect(started, &InstanceCommand::sending, this, [this, before, request] { emit asked(before, request); });
    started->start(partOfBulk, d->payments && paysAtOnce(request.action()) ? d->payments->sending(before, request) : nullptr);
    return call;
}

QList<BulkRow> InstanceCommands::planBulk(const QList<InstanceId> &ids, InstanceAction action) const
{
    QList<BulkRow> rows;
    rows.reserve(ids.size());
    for (const InstanceId &id : ids) {
        const Instance *instance = d->stores.instances.find(id);
        const ActionVerdict answer = verdict(id, action);
        rows.append({id, instance ? instance->displayName() : displayLine(id.toString()), answer.allowed ? BulkRow::State::Waiting : BulkRow::State::Skipped,
                     answer.reason});
    }
    return rows;
}

BulkRun *InstanceCommands::runBulk(const QList<InstanceId> &ids, const InstanceRequest &request)
{
    return runPlan(planBulk(ids, request.action()), request);
}

BulkRun *InstanceCommands::runPlan(QList<BulkRow> plan, const InstanceRequest &request)
{
    for (BulkRow &row : plan) {
        if (row.state != BulkRow::State::Waiting)
            continue;
        if (const ActionVerdict answer = verdict(row.id, request.action()); !answer.allowed) {
            row.state = BulkRow::State::Skipped;
            row.message = answer.reason;
        }
    }
    auto *run = new BulkRun(request, std::move(plan), this);
    connect(&d->stores.instances, &EntityStoreBase::wasReset, run, &BulkRun::cancelRest);
    pump(run);
    return run;
}

BulkRun *InstanceCommands::retryFailed(const BulkRun &run)
{
    QList<InstanceId> ids;
    for (const BulkRow &row : run.rows()) {
        if (row.state == BulkRow::State::Failed || row.state == BulkRow::State::Canceled)
            ids.append(row.id);
    }
    return runBulk(ids, run.request());
}

void InstanceCommands::pump(BulkRun *run)
{
    const int parallel = d->settings.value(keys::kBulkParallel);
    while (run->m_running < parallel) {
        const qsizetype row = run->takeNext();
        if (row < 0)
            break;
        command(run->rows().at(row).id, run->request(), EventSource::You, true)->onFinished(run, [this, run, row](const Result<Done> &result) {
            // What may be repeated by itself may be repeated by a person's wish.
            const bool doubtful = !result && result.error().effectUnknown && !instancecalls::action(run->rows().at(row).id, run->request()).isIdempotent();
            if (result)
                run->setRow(row, BulkRow::State::Done);
            else if (doubtful)
                run->setRow(row, BulkRow::State::Unknown, tr("%1 Whether it took effect is not known: look before you ask for it again.").arg(failureText(result.error())));
            else if (result.error().isCanceled())
                run->setRow(row, BulkRow::State::Canceled);
            else
                run->setRow(row, BulkRow::State::Failed, failureText(result.error()));
            pump(run);
        });
    }
    run->finishIfDone();
}

void InstanceCommands::setPaymentJournal(PaymentJournal *journal)
{
    d->payments = journal;
}

bool InstanceCommands::isDeleteLocked(const InstanceId &id) const
{
    return d->locked.contains(id.toString());
}

void InstanceCommands::setDeleteLocked(const QList<InstanceId> &ids, bool locked)
{
    QStringList wanted = d->settings.value(keys::kDeleteLocks);
    QSet<QString> touched;
    for (const InstanceId &id : ids) {
        if (d->locked.contains(id.toString()) == locked || touched.contains(id.toString()))
            continue;
        touched.insert(id.toString());
        if (locked)
            wanted.append(id.toString());
    }
    if (touched.isEmpty())
        return;
    if (!locked)
        wanted.removeIf([&touched](const QString &id) { return touched.contains(id); });
    if (const Result<Done> stored = d->settings.setValue(keys::kDeleteLocks, wanted); !stored) {
        d->stores.activity.addEvent({0, d->clock.now(), EventSeverity::Problem, EventSource::System, ids.size() == 1 ? ids.first().toString() : QString(), {},
                                     tr("The delete lock could not be saved."), stored.error().message});
    }
}

void InstanceCommands::readDeleteLocks()
{
    const QStringList locks = d->settings.value(keys::kDeleteLocks);
    d->locked = QSet<QString>(locks.begin(), locks.end());
}

} // namespace novita
