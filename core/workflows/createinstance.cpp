// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/createinstance.h"

#include "core/cloud/services/instancecalls.h"
#include "core/net/apiclient.h"
#include "core/settings/profilestore.h"
#include "core/workflows/createjournal.h"
#include "core/workflows/createrun.h"
#include "core/workflows/previewof.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <QSet>
#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

namespace novita {

namespace {

/// A list younger than this is good enough to know what was there before a create.
constexpr std::chrono::minutes kListStaysGood{2};

} // namespace

class CreateInstance::Private
{
public:
    struct Running
    {
        InstanceDraft wish; ///< as asked for, before a name was made
        QPointer<CreateRun> run;
    };

    Private(ApiClient &apiClient, Stores &allStores, Refresher &theRefresher, const ProfileStore &allProfiles, const Clock &theClock)
        : client(apiClient)
        , stores(allStores)
        , refresher(theRefresher)
        , profiles(allProfiles)
        , clock(theClock)
    {}

    ApiClient &client;
    Stores &stores;
    Refresher &refresher;
    const ProfileStore &profiles;
    const Clock &clock;
    QList<Milliseconds> searchWaits{Milliseconds(500), Milliseconds(1000), Milliseconds(2000), Milliseconds(4000), Milliseconds(8000),
                                    Milliseconds(14000)};
    CreateJournal *journal = nullptr;
    CallGuard unfinished;
    std::vector<Running> running;
    /// Creates whose answer was lost and whose instance was not found: the same wish looks for it before it sends anything.
    struct Unknown
    {
        InstanceDraft wish;
        CreateTrace trace;
        OperationId operation;
        BatchPlace place;

        bool isAbout(const InstanceDraft &other, const BatchPlace &at) const { return wish == other || (!at.batch.isEmpty() && place == at); }
    };
    std::vector<Unknown> unknown;

