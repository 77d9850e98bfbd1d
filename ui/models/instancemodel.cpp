// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/instancemodel.h"

#include "core/base/displaytext.h"
#include "core/workflows/instancetags.h"
#include "ui/format.h"
#include "ui/models/instancetext.h"
#include "ui/models/productwords.h"

#include <QLocale>

namespace novita {

namespace {

constexpr int kMissesUntilStale = 3;

QList<TableColumn> instanceColumns()
{
    return {
        // What it is called, what it does, what it runs on and what it costs fit beside the details at 1280 pixels.
        {QStringLiteral("name"), false, false, 134, true, 0},
        {QStringLiteral("state"), false, true, 190, true, 0},
        {QStringLiteral("gpu"), false, false, 146, true, 0},
        {QStringLiteral("load"), true, true, 96, false, 6},
        {QStringLiteral("region"), false, false, 98, true, 2},
        {QStringLiteral("billing"), false, false, 88, true, 4},
        {QStringLiteral("price"), true, false, 68, true, 0},
        {QStringLiteral("cost"), true, true, 88, true, 1},
        {QStringLiteral("uptime"), true, true, 80, true, 3},
        {QStringLiteral("age"), true, true, 92, true, 5},
        {QStringLiteral("tags"), false, false, 120, false, 3},
    };
}

InstanceExtra extraOf(const InstanceRecord &record)
{
    InstanceExtra extra;
    extra.asked = record.asked;
    extra.stopsAt = record.stopsAt;
    extra.startup = record.startup;
    extra.stateSince = record.stateSince;
    return extra;
}

/// The copy that the table keeps, without what it must not or need not hold.
std::shared_ptr<const Instance> tableCopy(const Instance &entity)
{
    auto copy = std::make_shared<Instance>(entity);
    copy->connection.reset();
    copy->envs.clear();
    copy->ports.clear();
    copy->volumes.clear();
    copy->command.clear();
    copy->entrypoint.clear();
    return copy;
}

bool sameAsked(const std::optional<AskedAction> &a, const std::optional<AskedAction> &b)
{
    return a.has_value() == b.has_value() && (!a || (a->action == b->action && a->at == b->at));
}

bool sameState(const InstanceRecord &before, const InstanceRecord &after)
{
    const Instance &a = *before.instance;
    const Instance &b = *after.instance;
    return a.status == b.status && a.statusText == b.statusText && a.statusError == b.statusError && a.spotStatus == b.spotStatus
           && a.spotReclaimTime == b.spotReclaimTime && a.lastStartedAt == b.lastStartedAt && a.lastStoppedAt == b.lastStoppedAt
           && before.stateSince == after.stateSince && sameAsked(before.asked, after.asked) && before.stopsAt == after.stopsAt
           && before.startup == after.startup;
}

/// What an earlier run was busy with says nothing of this one.
bool hasLoad(const InstanceRecord &record)
{
    const Instance &instance = *record.instance;
    return record.gpuLoad && instance.status == InstanceStatus::Running && (!instance.lastStartedAt || record.gpuLoad->at >= *instance.lastStartedAt);
}

QString tagText(const InstanceRecord &record)
{
    return record.tags.join(QStringLiteral(", "));
}

std::optional<double> startOfRun(const Instance &instance)
{
    if (instance.status != InstanceStatus::Running || !instance.lastStartedAt)
        return std::nullopt;
    return static_cast<double>(instance.lastStartedAt->time_since_epoch().count());
}

} // namespace

InstanceModel::InstanceModel(InstanceStore &store, const Clock &clock, QObject *parent)
    : RecordTableModel(instanceColumns(), store, parent), m_store(store), m_clock(clock)
{
    loadFromStore();
}

void InstanceModel::setClusters(const ClusterStore &clusters)
{
    m_clusters = &clusters;
    clusters.followRows(this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, Region), index(rowCount() - 1, Region));
    });
}

void InstanceModel::setTags(const InstanceTags &tags)
{
    m_tags = &tags;
    connect(&tags, &InstanceTags::changed, this, &InstanceModel::enqueue);
    loadFromStore();
}

QString InstanceModel::regionOf(const Instance &instance) const
{
    if (m_clusters)
        return productwords::regionName(instance.clusterName, instance.clusterId, *m_clusters);
    return instance.clusterName.isEmpty() ? instance.clusterId.toString() : instance.clusterName;
}

