// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"

namespace novita {

/// What this program asked for and the cloud has not confirmed yet.
struct AskedAction
{
    InstanceAction action;
    TimePoint at;
};

/// Local facts about an instance, beside what the cloud says.
struct InstanceExtra
{
    std::optional<TimePoint> stateSince; ///< when this program first saw the current status
    std::optional<AskedAction> asked;    ///< shown as "starting (asked)"; cleared by the cloud's word or a failure
    int missedPolls = 0;                 ///< failed reads of this very instance
    std::optional<TimePoint> seenAt;     ///< last time an answer confirmed the row
    std::optional<Money> pricePerHour;   ///< GPU price × GPUs, from the product list; nullopt = unknown
};

/// Instances by id plus the local facts. Adopting a list keeps the connection data of earlier detail answers.
class InstanceStore final : public EntityStore<Instance>
{
    Q_OBJECT

public:
    explicit InstanceStore(QObject *parent = nullptr);

    const InstanceExtra *extra(const InstanceId &id) const;

    /// A complete list answer: rows are summaries (see mergeSummary), what is missing is removed.
    void adoptList(const QList<Instance> &rows, TimePoint at);
    /// Rows of a partial list or a detail answer.
    void adoptRows(const QList<Instance> &rows, TimePoint at, bool summaries);

    void setAsked(const InstanceId &id, InstanceAction action, TimePoint at);
    void clearAsked(const InstanceId &id);
    void markMissed(const InstanceId &id);
    void setPrices(const QHash<InstanceId, Money> &prices);

    /// Something is under way anywhere: a transitional status or an asked action.
    bool anyTransitional() const { return m_transitional > 0; }

signals:
    /// A status moved (also first sight: `from` is Unknown with empty text). For events and notifications.
    void statusChanged(const novita::InstanceId &id, novita::InstanceStatus from, novita::InstanceStatus to);

private:
    QHash<InstanceId, InstanceExtra> m_extra;
    int m_transitional = 0;
};

} // namespace novita
