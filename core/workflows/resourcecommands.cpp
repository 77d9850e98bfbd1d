// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/resourcecommands.h"

#include "core/cloud/services/gpuservices.h"
#include "core/cloud/services/mappedcall.h"
#include "core/net/apiclient.h"
#include "core/workflows/refresher.h"
#include "core/workflows/resourcecommand.h"
#include "core/workflows/resourceuse.h"
#include "core/workflows/resourceverdicts.h"
#include "core/workflows/stores.h"

#include <QHash>

#include <utility>

namespace novita {

namespace {

template<typename Id>
Call<QString> *idText(QObject *parent, Call<Id> *call)
{
    return mappedCall<QString, Id>(parent, call, [](const Result<Id> &id) { return id ? Result<QString>(id->toString()) : id.error(); });
}

Call<QString> *noId(QObject *parent, Call<Done> *call)
{
    return mappedCall<QString, Done>(parent, call, [](const Result<Done> &done) { return done ? Result<QString>(QString()) : done.error(); });
}

/// Ids of the rows of `store` that `fits` picks; of `id` alone when that is given.
template<typename Entity, typename Fits>
QStringList fitting(const EntityStore<Entity> &store, const QString &id, Fits fits)
{
    using Id = typename EntityStore<Entity>::Id;
    if (!id.isEmpty()) {
        const Entity *row = store.find(Id(id));
        return row && fits(*row) ? QStringList{id} : QStringList();
    }
    QStringList out;
    for (const Id &one : store.ids()) {
        if (fits(*store.find(one)))
            out.append(one.toString());
    }
    return out;
}

template<typename Entity>
QStringList missing(const EntityStore<Entity> &store, const QString &id)
{
    return store.contains(typename EntityStore<Entity>::Id(id)) ? QStringList() : QStringList{id};
}

DataKind dataKind(ResourceKind kind)
{
    switch (kind) {
    case ResourceKind::Template: return DataKind::Templates;
    case ResourceKind::RegistryAuth: return DataKind::RegistryAuths;
    case ResourceKind::Storage: return DataKind::Storages;
    case ResourceKind::Network: return DataKind::Networks;
    case ResourceKind::Prewarm: break;
    }
    return DataKind::Prewarms;
}

} // namespace

class ResourceCommands::Private
{
public:
    Call<QString> *sendRemoval(ResourceKind kind, const QString &id, QObject *parent) const;
    QStringList shownGone(ResourceKind kind, const QString &id) const;

    ApiClient &client;
    Stores &stores;
    Refresher &refresher;
    ResourceVerdicts verdicts;
    const Clock &clock;
    QList<Milliseconds> waits;
    QHash<QString, QPointer<ResourceCommand>> running; ///< by runKey()
};

namespace {

/// `wish`: what tells one creation from another.
QString runKey(ResourceKind kind, const QString &id, const QString &wish)
{
    return QStringLiteral("%1/%2").arg(static_cast<int>(kind)).arg(id.isEmpty() ? QLatin1Char('+') + wish : QLatin1Char('=') + id);
}

QString wishIn(const ClusterId &cluster, const QString &name)
{
    return cluster.toString() + QLatin1Char('\n') + name;
}

} // namespace

Call<QString> *ResourceCommands::Private::sendRemoval(ResourceKind kind, const QString &id, QObject *parent) const
{
    const ResourceService resources(client);
    switch (kind) {
    case ResourceKind::Template: return noId(parent, TemplateService(client).remove(TemplateId(id)));
    case ResourceKind::RegistryAuth: return noId(parent, resources.removeRegistryAuth(RegistryAuthId(id)));
    case ResourceKind::Storage: return noId(parent, resources.removeStorage(StorageId(id)));
    case ResourceKind::Network: return noId(parent, resources.removeNetwork(NetworkId(id)));
    case ResourceKind::Prewarm: break;
    }
    return noId(parent, PrewarmService(client).remove({PrewarmId(id)}));
}

QStringList ResourceCommands::Private::shownGone(ResourceKind kind, const QString &id) const
{
    switch (kind) {
    case ResourceKind::Template: return missing(stores.templates, id);
    case ResourceKind::RegistryAuth: return missing(stores.registryAuths, id);
    case ResourceKind::Storage: return missing(stores.storages, id);
    case ResourceKind::Network: return missing(stores.networks, id);
    case ResourceKind::Prewarm: break;
    }
    return missing(stores.prewarms, id);
}

ResourceCommands::ResourceCommands(ApiClient &client, Stores &stores, Refresher &refresher, const ProfileStore &profiles, const Clock &clock,
                                   QObject *parent)
    : QObject(parent)
    , d(new Private{client, stores, refresher,
                  ResourceVerdicts(client, stores, profiles, [this](ResourceKind kind, const QString &id) { return isBusy(kind, id); }), clock,
                  {Milliseconds(1000), Milliseconds(2000), Milliseconds(3000), Milliseconds(4000)}, {}})
{
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] {
        const auto running = std::exchange(d->running, {});
        for (const QPointer<ResourceCommand> &command : running) {
            if (command)
                command->abandon();
        }
        emit pendingChanged();
    });
}

