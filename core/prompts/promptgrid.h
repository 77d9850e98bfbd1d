// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/prompts/gridaxis.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace novita {

/// One picture of a grid, or as many as a batch has.
struct GridCell
{
    qsizetype column = 0;
    qsizetype row = 0;
    QString label;         ///< "Steps: 20 · Sampler: Euler a"
    QJsonObject overrides; ///< whole top-level values of the recipe, to be put over its own

    bool operator==(const GridCell &) const = default;
};

/// Pictures over one or two parameters of a recipe: columns by the first axis, rows by the second. A value.
class PromptGrid
{
public:
    static constexpr qsizetype kMostCells = 2'500;

    /// ErrorKind::Validation, with a sentence: no axis, both axes over the same parameter, more than kMostCells, a way that leads to nothing in `values`
    /// (no such LoRA), or a searched text that is in none of the texts. `values` are those of the recipe, prompts as templates.
    static Result<PromptGrid> of(const std::optional<GridAxis> &x, const std::optional<GridAxis> &y, const QJsonObject &values);

    qsizetype columns() const { return m_x ? m_x->values.size() : 1; }
    qsizetype rows() const { return m_y ? m_y->values.size() : 1; }
    qsizetype count() const { return columns() * rows(); }

    QString columnLabel(qsizetype column) const; ///< "20"; empty without that axis
    QString rowLabel(qsizetype row) const;
    QString columnTitle() const { return m_x ? m_x->field.title : QString(); }
    QString rowTitle() const { return m_y ? m_y->field.title : QString(); }

    /// In range. A searched text is replaced after the other axis had its turn, so that a grid over whole prompts can be searched too.
    GridCell cell(qsizetype column, qsizetype row) const;
    /// Row by row; `index` below count().
    GridCell at(qsizetype index) const { return cell(index % columns(), index / columns()); }

private:
    PromptGrid() = default;

    std::optional<GridAxis> m_x;
    std::optional<GridAxis> m_y;
    QJsonObject m_values;
};

/// How many pictures come of a start: cells times prompts times pictures of a batch; kMostCount for more than fit.
quint64 pictureCount(quint64 cells, quint64 prompts, quint64 batch);

} // namespace novita
