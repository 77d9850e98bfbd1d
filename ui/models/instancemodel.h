// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/stores/instancestore.h"
#include "core/workflows/ledger.h"
#include "ui/models/recordtablemodel.h"

#include <memory>

namespace novita {

class InstanceTags;

/// What the table keeps of an instance: never its connection data, environment or commands. `instance` is shared between
/// the copies of a record, so that 10,000 rows cost little.
struct InstanceRecord
{
    std::shared_ptr<const Instance> instance; ///< set in every record the model holds
    std::optional<AskedAction> asked;
    std::optional<TimePoint> stateSince;
    std::optional<Money> pricePerHour;
    int missedPolls = 0;
    std::optional<GpuLoad> gpuLoad = {};
    std::optional<TimePoint> stopsAt = {};
    StartupMark startup = StartupMark::None;
    QStringList tags = {};
};

/// The instances as a table. The State column carries a chip (ToneRole, IconNameRole, NoteRole, ChangingRole).
class InstanceModel final : public RecordTableModel<Instance, InstanceRecord>
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceModel)

public:
    enum Column { Name, State, Gpu, Load, Region, Billing, Price, Cost, Uptime, Age, Tags, ColumnCount };

    InstanceModel(InstanceStore &store, const Clock &clock, QObject *parent = nullptr);

    /// Where the cost so far comes from; without one it is estimated from the last run alone. Must outlive the model.
    void setLedger(const Ledger *ledger) { m_ledger = ledger; }
    /// Where regions have their names from when an instance comes without. Must outlive the model.
    void setClusters(const ClusterStore &clusters);
    /// The person's own tags; without them there are none. Must outlive the model.
    void setTags(const InstanceTags &tags);

    QStringList filterFields() const override;

private:
    QString headerText(int column) const override;
    InstanceRecord makeRecord(const Instance &entity) const override;
    QVariant cell(const InstanceRecord &record, int column, int role) const override;
    SortValue sortValue(const InstanceRecord &record, int column) const override;
    QStringList filterTexts(const InstanceRecord &record) const override;
    QString tieText(const InstanceRecord &record) const override;
    bool sameCell(const InstanceRecord &before, const InstanceRecord &after, int column) const override;

    QVariant stateCell(const InstanceRecord &record, int role) const;
    QString displayText(const InstanceRecord &record, int column) const;
    QString toolTip(const InstanceRecord &record, int column) const;
    CostSoFar costOf(const InstanceRecord &record) const;
    QString regionOf(const Instance &instance) const;
    bool isStale(const InstanceRecord &record) const;
    std::optional<TimePoint> seenAt(const InstanceRecord &record) const;

    InstanceStore &m_store;
    const Clock &m_clock;
    const Ledger *m_ledger = nullptr;
    const ClusterStore *m_clusters = nullptr;
    const InstanceTags *m_tags = nullptr;
};

} // namespace novita
