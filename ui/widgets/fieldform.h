// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

#include <QSet>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace novita {

class Theme;

/// Labels at the left, inputs at the right, and under each input what is wrong with it. The input is also marked and
/// described for screen readers. Labels come back without text: their owner sets it and sets it anew with the language.
class FieldForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FieldForm)

public:
    explicit FieldForm(const Theme &theme, QWidget *parent = nullptr);

    QLabel *addHeading();
    /// A row for `input`, which gets the label as a buddy. Problems of `fields` are shown under it.
    QLabel *addField(const QSet<DraftField> &fields, QWidget *input);
    /// Quiet words under the last input.
    QLabel *addNote();
    /// An input without a label of its own (a check box).
    void addWide(const QSet<DraftField> &fields, QWidget *input);
    void setFieldVisible(const QWidget *input, bool visible);

    void showProblems(const QList<DraftProblem> &problems);
    QSet<DraftField> fields() const;
    /// False when no input here has the field.
    bool focusField(DraftField field);

private:
    struct Row
    {
        QSet<DraftField> fields;
        QLabel *label;   ///< null for a wide input
        QWidget *input;
        QLabel *problem;
        int gap;         ///< the row of the grid above it
    };
    void addRow(const QSet<DraftField> &fields, QLabel *label, QWidget *input);
    void applyFonts();

    const Theme &m_theme;
    QGridLayout *m_grid;
    QList<Row> m_rows;
    QList<QLabel *> m_headings;
};

/// Marks `input` as wrong (or not) for eyes and screen readers.
void markProblem(QWidget *input, const QString &problem);

} // namespace novita
