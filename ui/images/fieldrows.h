// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/fieldeditor.h"

#include <QJsonObject>

class QGridLayout;
class QLabel;

namespace novita {

/// Fields one below the other: label, editor, advice, and what is wrong with the value; one that is missing is only marked.
class FieldRows final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FieldRows)

public:
    FieldRows(const QList<FieldSpec> &fields, const FieldServices &services, QWidget *parent = nullptr);

    /// Of all fields, also hidden ones; what is empty is left out.
    QJsonObject values() const;
    /// Fields without a value are emptied. Emits nothing.
    void setValues(const QJsonObject &values);
    FieldEditor *editor(QAnyStringView field) const; ///< nullptr when there is none
    void setShown(const QString &field, bool shown);
    void setBase(ModelBase base);
    /// Paths begin with a field of these: "steps", "loras[1].strength".
    void showProblems(const QList<FieldProblem> &problems);
    /// False when the path begins with no field of these.
    bool focusPath(const QString &path);
    bool isAnyShown() const;
    /// The language, or what stands in front of the accessible names ("LoRA 2: "), is another.
    void retranslate(const QString &prefix = {});

signals:
    void changed(const QString &field);

private:
    struct Row
    {
        FieldEditor *editor;
        QLabel *label;   ///< nullptr for one that says its name itself
        QLabel *note;    ///< nullptr without advice
        QLabel *problem;
        bool isShown = true;
    };
    void addRow(const FieldSpec &field, const FieldServices &services);
    const Row *row(QAnyStringView field) const;

    QGridLayout *m_grid;
    QList<Row> m_rows;
};

/// "loras[1].strength": the field "loras", and what is left of the path, "[1].strength". "a.b" gives "a" and "b".
struct FieldPath
{
    QString field;
    QString rest;
};
FieldPath splitFieldPath(const QString &path);

} // namespace novita
