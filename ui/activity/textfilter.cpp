// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/textfilter.h"

#include "ui/activity/logmodel.h"
#include "ui/models/roles.h"

#include <algorithm>

namespace novita {

TextFilter::TextFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void TextFilter::setText(const QString &text)
{
    m_text = text;
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void TextFilter::setLeastWeight(int weight)
{
    m_leastWeight = weight;
    invalidateFilter();
}

bool TextFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_leastWeight > 0 && sourceModel()->index(row, 0, parent).data(LogModel::kWeightRole).toInt() < m_leastWeight)
        return false;
    if (m_words.isEmpty())
        return true;
    QString line;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column)
        line += sourceModel()->index(row, column, parent).data().toString() + QLatin1Char('\n');
    return std::all_of(m_words.cbegin(), m_words.cend(), [&line](const QString &word) { return line.contains(word, Qt::CaseInsensitive); });
}

} // namespace novita