    std::optional<Error> refusal(const InstanceDraft &draft) const;
    bool knowsTheList() const;
    std::optional<CreateTrace> traceOf(const InstanceDraft &wish, const BatchPlace &place) const;
    void keepUnknown(const UnfinishedCreate &create);
    void remember(const InstanceDraft &wish, const CreateRun &run, const Result<CreateOutcome> &result);
    struct TurnedUp
    {
        CreateOutcome outcome;
        OperationId operation;
    };
    std::vector<TurnedUp> takeTurnedUp(const QStringList &inserted);
};

/// What speaks against sending `draft`.
std::optional<Error> CreateInstance::Private::refusal(const InstanceDraft &draft) const
{
    if (!client.hasKey())
        return Error::make(ErrorKind::Unauthorized, CreateInstance::tr("No API key is set. Connect an account first."));
    const std::optional<Profile> profile = profiles.active();
    if (profile && profile->readOnly)
        return Error::make(ErrorKind::Validation, CreateInstance::tr("The profile is read-only."));
    QStringList lines;
    for (const DraftProblem &problem : draft.problems(stores.products.find(draft.productId)))
        lines.append(problem.message);
    if (lines.isEmpty())
        return std::nullopt;
    return Error::make(ErrorKind::Validation, lines.constFirst(), lines.join(QLatin1Char('\n')));
}

bool CreateInstance::Private::knowsTheList() const
{
    const std::optional<TimePoint> at = stores.instances.refreshedAt();
    return at && stores.instances.isWhole() && stores.instances.missedRefreshes() == 0 && std::chrono::abs(clock.now() - *at) < kListStaysGood;
}

std::optional<CreateTrace> CreateInstance::Private::traceOf(const InstanceDraft &wish, const BatchPlace &place) const
{
    const auto known = std::find_if(unknown.begin(), unknown.end(), [&](const Unknown &entry) { return entry.isAbout(wish, place); });
    return known == unknown.end() ? std::nullopt : std::optional(known->trace);
}

/// Of an earlier run: of its draft only what a search needs is known.
void CreateInstance::Private::keepUnknown(const UnfinishedCreate &create)
{
    const bool known = std::any_of(unknown.begin(), unknown.end(), [&create](const Unknown &entry) { return entry.operation == create.operation; });
    if (known || create.place.batch.isEmpty())
        return;
    InstanceDraft draft;
    draft.name = create.trace.name;
    draft.productId = create.trace.productId;
    unknown.push_back({draft, create.trace, create.operation, create.place});
}

void CreateInstance::Private::remember(const InstanceDraft &wish, const CreateRun &run, const Result<CreateOutcome> &result)
{
    const bool found = result && result->kind != CreateOutcome::Kind::Unknown;
    // A run that ended before it sent anything, or was refused, leaves the question about an earlier one open.
    if (!found && !run.isAnswerLost())
        return;
    OperationId operation = run.operation();
    std::erase_if(unknown, [&](const Unknown &entry) {
        if (!entry.isAbout(wish, run.place()))
            return false;
        // What was asked for then is what this run was about: it has sent nothing of its own, or the same.
        if (found && journal && !entry.operation.isEmpty())
            journal->ended(entry.operation, result);
        else if (operation.isEmpty())
            operation = entry.operation;
        return true;
    });
    if (!found)
        unknown.push_back({wish, run.trace(), operation, run.place()});
}

/// Those whose instance is among the rows that have just come.
std::vector<CreateInstance::Private::TurnedUp> CreateInstance::Private::takeTurnedUp(const QStringList &inserted)
{
    std::vector<TurnedUp> found;
    if (unknown.empty())
        return found;
    QList<Instance> rows;
    for (const QString &id : inserted) {
        if (const Instance *row = stores.instances.find(InstanceId(id)))
            rows.append(*row);
    }
    std::erase_if(unknown, [&](const Unknown &entry) {
        const bool searched = std::any_of(running.begin(), running.end(), [&entry](const Running &one) {
            return one.run && !entry.operation.isEmpty() && one.run->operation() == entry.operation;
        });
        const Instance *ours = searched ? nullptr : entry.trace.match(rows); // whoever looks for it will tell
        if (!ours)
            return false;
        const QString message = CreateInstance::tr("“%1” was created after all.").arg(entry.trace.name);
        found.push_back({{CreateOutcome::Kind::Adopted, ours->id, entry.trace.name, message}, entry.operation});
        return true;
    });
    return found;
}

CreateInstance::CreateInstance(ApiClient &client, Stores &stores, Refresher &refresher, const ProfileStore &profiles, const Clock &clock,
                               QObject *parent)
    : QObject(parent)
    , d(new Private(client, stores, refresher, profiles, clock))
{
    connect(&stores.instances, &EntityStoreBase::inserted, this, [this](const QStringList &ids) {
        for (const auto &[outcome, operation] : d->takeTurnedUp(ids)) {
            emit made(outcome);
            emit turnedUp(outcome);
            if (d->journal && !operation.isEmpty())
                d->journal->ended(operation, outcome);
        }
    });
    // Another account: neither what runs nor what was left open there means anything here.
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] {
        d->unknown.clear();
        d->unfinished.reset();
        for (const Private::Running &entry : std::exchange(d->running, {})) {
            if (entry.run)
                entry.run->abandon();
        }
    });
}

CreateInstance::~CreateInstance() = default;

Call<CreateOutcome> *CreateInstance::create(const InstanceDraft &wish, const BatchPlace &place, EventSource by)
{
    for (const Private::Running &other : d->running) {
        if (other.run && other.wish == wish)
            return other.run->listen(this);
    }
    const std::optional<CreateTrace> earlier = d->traceOf(wish, place);
    InstanceDraft draft = wish;
    if (earlier)
        draft.name = earlier->name;
    else
        draft.name = freeName(wish.name.isEmpty() ? defaultName(d->stores.products.find(wish.productId)) : wish.name);
    if (const std::optional<Error> refusal = d->refusal(draft))
        return Call<CreateOutcome>::settledWith(*refusal, this);

    auto *run = new CreateRun(d->client, d->stores, d->refresher, d->clock, draft, this);
    run->setSearchWaits(d->searchWaits);
    run->setJournal(d->journal, place);
    run->setSource(by);
    d->running.push_back({wish, run});
    connect(run, &CreateRun::ended, this, [this, run, wish](const Result<CreateOutcome> &result) {
        const auto removed = std::erase_if(d->running, [run](const Private::Running &entry) { return !entry.run || entry.run == run; });
        if (removed > 0)
            d->remember(wish, *run, result);
        if (result && result->kind != CreateOutcome::Kind::Unknown)
            emit made(*result);
        else if (!result && !result.error().isCanceled())
            emit failed(run->draft(), result.error());
    });
    Call<CreateOutcome> *call = run->listen(this);
    run->start(!d->knowsTheList(), earlier);
    return call;
}