QStringList InstanceModel::filterFields() const
{
    return {QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("gpu"), QStringLiteral("region"),
            QStringLiteral("billing"), QStringLiteral("image"), QStringLiteral("id"), QStringLiteral("tag")};
}

QString InstanceModel::headerText(int column) const
{
    switch (column) {
    case Name: return tr("Name");
    case State: return tr("State");
    case Gpu: return tr("GPU");
    case Region: return tr("Region");
    case Billing: return tr("Billing");
    case Price: return tr("$/h");
    case Cost: return tr("Cost so far");
    case Uptime: return tr("Uptime");
    case Load: return tr("GPU %");
    case Age: return tr("Age of data");
    case Tags: return tr("Tags");
    default: return {};
    }
}

InstanceRecord InstanceModel::makeRecord(const Instance &entity) const
{
    InstanceRecord record{tableCopy(entity), {}, {}, {}, 0};
    if (const InstanceExtra *extra = m_store.extra(entity.id)) {
        record.asked = extra->asked;
        record.stopsAt = extra->stopsAt;
        record.startup = extra->startup;
        record.stateSince = extra->stateSince;
        record.pricePerHour = extra->pricePerHour;
        record.missedPolls = extra->missedPolls;
        record.gpuLoad = extra->gpuLoad;
    }
    if (m_tags)
        record.tags = m_tags->of(entity.id);
    return record;
}

QVariant InstanceModel::cell(const InstanceRecord &record, int column, int role) const
{
    switch (role) {
    case StaleRole:
        return isStale(record);
    case StandInRole:
        return column == Name && !record.instance->hasName();
    case Qt::DisplayRole:
        return displayText(record, column);
    case Qt::ToolTipRole:
        return toolTip(record, column);
    default:
        return column == State ? stateCell(record, role) : QVariant();
    }
}

QVariant InstanceModel::stateCell(const InstanceRecord &record, int role) const
{
    if (role != ToneRole && role != IconNameRole && role != NoteRole && role != ChangingRole && role != Qt::AccessibleTextRole)
        return {};
    const InstanceExtra extra = extraOf(record);
    const instancetext::StateView view = instancetext::stateOf(*record.instance, &extra, m_clock.now());
    switch (role) {
    case ToneRole:
        return static_cast<int>(view.tone);
    case IconNameRole:
        return view.icon;
    case NoteRole:
        return view.note;
    case ChangingRole:
        return view.changing;
    default:
        return view.note.isEmpty() ? view.word : tr("%1 %2", "state and since when, read aloud").arg(view.word, view.note);
    }
}

QString InstanceModel::displayText(const InstanceRecord &record, int column) const
{
    const Instance &instance = *record.instance;
    switch (column) {
    case Name:
        return instance.displayName();
    case State: {
        const InstanceExtra extra = extraOf(record);
        return instancetext::stateLook(instance, &extra, m_clock.now()).word;
    }
    case Gpu:
        return instancetext::gpuLabel(instance.productName, instance.gpuNum);
    case Region: {
        const QString code = regionOf(instance).section(u' ', 0, 0);
        return code.isEmpty() ? format::dash() : displayLine(code);
    }
    case Billing:
        return instancetext::billingLabel(instance.billing, instance.billingText);
    case Price:
        return format::money(record.pricePerHour);
    case Cost:
        return instancetext::costText(costOf(record));
    case Uptime: {
        const std::optional<Milliseconds> up = instancetext::uptime(instance, m_clock.now());
        return up ? format::duration(*up) : format::dash();
    }
    case Load:
        return hasLoad(record) ? tr("%1 % · %2", "use of the GPUs, and how long ago that was").arg(QLocale().toString(record.gpuLoad->percent, 'f', 0), format::duration(m_clock.now() - record.gpuLoad->at))
                               : format::dash();
    case Age:
        return format::age(seenAt(record), m_clock.now());
    case Tags:
        return tagText(record);
    default:
        return {};
    }
}

QString InstanceModel::toolTip(const InstanceRecord &record, int column) const
{
    const Instance &instance = *record.instance;
    switch (column) {
    case State:
        return instance.hasFailed() ? format::toolTip(instance.statusError) : QString();
    case Region:
        return format::toolTip(regionOf(instance));
    case Cost:
        return instancetext::costDetail(costOf(record));
    case Load:
        return hasLoad(record) ? QString() : tr("Known while the details of the instance show its metrics.");
    case Price:
        return record.pricePerHour ? QString() : tr("The price of this product is not known.");
    case Tags:
        return format::toolTip(tagText(record));
    default:
        return {};
    }
}

