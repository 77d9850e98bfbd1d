// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/columnlayout.h"

#include "ui/theme.h"

#include <QAction>
#include <QFontMetrics>
#include <QHeaderView>
#include <QJsonArray>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kLeastWidth = 40;
constexpr int kMostWidth = 2000;
constexpr int kLeastOfWords = 120;    ///< a column this wide by default holds words, which can be elided; a number cannot
constexpr double kLeastShare = 0.75;  ///< of its width that such a column keeps

/// How much wider texts are than in the font that the default widths were chosen with. In steps, so that a width that is saved and
/// restored stays what it was.
double textScale(const Theme &theme)
{
    constexpr double kSampleWidth = 140;
    constexpr double kSteps = 8;
    const int sample = QFontMetrics(theme.font(TextStyle::Body)).horizontalAdvance(QStringLiteral("RTX 4090 24GB running"));
    return std::max(1.0, std::round(sample / kSampleWidth * kSteps) / kSteps);
}

} // namespace

ColumnLayout::ColumnLayout(const Theme &theme, QTableView *table)
    : QObject(table), m_theme(theme), m_table(table), m_scale(textScale(theme))
{
    QHeaderView *header = table->horizontalHeader();
    header->setMinimumSectionSize(kLeastWidth);
    const auto tell = [this] {
        if (!m_ours)
            emit changedByHand();
    };
    connect(header, &QHeaderView::sectionMoved, this, tell);
    connect(header, &QHeaderView::sortIndicatorChanged, this, tell);
    connect(header, &QHeaderView::sectionResized, this, &ColumnLayout::noteResized);
    connect(&theme, &Theme::changed, this, &ColumnLayout::rescale);
}

void ColumnLayout::setColumns(const QList<ColumnSpec> &columns)
{
    m_columns.clear();
    for (const ColumnSpec &spec : columns)
        m_columns.append({spec, static_cast<double>(spec.width)});
    applyDefaults();
}

void ColumnLayout::applyDefaults()
{
    {
        const QScopedValueRollback<bool> guard(m_ours, true);
        QHeaderView *header = m_table->horizontalHeader();
        for (int column = 0; column < m_columns.size(); ++column) {
            Column &one = m_columns[column];
            one = {one.spec, static_cast<double>(one.spec.width)};
            header->moveSection(header->visualIndex(column), column);
            m_table->setColumnHidden(column, one.spec.hidden);
            applyWidth(column);
        }
    }
    fitToWidth();
}

void ColumnLayout::reset()
{
    applyDefaults();
    emit changedByHand();
}

void ColumnLayout::applyWidth(int column)
{
    m_table->setColumnWidth(column, static_cast<int>(std::lround(m_columns.at(column).width * m_scale)));
}

void ColumnLayout::noteResized(int column, int before, int after)
{
    // 0 stands for hidden, and the last column has the width that is left over.
    if (m_ours || before == 0 || after == 0 || column >= m_columns.size() || column == lastShown())
        return;
    m_columns[column].width = after / m_scale;
    emit changedByHand();
}

void ColumnLayout::rescale()
{
    const double scale = textScale(m_theme);
    if (scale == m_scale)
        return;
    m_scale = scale;
    {
        const QScopedValueRollback<bool> guard(m_ours, true);
        for (int column = 0; column < m_columns.size(); ++column)
            applyWidth(column);
    }
    fitToWidth();
}

bool ColumnLayout::isHiddenByHand(int column) const
{
    return m_table->isColumnHidden(column) && !m_columns.at(column).noRoom;
}

QStringList ColumnLayout::ids() const
{
    QStringList out;
    for (const Column &column : m_columns)
        out.append(column.spec.id);
    return out;
}

int ColumnLayout::leastWidth() const
{
    double width = 0;
    for (int column = 0; column < m_columns.size(); ++column) {
        const Column &one = m_columns.at(column);
        if (!isHiddenByHand(column) && (one.spec.leaves == 0 || one.kept))
            width += std::round(one.width * m_scale);
    }
    return static_cast<int>(width);
}

void ColumnLayout::fitToWidth()
{
    const QScopedValueRollback<bool> guard(m_ours, true);
    double wanted = 0;
    QList<int> canLeave;
    for (int column = 0; column < m_columns.size(); ++column) {
        if (isHiddenByHand(column))
            continue;
        const Column &one = m_columns.at(column);
        wanted += std::round(one.width * m_scale);
        if (one.spec.leaves > 0 && !one.kept)
            canLeave.append(column);
    }
    std::sort(canLeave.begin(), canLeave.end(), [this](int a, int b) { return m_columns.at(a).spec.leaves > m_columns.at(b).spec.leaves; });
    for (const int column : std::as_const(canLeave)) {
        Column &one = m_columns[column];
        const bool noRoom = wanted > m_table->viewport()->width();
        if (noRoom)
            wanted -= std::round(one.width * m_scale);
        if (noRoom == one.noRoom)
            continue;
        one.noRoom = noRoom;
        m_table->setColumnHidden(column, noRoom);
    }
    const double spare = m_table->viewport()->width() - wanted;
    shareSpare(spare, spare > 0 ? 0 : kLeastOfWords);
}

