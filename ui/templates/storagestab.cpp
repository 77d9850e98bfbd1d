// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/storagestab.h"

#include "core/base/displaytext.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/resourceuse.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/models/columntablemodel.h"
#include "ui/models/productwords.h"
#include "ui/templates/resourcedetails.h"
#include "ui/templates/storagedialog.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"

#include <QAction>

namespace novita {

namespace {

using Model = ColumnTableModel<NetworkStorage>;

QString shownName(const NetworkStorage &volume)
{
    return displayName(volume.name, volume.id.toString());
}

QString shownRegion(const NetworkStorage &volume, const ClusterStore &clusters)
{
    return displayLine(productwords::regionName(volume.clusterName, volume.clusterId, clusters));
}

Model *makeModel(StorageStore &store, const ClusterStore &clusters)
{
    return new Model(store,
                     {{{QStringLiteral("name"), false, false, 260, true, 0}, [] { return StoragesTab::tr("Name"); }, shownName, {}, {}},
                      {{QStringLiteral("size"), true, false, 110, true, 0}, [] { return StoragesTab::tr("Size"); },
                       [](const NetworkStorage &volume) { return format::gigabytes(volume.sizeGb); },
                       [](const NetworkStorage &volume) { return volume.sizeGb ? SortValue::ofNumber(*volume.sizeGb) : SortValue::unknown(); }, {}},
                      {{QStringLiteral("region"), false, false, 220, true, 1}, [] { return StoragesTab::tr("Region"); },
                       [&clusters](const NetworkStorage &volume) { return shownRegion(volume, clusters); }, {}, {}},
                      {{QStringLiteral("id"), false, false, 200, true, 2}, [] { return StoragesTab::tr("Id"); },
                       [](const NetworkStorage &volume) { return displayLine(volume.id.toString()); }, {}, {}}},
                     {{QStringLiteral("name"), [](const NetworkStorage &volume) { return volume.name; }},
                      {QStringLiteral("region"), [&clusters](const NetworkStorage &volume) { return volume.clusterId.toString() + u' ' + shownRegion(volume, clusters); }},
                      {QStringLiteral("id"), [](const NetworkStorage &volume) { return volume.id.toString(); }}});
}

} // namespace

StoragesTab::StoragesTab(const UiContext &context, QWidget *parent)
    : StoragesTab(context, new ResourceDetails(context.theme), parent)
{
}

StoragesTab::StoragesTab(const UiContext &context, ResourceDetails *details, QWidget *parent)
    : ResourceTab(context, ResourceKind::Storage,
                  {makeModel(context.stores.storages, context.stores.clusters), context.stores.storages, DataKind::Storages, keys::kStorageColumns, details}, parent)
    , m_details(details)
{
    header()->addSecondary(changeAction());
    header()->addSecondary(deleteAction());
    header()->setPrimary(newAction());
    // Names of regions come with another list.
    connect(m_details, &ResourceDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    retranslate();
}

void StoragesTab::openNew()
{
    open(new StorageDialog(context(), nullptr, this));
}

void StoragesTab::openChange(const QString &id)
{
    if (const NetworkStorage *volume = context().stores.storages.find(StorageId(id)))
        open(new StorageDialog(context(), volume, this));
}

QString StoragesTab::nameOf(const QString &id) const
{
    const NetworkStorage *volume = context().stores.storages.find(StorageId(id));
    return volume ? shownName(*volume) : displayLine(id);
}

ConfirmRequest StoragesTab::deleteQuestion(const QString &id) const
{
    ConfirmRequest request;
    request.title = tr("Delete the network volume “%1”?").arg(nameOf(id));
    request.text = tr("Everything on it is destroyed at once. This cannot be undone, and nobody can bring it back.");
    if (const NetworkStorage *volume = context().stores.storages.find(StorageId(id)))
        request.bullets = {tr("All data on “%1” (%2, %3)").arg(shownName(*volume), format::gigabytes(volume->sizeGb), shownRegion(*volume, context().stores.clusters))};
    request.confirmLabel = tr("Delete volume");
    return request;
}

void StoragesTab::showDetails(const QString &id)
{
    const NetworkStorage *volume = context().stores.storages.find(StorageId(id));
    if (!volume)
        return;
    m_details->setContent({shownName(*volume), displayLine(volume->name).isEmpty(), tr("Volume id"), tr("volume id"), id,
                           {{tr("Size"), format::gigabytes(volume->sizeGb)},
                            {tr("Region"), shownRegion(*volume, context().stores.clusters)},
                            {tr("Mounted by"), resourceUsers(context().stores, ResourceKind::Storage, id).mid(0, 20).join(QStringLiteral(", "))}},
                           tr("Only instances of the same region can mount it. It can grow, and never shrink.")});
}

void StoragesTab::retranslate()
{
    newAction()->setText(tr("New volume"));
    changeAction()->setText(tr("Resize…"));
    ResourceTab::retranslate();
}

ListWords StoragesTab::words() const
{
    ListWords words;
    words.tableName = tr("Network volumes table");
    words.filterName = tr("Filter network volumes");
    words.filterHint = tr("Filter, for example region:us");
    words.filterHelp = tr("Words, or field:value with name, region or id");
    words.nothing = tr("You have no network volumes. What lies on one survives the instances that use it.");
    words.nothingAction = tr("New volume");
    words.noMatch = tr("No network volume matches “%1”.");
    return words;
}

} // namespace novita
