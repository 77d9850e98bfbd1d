// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/networkstab.h"

#include "core/base/displaytext.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/resourceuse.h"
#include "core/workflows/stores.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/models/columntablemodel.h"
#include "ui/models/productwords.h"
#include "ui/templates/networkdialog.h"
#include "ui/templates/resourcedetails.h"
#include "ui/theme.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/tableview.h"

#include <QAction>

namespace novita {

namespace {

using Model = ColumnTableModel<VpcNetwork>;

constexpr int kStateColumn = 1;

QString shownName(const VpcNetwork &network)
{
    return displayName(network.name, network.id.toString());
}

QString stateWord(const VpcNetwork &network)
{
    if (!network.error.isEmpty())
        return NetworksTab::tr("Failed");
    if (network.isCreating())
        return NetworksTab::tr("Creating");
    if (network.state.isEmpty())
        return NetworksTab::tr("Unknown");
    return network.state == QLatin1String("ready") ? NetworksTab::tr("Ready") : displayLine(network.state, 40);
}

QVariant stateLook(const VpcNetwork &network, int role)
{
    const bool failed = !network.error.isEmpty();
    const bool ready = network.state == QLatin1String("ready");
    switch (role) {
    case ToneRole: return static_cast<int>(failed ? StateTone::Bad : ready ? StateTone::Good : network.state.isEmpty() ? StateTone::Idle : StateTone::Wait);
    case IconNameRole:
        return failed ? QStringLiteral("dialog-close")
               : ready ? QStringLiteral("checkmark")
                       : network.state.isEmpty() ? QStringLiteral("question") : QStringLiteral("clock");
    case ChangingRole: return network.isCreating() && !failed;
    case Qt::ToolTipRole: return failed ? QVariant(format::toolTip(network.error)) : QVariant();
    default: return {};
    }
}

SortValue timeValue(const std::optional<TimePoint> &at)
{
    return at ? SortValue::ofNumber(static_cast<double>(at->time_since_epoch().count())) : SortValue::unknown();
}

QString shownRegion(const VpcNetwork &network, const ClusterStore &clusters)
{
    return displayLine(productwords::regionName({}, network.clusterId, clusters));
}

Model *makeModel(NetworkStore &store, const ClusterStore &clusters)
{
    return new Model(store,
                     {{{QStringLiteral("name"), false, false, 220, true, 0}, [] { return NetworksTab::tr("Name"); }, shownName, {}, {}},
                      {{QStringLiteral("state"), false, false, 120, true, 0}, [] { return NetworksTab::tr("State"); }, stateWord, {}, stateLook},
                      {{QStringLiteral("segment"), false, false, 140, true, 2}, [] { return NetworksTab::tr("Addresses"); },
                       [](const VpcNetwork &network) { return network.segment.isEmpty() ? format::dash() : displayLine(network.segment); }, {}, {}},
                      {{QStringLiteral("region"), false, false, 140, true, 1}, [] { return NetworksTab::tr("Region"); },
                       [&clusters](const VpcNetwork &network) { return shownRegion(network, clusters); }, {}, {}},
                      {{QStringLiteral("members"), true, false, 100, true, 3}, [] { return NetworksTab::tr("Instances"); },
                       [](const VpcNetwork &network) { return format::number(network.members.size()); },
                       [](const VpcNetwork &network) { return SortValue::ofNumber(static_cast<double>(network.members.size())); }, {}},
                      {{QStringLiteral("created"), false, false, 160, true, 4}, [] { return NetworksTab::tr("Created"); },
                       [](const VpcNetwork &network) { return format::dateTime(network.createdAt); },
                       [](const VpcNetwork &network) { return timeValue(network.createdAt); }, {}}},
                     {{QStringLiteral("name"), [](const VpcNetwork &network) { return network.name; }},
                      {QStringLiteral("region"), [&clusters](const VpcNetwork &network) { return network.clusterId.toString() + u' ' + shownRegion(network, clusters); }},
                      {QStringLiteral("state"), [](const VpcNetwork &network) { return network.state; }},
                      {QStringLiteral("id"), [](const VpcNetwork &network) { return network.id.toString(); }}});
}

} // namespace

NetworksTab::NetworksTab(const UiContext &context, QWidget *parent)
    : NetworksTab(context, new ResourceDetails(context.theme), parent)
{
}

NetworksTab::NetworksTab(const UiContext &context, ResourceDetails *details, QWidget *parent)
    : ResourceTab(context, ResourceKind::Network,
                  {makeModel(context.stores.networks, context.stores.clusters), context.stores.networks, DataKind::Networks, keys::kNetworkColumns, details}, parent)
    , m_details(details)
{
    header()->addSecondary(changeAction());
    header()->addSecondary(deleteAction());
    header()->setPrimary(newAction());
    pane()->table()->setItemDelegateForColumn(kStateColumn, new StatusDelegate(context.theme, pane()->table()));
    // Names of regions come with another list.
    connect(m_details, &ResourceDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    retranslate();
}

void NetworksTab::openNew()
{
    open(new NetworkDialog(context(), nullptr, this));
}

void NetworksTab::openChange(const QString &id)
{
    if (const VpcNetwork *network = context().stores.networks.find(NetworkId(id)))
        open(new NetworkDialog(context(), network, this));
}

QString NetworksTab::nameOf(const QString &id) const
{
    const VpcNetwork *network = context().stores.networks.find(NetworkId(id));
    return network ? shownName(*network) : displayLine(id);
}

ConfirmRequest NetworksTab::deleteQuestion(const QString &id) const
{
    ConfirmRequest request;
    request.title = tr("Delete the VPC network “%1”?").arg(nameOf(id));
    request.text = tr("No instance is in it. Its addresses are given back; a new network may get others.");
    request.confirmLabel = tr("Delete network");
    return request;
}

void NetworksTab::showDetails(const QString &id)
{
    const VpcNetwork *network = context().stores.networks.find(NetworkId(id));
    if (!network)
        return;
    m_details->setContent({shownName(*network), displayLine(network->name).isEmpty(), tr("Network id"), tr("network id"), id,
                           {{tr("State"), network->error.isEmpty() ? stateWord(*network) : displayLine(network->error)},
                            {tr("Addresses"), displayLine(network->segment)},
                            {tr("Region"), shownRegion(*network, context().stores.clusters)},
                            {tr("Instances"), resourceUsers(context().stores, ResourceKind::Network, id).mid(0, 20).join(QStringLiteral(", "))},
                            {tr("Created"), format::dateTime(network->createdAt)}},
                           tr("Instances join a network when they are created.")});
}

void NetworksTab::retranslate()
{
    newAction()->setText(tr("New network"));
    changeAction()->setText(tr("Rename…"));
    ResourceTab::retranslate();
}

ListWords NetworksTab::words() const
{
    ListWords words;
    words.tableName = tr("VPC networks table");
    words.filterName = tr("Filter VPC networks");
    words.filterHint = tr("Filter, for example state:ready");
    words.filterHelp = tr("Words, or field:value with name, region, state or id");
    words.nothing = tr("You have no private networks.");
    words.nothingAction = tr("New network");
    words.noMatch = tr("No network matches “%1”.");
    return words;
}

} // namespace novita