/// What is left over goes to all columns that nobody has sized, each by its width: all of it at the end would tear the last column
/// away from the others. What is wanting is taken from those of words, so that the numbers at the end stay in view.
void ColumnLayout::shareSpare(double spare, int leastWidth)
{
    const auto shares = [this, leastWidth](int column) { return isUnsized(column) && m_columns.at(column).spec.width >= leastWidth; };
    double sharing = 0;
    for (int column = 0; column < m_columns.size(); ++column) {
        if (!m_table->isColumnHidden(column) && shares(column))
            sharing += m_columns.at(column).width * m_scale;
    }
    // By less than it takes to bring everything into view, the words would suffer and the table scroll nevertheless.
    const double whole = sharing > 0 ? 1 + spare / sharing : 1;
    const double factor = whole < kLeastShare ? 1 : whole;
    for (int column = 0; column < m_columns.size(); ++column) {
        if (!m_table->isColumnHidden(column))
            m_table->setColumnWidth(column, static_cast<int>(m_columns.at(column).width * m_scale * (shares(column) ? factor : 1)));
    }
}

bool ColumnLayout::isUnsized(int column) const
{
    return m_columns.at(column).width == m_columns.at(column).spec.width;
}

QJsonObject ColumnLayout::save() const
{
    const QHeaderView *header = m_table->horizontalHeader();
    QJsonArray columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int logical = header->logicalIndex(visual);
        if (logical >= m_columns.size())
            continue;
        const Column &one = m_columns.at(logical);
        columns.append(QJsonObject{{QStringLiteral("id"), one.spec.id},
                                   {QStringLiteral("width"), static_cast<int>(std::lround(one.width))},
                                   {QStringLiteral("hidden"), isHiddenByHand(logical)},
                                   {QStringLiteral("kept"), one.kept}});
    }
    QJsonObject layout{{QStringLiteral("version"), kLayoutVersion}, {QStringLiteral("columns"), columns}};
    const int sorted = header->sortIndicatorSection();
    if (sorted >= 0 && sorted < m_columns.size())
        layout.insert(QStringLiteral("sort"), QJsonObject{{QStringLiteral("id"), m_columns.at(sorted).spec.id},
                                                          {QStringLiteral("descending"), header->sortIndicatorOrder() == Qt::DescendingOrder}});
    return layout;
}

void ColumnLayout::restore(const QJsonObject &layout)
{
    if (layout.value(QStringLiteral("version")).toInt() != kLayoutVersion)
        return;
    {
        const QScopedValueRollback<bool> guard(m_ours, true);
        QHeaderView *header = m_table->horizontalHeader();
        int visual = 0;
        const QJsonArray columns = layout.value(QStringLiteral("columns")).toArray();
        for (const QJsonValue &value : columns) {
            const QJsonObject entry = value.toObject();
            const int column = columnOf(entry.value(QStringLiteral("id")).toString());
            if (column < 0 || column >= header->count())
                continue;
            Column &one = m_columns[column];
            one.width = qBound(kLeastWidth, entry.value(QStringLiteral("width")).toInt(one.spec.width), kMostWidth);
            one.kept = entry.value(QStringLiteral("kept")).toBool();
            one.noRoom = false;
            header->moveSection(header->visualIndex(column), visual++);
            m_table->setColumnHidden(column, entry.value(QStringLiteral("hidden")).toBool());
            applyWidth(column);
        }
        if (shownCount() == 0 && !m_columns.isEmpty())
            m_table->setColumnHidden(0, false);
        const QJsonObject sort = layout.value(QStringLiteral("sort")).toObject();
        if (const int column = columnOf(sort.value(QStringLiteral("id")).toString()); column >= 0)
            m_table->sortByColumn(column, sort.value(QStringLiteral("descending")).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    fitToWidth();
}

int ColumnLayout::columnOf(const QString &id) const
{
    const auto it = std::find_if(m_columns.cbegin(), m_columns.cend(), [&id](const Column &column) { return column.spec.id == id; });
    return it == m_columns.cend() ? -1 : static_cast<int>(it - m_columns.cbegin());
}

int ColumnLayout::lastShown() const
{
    const QHeaderView *header = m_table->horizontalHeader();
    int visual = header->count() - 1;
    while (visual > 0 && header->isSectionHidden(header->logicalIndex(visual)))
        --visual;
    return header->logicalIndex(visual);
}

int ColumnLayout::shownCount() const
{
    return m_table->horizontalHeader()->count() - m_table->horizontalHeader()->hiddenSectionCount();
}

void ColumnLayout::show(int column, bool shown)
{
    {
        const QScopedValueRollback<bool> guard(m_ours, true);
        Column &one = m_columns[column];
        one.kept = shown && one.noRoom;
        one.noRoom = false;
        m_table->setColumnHidden(column, !shown);
        if (shown)
            applyWidth(column);
    }
    fitToWidth();
    emit changedByHand();
}

void ColumnLayout::fillMenu(QMenu *menu)
{
    menu->clear();
    for (int column = 0; column < m_columns.size(); ++column) {
        const QString name = m_table->model()->headerData(column, Qt::Horizontal).toString();
        QAction *action = menu->addAction(m_columns.at(column).noRoom ? tr("%1 (no room)").arg(name) : name);
        const bool hidden = m_table->isColumnHidden(column);
        action->setCheckable(true);
        action->setChecked(!hidden);
        // The last one stays: a table without columns has no header to bring them back.
        action->setEnabled(hidden || shownCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool shown) { show(column, shown); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &ColumnLayout::reset);
}

} // namespace novita