ResourceCommands::~ResourceCommands() = default;

void ResourceCommands::setLookWaits(const QList<Milliseconds> &waits)
{
    d->waits = waits;
}

// ---- what may be done

bool ResourceCommands::isBusy(ResourceKind kind, const QString &id) const
{
    return d->running.contains(runKey(kind, id, QString()));
}

ActionVerdict ResourceCommands::canCreate(ResourceKind kind) const
{
    return d->verdicts.canCreate(kind);
}

ActionVerdict ResourceCommands::canChange(ResourceKind kind, const QString &id) const
{
    return d->verdicts.canChange(kind, id);
}

ActionVerdict ResourceCommands::canDelete(ResourceKind kind, const QString &id) const
{
    return d->verdicts.canDelete(kind, id);
}

QList<DraftProblem> ResourceCommands::problems(const TemplateDraft &draft) const
{
    return draft.problems(d->stores.templates.all());
}

QList<DraftProblem> ResourceCommands::problems(const RegistryAuthDraft &draft) const
{
    return draft.problems(d->stores.registryAuths.all());
}

QList<DraftProblem> ResourceCommands::problems(const StorageDraft &draft) const
{
    return draft.problems(d->stores.storages.all(), d->stores.clusters.find(draft.clusterId),
                          draft.id.isEmpty() ? nullptr : d->stores.storages.find(draft.id));
}

QList<DraftProblem> ResourceCommands::problems(const NetworkDraft &draft) const
{
    return draft.problems(d->stores.networks.all(), d->stores.clusters.find(draft.clusterId));
}

// ---- what is done

Call<ResourceOutcome> *ResourceCommands::refuse(const QString &sentence)
{
    return Call<ResourceOutcome>::settledWith(Error::make(ErrorKind::Validation, sentence), this);
}

Call<ResourceOutcome> *ResourceCommands::refuse(const ActionVerdict &verdict, const QList<DraftProblem> &problems)
{
    if (!verdict.allowed)
        return refuse(verdict.reason);
    return problems.isEmpty() ? nullptr : refuse(problems.first().message);
}

Call<ResourceOutcome> *ResourceCommands::run(ResourceOrder order, const QString &wish)
{
    if (!order.look) {
        order.look = [this, kind = dataKind(order.kind)](const QString &) {
            return mappedCall<Done, int>(this, d->refresher.refreshAnew(kind),
                                         [](const Result<int> &read) { return read ? Result<Done>(Done{}) : read.error(); });
        };
    }
    const QString key = runKey(order.kind, order.id, wish);
    auto *command = new ResourceCommand(std::move(order), d->stores, d->clock, d->waits, this);
    d->running.insert(key, command);
    connect(command, &ResourceCommand::ended, this, [this, key, command] {
        if (d->running.value(key) == command)
            d->running.remove(key);
        emit pendingChanged();
    });
    Call<ResourceOutcome> *call = command->listen(this);
    command->start();
    emit pendingChanged();
    return call;
}

/// One template is read alone: the list of all of them takes many requests.
Call<Done> *ResourceCommands::lookAtTemplate(const QString &id, const QString &name)
{
    const auto adopted = [this] {
        // A list that was asked for before knows of the change no more than of the row.
        if (d->refresher.isReading(DataKind::Templates))
            d->refresher.refreshAnew(DataKind::Templates);
        return Result<Done>(Done{});
    };
    const TemplateService service(d->client);
    if (id.isEmpty()) {
        using Rows = RowList<InstanceTemplate>;
        return mappedCall<Done, Rows>(this, service.findByName(name), [this, adopted](const Result<Rows> &rows) -> Result<Done> {
            if (!rows)
                return rows.error();
            d->stores.templates.upsert(*rows);
            return adopted();
        });
    }
    return mappedCall<Done, InstanceTemplate>(this, service.get(TemplateId(id), {RequestPriority::Interactive, true, 0}),
                                              [this, id, adopted](const Result<InstanceTemplate> &row) -> Result<Done> {
        if (!row && row.error().kind != ErrorKind::NotFound)
            return row.error();
        if (!row) {
            d->stores.templates.remove({TemplateId(id)});
            return adopted();
        }
        if (row->id.toString() != id)
            return Error::make(ErrorKind::Protocol, tr("The answer is about another template."));
        InstanceTemplate read = *row;
        if (read.channel.isEmpty())
            read.channel = QStringLiteral("private");
        d->stores.templates.upsert({read});
        return adopted();
    });
}

