// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingrulemodel.h"

#include "core/webhooks/webhooknotifier.h"
#include "ui/format.h"
#include "ui/models/roles.h"
#include "ui/webhooks/outgoingwords.h"

#include <algorithm>

namespace novita {

OutgoingRuleModel::OutgoingRuleModel(const WebhookNotifier &notifier, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent), m_notifier(notifier), m_clock(clock), m_rules(notifier.rules().all())
{
}

QStringList OutgoingRuleModel::columnIds()
{
    return {QStringLiteral("state"), QStringLiteral("name"), QStringLiteral("target"), QStringLiteral("events"), QStringLiteral("instances"), QStringLiteral("last")};
}

void OutgoingRuleModel::refresh()
{
    const QList<WebhookRule> &rules = m_notifier.rules().all();
    const auto sameIds = [&rules, this] {
        return std::equal(rules.begin(), rules.end(), m_rules.begin(), m_rules.end(), [](const WebhookRule &a, const WebhookRule &b) { return a.id == b.id; });
    };
    if (!sameIds()) {
        beginResetModel();
        m_rules = rules;
        endResetModel();
        return;
    }
    m_rules = rules;
    if (!m_rules.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void OutgoingRuleModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rules.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const WebhookRule *OutgoingRuleModel::at(int row) const
{
    return row >= 0 && row < m_rules.size() ? &m_rules.at(row) : nullptr;
}

int OutgoingRuleModel::rowOf(const RuleId &id) const
{
    const auto it = std::find_if(m_rules.begin(), m_rules.end(), [&id](const WebhookRule &rule) { return rule.id == id; });
    return it == m_rules.end() ? -1 : static_cast<int>(it - m_rules.begin());
}

int OutgoingRuleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int OutgoingRuleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OutgoingRuleModel::cell(const WebhookRule &rule, int column) const
{
    switch (column) {
    case State: return outgoingwords::look(rule, m_notifier.policy()).word;
    case Name: return rule.fromEnvironment ? tr("%1 (from environment)").arg(rule.name) : rule.name;
    case Target: return rule.target.toDisplayString();
    case Events: return outgoingwords::kinds(rule);
    case Instances: return outgoingwords::instances(rule);
    case Last: {
        const OutgoingMessage *latest = m_notifier.latest(rule.id);
        return latest ? outgoingwords::look(*latest).word : format::dash();
    }
    default: return {};
    }
}

QVariant OutgoingRuleModel::data(const QModelIndex &index, int role) const
{
    const WebhookRule *rule = index.isValid() ? at(index.row()) : nullptr;
    if (!rule)
        return {};
    const int column = index.column();
    const OutgoingMessage *latest = column == Last ? m_notifier.latest(rule->id) : nullptr;
    switch (role) {
    case Qt::DisplayRole: return cell(*rule, column);
    case Qt::ToolTipRole:
        if (column == State)
            return format::toolTip(outgoingwords::sentence(*rule, m_notifier.policy()));
        if (latest)
            return format::toolTip(outgoingwords::sentence(*latest, m_clock.now()));
        return column == Name ? QVariant() : QVariant(format::toolTip(cell(*rule, column)));
    case Qt::AccessibleTextRole: return latest ? cell(*rule, column) + QLatin1Char(' ') + data(index, NoteRole).toString() : cell(*rule, column);
    case IdRole: return rule->id.toString();
    case ToneRole:
        if (column == State)
            return static_cast<int>(outgoingwords::look(*rule, m_notifier.policy()).tone);
        return latest ? QVariant(static_cast<int>(outgoingwords::look(*latest).tone)) : QVariant();
    case IconNameRole:
        if (column == State)
            return outgoingwords::look(*rule, m_notifier.policy()).icon;
        return latest ? QVariant(outgoingwords::look(*latest).icon) : QVariant();
    case NoteRole: return latest ? QVariant(format::dateTime(latest->endedAt)) : QVariant();
    case StandInRole: return column == Last && !latest;
    default: return {};
    }
}

QVariant OutgoingRuleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State: return tr("State");
    case Name: return tr("Rule");
    case Target: return tr("Target");
    case Events: return tr("Events");
    case Instances: return tr("Instances");
    case Last: return tr("Last result");
    default: return {};
    }
}

} // namespace novita
