// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptgrid.h"

#include "core/base/displaytext.h"
#include "core/prompts/saturating.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <utility>

namespace novita {

namespace {

struct PromptGridWords
{
    Q_DECLARE_TR_FUNCTIONS(PromptGrid)
};

Error refused(const QString &why)
{
    return Error::make(ErrorKind::Validation, why);
}

bool replaces(const GridAxis &axis)
{
    return axis.field.kind == GridKind::PromptReplace;
}

/// `target` with `value` at the end of the way; nothing when the way is broken: lists do not grow, and only objects have members.
std::optional<QJsonValue> put(const QJsonValue &target, const QStringList &way, qsizetype at, const QJsonValue &value)
{
    if (at == way.size())
        return value;
    const QString &key = way.at(at);
    if (target.isArray()) {
        QJsonArray list = target.toArray();
        bool isNumber = false;
        const qsizetype index = key.toInt(&isNumber);
        if (!isNumber || index < 0 || index >= list.size())
            return {};
        const std::optional<QJsonValue> item = put(list.at(index), way, at + 1, value);
        if (!item)
            return {};
        list.replace(index, *item);
        return list;
    }
    // The last key of the way may be new: a parameter that the recipe leaves at its default.
    if (!target.isObject())
        return {};
    QJsonObject object = target.toObject();
    const std::optional<QJsonValue> member = put(object.value(key), way, at + 1, value);
    if (!member)
        return {};
    object.insert(key, *member);
    return object;
}

/// Lays one value of an axis over `overrides`; false when nothing was there to be changed.
bool apply(const GridAxis &axis, qsizetype index, const QJsonObject &values, QJsonObject &overrides)
{
    const auto current = [&](const QString &key) { return overrides.contains(key) ? overrides.value(key) : values.value(key); };
    const QJsonValue &value = axis.values.at(index).value;
    if (!replaces(axis)) {
        const QStringList way = axis.field.path.split(u'/');
        const std::optional<QJsonValue> changed = put(current(way.first()), way, 1, value);
        if (changed)
            overrides.insert(way.first(), *changed);
        return changed.has_value();
    }
    const QString searched = axis.values.first().value.toString();
    bool found = false;
    for (const QString &key : axis.field.texts) {
        QString text = current(key).toString();
        if (!text.contains(searched))
            continue;
        found = true;
        overrides.insert(key, text.replace(searched, value.toString()));
    }
    return found;
}

/// Whether the axis finds what it changes, with at least one value of the other axis.
bool findsItsTarget(const GridAxis &axis, const std::optional<GridAxis> &other, const QJsonObject &values)
{
    const qsizetype tries = other && !replaces(*other) && replaces(axis) ? other->values.size() : 1;
    for (qsizetype i = 0; i < tries; ++i) {
        QJsonObject overrides;
        if (other && !replaces(*other) && replaces(axis))
            apply(*other, i, values, overrides);
        if (apply(axis, 0, values, overrides))
            return true;
    }
    return false;
}

QString labelOf(const GridAxis &axis, qsizetype index)
{
    return QStringLiteral("%1: %2").arg(axis.field.title, displayLine(axis.values.at(index).label, 80));
}

} // namespace

Result<PromptGrid> PromptGrid::of(const std::optional<GridAxis> &x, const std::optional<GridAxis> &y, const QJsonObject &values)
{
    if ((!x || x->values.isEmpty()) && (!y || y->values.isEmpty()))
        return refused(PromptGridWords::tr("Choose a parameter to run over."));
    PromptGrid grid;
    grid.m_values = values;
    if (x && !x->values.isEmpty())
        grid.m_x = x;
    if (y && !y->values.isEmpty())
        grid.m_y = y;
    if (grid.m_x && grid.m_y && !replaces(*x) && !replaces(*y) && x->field.path == y->field.path)
        return refused(PromptGridWords::tr("Both axes run over “%1”. Choose another parameter for one of them.").arg(x->field.title));
    if (grid.count() > kMostCells)
        return refused(PromptGridWords::tr("A grid may have at most %1 cells; this one would have %2.").arg(kMostCells).arg(grid.count()));
    for (const auto &[axis, other] : {std::pair(&grid.m_x, &grid.m_y), std::pair(&grid.m_y, &grid.m_x)}) {
        if (!*axis || findsItsTarget(**axis, *other, values))
            continue;
        if (replaces(**axis))
            return refused(PromptGridWords::tr("“%1” is not in the prompt.").arg(displayLine((*axis)->values.first().label, 80)));
        return refused(PromptGridWords::tr("There is no “%1” to run over.").arg((*axis)->field.title));
    }
    return grid;
}

QString PromptGrid::columnLabel(qsizetype column) const
{
    return m_x ? m_x->values.at(column).label : QString();
}

QString PromptGrid::rowLabel(qsizetype row) const
{
    return m_y ? m_y->values.at(row).label : QString();
}

GridCell PromptGrid::cell(qsizetype column, qsizetype row) const
{
    Q_ASSERT(column >= 0 && column < columns() && row >= 0 && row < rows());
    GridCell cell{column, row, {}, {}};
    for (const bool replacing : {false, true}) {
        if (m_x && replaces(*m_x) == replacing)
            apply(*m_x, column, m_values, cell.overrides);
        if (m_y && replaces(*m_y) == replacing)
            apply(*m_y, row, m_values, cell.overrides);
    }
    QStringList labels;
    if (m_x)
        labels.append(labelOf(*m_x, column));
    if (m_y)
        labels.append(labelOf(*m_y, row));
    cell.label = labels.join(QStringLiteral(" · "));
    return cell;
}

quint64 pictureCount(quint64 cells, quint64 prompts, quint64 batch)
{
    return saturatingProduct(saturatingProduct(cells, prompts), batch);
}

} // namespace novita