Call<ResourceOutcome> *ResourceCommands::save(const TemplateDraft &draft)
{
    const bool isNew = draft.id.isEmpty();
    if (const QPointer<ResourceCommand> known = d->running.value(runKey(ResourceKind::Template, draft.id.toString(), draft.name)); known && isNew)
        return known->listen(this);
    const ActionVerdict verdict = isNew ? canCreate(ResourceKind::Template) : canChange(ResourceKind::Template, draft.id.toString());
    if (Call<ResourceOutcome> *refused = refuse(verdict, problems(draft)))
        return refused;
    ResourceOrder order{ResourceKind::Template, isNew ? ResourceVerb::Create : ResourceVerb::Change, draft.id.toString(), draft.name, {}, {}, {}, {}};
    order.send = [this, draft, isNew] {
        const TemplateService service(d->client);
        return isNew ? idText(this, service.create(draft)) : noId(this, service.update(draft));
    };
    order.look = [this, name = draft.name](const QString &id) { return lookAtTemplate(id, name); };
    order.shown = [this, draft, isNew](const QString &id) {
        // What an answer with an id is about need not be compared: the cloud may write things another way.
        return fitting(d->stores.templates, id, [&](const InstanceTemplate &row) {
            if (isNew)
                return !id.isEmpty() || (row.channel == QLatin1String("private") && row.name == draft.name);
            return draft.isIn(row);
        });
    };
    return run(std::move(order), draft.name);
}

Call<ResourceOutcome> *ResourceCommands::save(const RegistryAuthDraft &draft)
{
    if (const QPointer<ResourceCommand> known = d->running.value(runKey(ResourceKind::RegistryAuth, {}, draft.name)))
        return known->listen(this);
    if (Call<ResourceOutcome> *refused = refuse(canCreate(ResourceKind::RegistryAuth), problems(draft)))
        return refused;
    ResourceOrder order{ResourceKind::RegistryAuth, ResourceVerb::Create, {}, draft.name, {}, {}, {}, {}};
    order.looksFirst = true;
    order.send = [this, draft] { return noId(this, ResourceService(d->client).createRegistryAuth(draft)); };
    order.shown = [this, name = draft.name](const QString &id) {
        return fitting(d->stores.registryAuths, id, [&name](const RegistryAuth &row) { return row.name == name; });
    };
    return run(std::move(order), draft.name);
}

Call<ResourceOutcome> *ResourceCommands::save(const StorageDraft &draft)
{
    const bool isNew = draft.id.isEmpty();
    if (const QPointer<ResourceCommand> known = d->running.value(runKey(ResourceKind::Storage, draft.id.toString(), wishIn(draft.clusterId, draft.name))); known && isNew)
        return known->listen(this);
    const ActionVerdict verdict = isNew ? canCreate(ResourceKind::Storage) : canChange(ResourceKind::Storage, draft.id.toString());
    if (Call<ResourceOutcome> *refused = refuse(verdict, problems(draft)))
        return refused;
    ResourceOrder order{ResourceKind::Storage, isNew ? ResourceVerb::Create : ResourceVerb::Change, draft.id.toString(), draft.name, {}, {}, {}, {}};
    order.looksFirst = isNew;
    order.send = [this, draft, isNew] {
        const ResourceService service(d->client);
        return isNew ? idText(this, service.createStorage(draft)) : noId(this, service.updateStorage(draft));
    };
    order.shown = [this, draft, isNew](const QString &id) {
        return fitting(d->stores.storages, id, [&](const NetworkStorage &row) {
            if (isNew)
                return !id.isEmpty() || (row.name == draft.name && row.clusterId == draft.clusterId);
            return row.name == draft.name && row.sizeGb == draft.sizeGb;
        });
    };
    return run(std::move(order), wishIn(draft.clusterId, draft.name));
}