Call<CreateOutcome> *CreateInstance::lookAgain(const BatchPlace &place)
{
    const auto known = std::find_if(d->unknown.begin(), d->unknown.end(), [&place](const Private::Unknown &entry) { return entry.place == place; });
    if (place.batch.isEmpty() || known == d->unknown.end())
        return Call<CreateOutcome>::settledWith(CreateOutcome{CreateOutcome::Kind::Unknown, {}, {}, tr("What was sent is not known any more. Look at the list.")}, this);
    const Private::Unknown sought = *known;
    InstanceDraft draft = sought.wish;
    draft.name = sought.trace.name;
    auto *run = new CreateRun(d->client, d->stores, d->refresher, d->clock, draft, this);
    run->setJournal(d->journal, place);
    d->running.push_back({draft, run});
    connect(run, &CreateRun::ended, this, [this, run, sought](const Result<CreateOutcome> &result) {
        const auto removed = std::erase_if(d->running, [run](const Private::Running &entry) { return !entry.run || entry.run == run; });
        if (removed == 0 || !result || result->kind == CreateOutcome::Kind::Unknown)
            return;
        std::erase_if(d->unknown, [&sought](const Private::Unknown &entry) { return entry.isAbout(sought.wish, sought.place); });
        emit made(*result);
    });
    Call<CreateOutcome> *call = run->listen(this);
    run->startLookingAgain(sought.operation, sought.trace);
    return call;
}

void CreateInstance::recall(const Operation &closed)
{
    if (const std::optional<UnfinishedCreate> create = d->journal ? d->journal->recall(closed) : std::nullopt)
        d->keepUnknown(*create);
}

RequestPreview CreateInstance::preview(const InstanceDraft &wish) const
{
    return previewOf(d->client.config().apiRoot, instancecalls::create(wish));
}

void CreateInstance::setJournal(CreateJournal *journal)
{
    d->journal = journal;
}

void CreateInstance::resume()
{
    if (!d->journal)
        return;
    d->unfinished.reset(d->journal->takeUnfinished())->onFinished(this, [this](const Result<QList<UnfinishedCreate>> &open) {
        for (const UnfinishedCreate &create : open.valueOr({})) {
            InstanceDraft draft;
            draft.name = create.trace.name;
            draft.productId = create.trace.productId;
            auto *run = new CreateRun(d->client, d->stores, d->refresher, d->clock, draft, this);
            run->setSearchWaits(d->searchWaits);
            run->setJournal(d->journal, create.place);
            d->running.push_back({draft, run}); // its name is taken until it is known what became of it
            connect(run, &CreateRun::ended, this, [this, run, draft, create](const Result<CreateOutcome> &result) {
                const auto removed = std::erase_if(d->running, [run](const Private::Running &entry) { return !entry.run || entry.run == run; });
                if (removed == 0)
                    return; // another account
                if (result && result->kind != CreateOutcome::Kind::Unknown)
                    std::erase_if(d->unknown, [&create](const Private::Unknown &entry) { return entry.operation == create.operation; });
                if (result && result->kind != CreateOutcome::Kind::Unknown)
                    emit made(*result);
                else
                    d->keepUnknown(create);
                emit resumed(create.operation, create.place, result);
            });
            run->startSearching(create.operation, create.trace);
        }
    });
}

QString CreateInstance::freeName(const QString &wanted) const
{
    QSet<QString> taken;
    for (const InstanceId &id : d->stores.instances.ids())
        taken.insert(d->stores.instances.find(id)->name);
    for (const Private::Running &entry : d->running) {
        if (entry.run)
            taken.insert(entry.run->draft().name);
    }
    return freeNameAmong(wanted, taken);
}

void CreateInstance::setSearchWaits(const QList<Milliseconds> &waits)
{
    d->searchWaits = waits;
}

} // namespace novita