SortValue InstanceModel::sortValue(const InstanceRecord &record, int column) const
{
    const Instance &instance = *record.instance;
    const auto money = [](const std::optional<Money> &amount) {
        return amount ? SortValue::ofNumber(static_cast<double>(amount->priceUnits())) : SortValue::unknown();
    };
    switch (column) {
    case Price:
        return money(record.pricePerHour);
    case Cost:
    {
        const CostSoFar cost = costOf(record);
        return cost.isUnknown() ? SortValue::unknown() : money(cost.total());
    }
    case Uptime: {
        // The start in place of the growing time: the order is the same and never gets old.
        const std::optional<double> began = startOfRun(instance);
        return began ? SortValue::ofNumber(-*began) : SortValue::unknown();
    }
    case Load:
        return hasLoad(record) ? SortValue::ofNumber(record.gpuLoad->percent) : SortValue::unknown();
    case Age: {
        const std::optional<TimePoint> seen = seenAt(record);
        return seen ? SortValue::ofNumber(-static_cast<double>(seen->time_since_epoch().count())) : SortValue::unknown();
    }
    case Tags:
        return record.tags.isEmpty() ? SortValue::unknown() : SortValue::ofText(tagText(record));
    default:
        return SortValue::ofText(displayText(record, column));
    }
}

QStringList InstanceModel::filterTexts(const InstanceRecord &record) const
{
    const Instance &instance = *record.instance;
    // Both what is shown and what the cloud says, so that "state:exited" and "state:stopped" find the same rows.
    return {instance.name,
            displayText(record, State) + u' ' + instance.statusText,
            displayText(record, Gpu),
            regionOf(instance) + u' ' + instance.clusterId.toString(),
            displayText(record, Billing) + u' ' + instance.billingText,
            instance.imageUrl,
            instance.id.toString(),
            tagText(record)};
}

QString InstanceModel::tieText(const InstanceRecord &record) const
{
    return record.instance->displayName();
}

/// By what the cells are made of: formatting every cell of a poll twice would cost more than all the rest of it.
bool InstanceModel::sameCell(const InstanceRecord &before, const InstanceRecord &after, int column) const
{
    if (isStale(before) != isStale(after))
        return false;
    const Instance &a = *before.instance;
    const Instance &b = *after.instance;
    switch (column) {
    case Name:
        return a.name == b.name;
    case State:
        return sameState(before, after);
    case Gpu:
        return a.productName == b.productName && a.gpuNum == b.gpuNum;
    case Region:
        return a.clusterName == b.clusterName && a.clusterId == b.clusterId;
    case Billing:
        return a.billing == b.billing && a.billingText == b.billingText;
    case Price:
        return before.pricePerHour == after.pricePerHour;
    case Load:
        return hasLoad(before) == hasLoad(after) && before.gpuLoad == after.gpuLoad;
    case Cost: // ticks by itself
        return before.pricePerHour == after.pricePerHour && a.status == b.status;
    case Age:
        return true; // ticks by itself
    case Tags:
        return before.tags == after.tags;
    default:
        return displayText(before, column) == displayText(after, column);
    }
}

CostSoFar InstanceModel::costOf(const InstanceRecord &record) const
{
    if (m_ledger) {
        const CostSoFar known = m_ledger->costOf(record.instance->id.toString());
        if (!known.isUnknown())
            return known;
    }
    CostSoFar cost;
    const std::optional<Money> lastRun = instancetext::costSoFar(*record.instance, record.pricePerHour, m_clock.now());
    cost.accruedGpu = lastRun.value_or(Money());
    cost.complete = lastRun.has_value();
    return cost;
}

bool InstanceModel::isStale(const InstanceRecord &record) const
{
    return record.missedPolls >= kMissesUntilStale || m_store.isStale();
}

std::optional<TimePoint> InstanceModel::seenAt(const InstanceRecord &record) const
{
    const InstanceExtra *extra = m_store.extra(record.instance->id);
    return extra ? extra->seenAt : std::nullopt;
}

} // namespace novita
