// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QDialog>
#include <QList>
#include <QStringList>

class QLabel;
class QPushButton;
class QTableWidget;

namespace novita {

/// A list of rules that a person made, to switch on and off and to delete. The owner fills it and does what is asked.
class RuleListDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleListDialog)

public:
    struct Row
    {
        QString id;
        QStringList cells;     ///< one for each column; plain text
        bool enabled = true;
        bool canSwitch = true; ///< else it can only be deleted
        bool operator==(const Row &) const = default;
    };
    struct Words
    {
        QString title;
        QString note;          ///< a sentence above the table
        QString nothing;       ///< in place of the note while there are no rows
        QString tableName;     ///< accessible name
        QStringList columns;   ///< without that of the switch
        QString addLabel;      ///< of the button that asks for a new rule; empty = no button
    };

    RuleListDialog(const Theme &theme, const Words &words, QWidget *parent = nullptr);

    /// Keeps the chosen row.
    void setRows(const QList<Row> &rows);
    /// A sentence about what went wrong; empty takes it away.
    void setProblem(const QString &sentence);

signals:
    void switchRequested(const QString &id, bool on);
    void deleteRequested(const QString &id);
    void addRequested();

private:
    void buildLayout(const Theme &theme);
    void showRow(int number);
    void applyChoice();
    const Row *chosen() const;

    const Words m_words;
    QList<Row> m_rows;
    QLabel *m_note;
    QLabel *m_problem;
    QTableWidget *m_table;
    QPushButton *m_add;
    QPushButton *m_switch;
    QPushButton *m_delete;
    QPushButton *m_close;
};

} // namespace novita