Call<ResourceOutcome> *ResourceCommands::save(const NetworkDraft &draft)
{
    const bool isNew = draft.id.isEmpty();
    if (const QPointer<ResourceCommand> known = d->running.value(runKey(ResourceKind::Network, draft.id.toString(), draft.name)); known && isNew)
        return known->listen(this);
    const ActionVerdict verdict = isNew ? canCreate(ResourceKind::Network) : canChange(ResourceKind::Network, draft.id.toString());
    if (Call<ResourceOutcome> *refused = refuse(verdict, problems(draft)))
        return refused;
    ResourceOrder order{ResourceKind::Network, isNew ? ResourceVerb::Create : ResourceVerb::Change, draft.id.toString(), draft.name, {}, {}, {}, {}};
    order.looksFirst = isNew;
    order.send = [this, draft, isNew] {
        const ResourceService service(d->client);
        return isNew ? idText(this, service.createNetwork(draft)) : noId(this, service.renameNetwork(draft));
    };
    order.shown = [this, draft, isNew](const QString &id) {
        return fitting(d->stores.networks, id, [&](const VpcNetwork &row) { return (isNew && !id.isEmpty()) || row.name == draft.name; });
    };
    return run(std::move(order), draft.name);
}

Call<ResourceOutcome> *ResourceCommands::save(const PrewarmDraft &draft)
{
    if (const QPointer<ResourceCommand> known = d->running.value(runKey(ResourceKind::Prewarm, {}, wishIn(draft.clusterId, draft.imageUrl))))
        return known->listen(this);
    if (Call<ResourceOutcome> *refused = refuse(canCreate(ResourceKind::Prewarm), draft.problems()))
        return refused;
    ResourceOrder order{ResourceKind::Prewarm, ResourceVerb::Create, {}, draft.imageUrl, {}, {}, {}, {}};
    order.looksFirst = true;
    order.send = [this, draft] { return idText(this, PrewarmService(d->client).create(draft)); };
    order.shown = [this, draft](const QString &id) {
        return fitting(d->stores.prewarms, id, [&](const PrewarmTask &row) {
            return !id.isEmpty() || (row.imageUrl == draft.imageUrl && row.clusterId == draft.clusterId);
        });
    };
    return run(std::move(order), wishIn(draft.clusterId, draft.imageUrl));
}

Call<ResourceOutcome> *ResourceCommands::setNote(const PrewarmId &id, const QString &note)
{
    QString problem;
    if (note.size() > kMostPrewarmNoteChars)
        problem = tr("The note is longer than %1 characters.").arg(kMostPrewarmNoteChars);
    if (const ActionVerdict verdict = canChange(ResourceKind::Prewarm, id.toString()); !verdict.allowed)
        problem = verdict.reason;
    if (!problem.isEmpty())
        return refuse(problem);
    ResourceOrder order{ResourceKind::Prewarm, ResourceVerb::Change, id.toString(), *d->verdicts.nameOf(ResourceKind::Prewarm, id.toString()), {}, {}, {}, {}};
    order.send = [this, id, note] { return noId(this, PrewarmService(d->client).setNote(id, note)); };
    order.shown = [this, note](const QString &wanted) {
        return fitting(d->stores.prewarms, wanted, [&note](const PrewarmTask &row) { return row.note == note; });
    };
    return run(std::move(order), QString());
}

Call<ResourceOutcome> *ResourceCommands::remove(ResourceKind kind, const QString &id)
{
    const QPointer<ResourceCommand> known = d->running.value(runKey(kind, id, QString()));
    if (known && known->order().verb == ResourceVerb::Delete)
        return known->listen(this);
    if (const ActionVerdict verdict = canDelete(kind, id); !verdict.allowed)
        return refuse(verdict.reason);
    ResourceOrder order{kind, ResourceVerb::Delete, id, *d->verdicts.nameOf(kind, id), {}, {}, {}, {}};
    order.send = [this, kind, id] { return d->sendRemoval(kind, id, this); };
    if (kind == ResourceKind::Template)
        order.look = [this](const QString &wanted) { return lookAtTemplate(wanted, QString()); };
    order.shown = [this, kind](const QString &wanted) { return d->shownGone(kind, wanted); };
    order.usedBy = [this, kind, id] { return useSentence(resourceUsers(d->stores, kind, id)); };
    return run(std::move(order), QString());
}

} // namespace novita
