// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace novita {

/// Sorts by SortRole and keeps the rows in which every word of the filter appears in some column, case set aside; for the log
/// also those of a level. For models of at most a few thousand rows.
class TextFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextFilter)

public:
    explicit TextFilter(QObject *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }
    /// Rows whose LogModel::kWeightRole is lower are left out.
    void setLeastWeight(int weight);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    QStringList m_words;
    int m_leastWeight = 0;
};

} // namespace novita
