// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/webhooks/webhookrule.h"

#include <QAbstractTableModel>

namespace novita {

class WebhookNotifier;

/// The rules for outgoing webhooks, each with the latest result.
class OutgoingRuleModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingRuleModel)

public:
    enum Column { State, Name, Target, Events, Instances, Last, ColumnCount };

    OutgoingRuleModel(const WebhookNotifier &notifier, const Clock &clock, QObject *parent = nullptr);

    static QStringList columnIds();
    /// Looks at the notifier again.
    void refresh();
    void retranslate();
    const WebhookRule *at(int row) const; ///< nullptr when there is no such row
    int rowOf(const RuleId &id) const;    ///< -1 when there is no such rule

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString cell(const WebhookRule &rule, int column) const;

    const WebhookNotifier &m_notifier;
    const Clock &m_clock;
    QList<WebhookRule> m_rules;
};

} // namespace novita
