// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/prompthistorymodel.h"

#include "core/base/displaytext.h"
#include "ui/format.h"
#include "ui/models/roles.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kShown = 300; ///< characters in a cell

} // namespace

QStringList PromptHistoryModel::columnIds()
{
    return {QStringLiteral("star"), QStringLiteral("prompt"), QStringLiteral("negative"), QStringLiteral("used"),
            QStringLiteral("uses")};
}

/// Keeps rows where they are: what is chosen stays chosen while only stars change.
void PromptHistoryModel::setEntries(const QList<PromptEntry> &entries)
{
    const bool sameRows = std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                                     [](const PromptEntry &a, const PromptEntry &b) { return a.id == b.id; });
    if (sameRows) {
        m_entries = entries;
        if (!entries.isEmpty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

void PromptHistoryModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int PromptHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int PromptHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PromptHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PromptEntry &entry = m_entries.at(index.row());
    if (role == Qt::ToolTipRole && (index.column() == Prompt || index.column() == Negative))
        return format::toolTip(index.column() == Prompt ? entry.prompt : entry.negativePrompt);
    if (role == Qt::AccessibleTextRole && index.column() == Star)
        return entry.starred ? tr("Starred") : tr("Not starred");
    if (role == Qt::TextAlignmentRole && index.column() == Uses)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Star:
        return entry.starred ? QStringLiteral("★") : QString();
    case Prompt:
        return displayLine(entry.prompt, kShown);
    case Negative:
        return displayLine(entry.negativePrompt, kShown);
    case Used:
        return format::dateTime(entry.usedAt);
    case Uses:
        return format::number(entry.uses);
    default:
        return {};
    }
}

QVariant PromptHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (section) {
    case Star:
        return QStringLiteral("★");
    case Prompt:
        return tr("Prompt");
    case Negative:
        return tr("Negative prompt");
    case Used:
        return tr("Last used");
    case Uses:
        return tr("Uses");
    default:
        return {};
    }
}

} // namespace novita
