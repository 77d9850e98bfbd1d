// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/promptlog.h"

#include <QAbstractTableModel>

namespace novita {

/// Prompts that were used, newest first.
class PromptHistoryModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PromptHistoryModel)

public:
    enum Column { Star, Prompt, Negative, Used, Uses, ColumnCount };

    explicit PromptHistoryModel(QObject *parent = nullptr)
        : QAbstractTableModel(parent)
    {
    }

    static QStringList columnIds();
    void setEntries(const QList<PromptEntry> &entries);
    const PromptEntry &entry(int row) const { return m_entries.at(row); }
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<PromptEntry> m_entries;
};

} // namespace novita
