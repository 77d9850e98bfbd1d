// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/resultlistmodel.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace novita {

class BulkRun;
class TableView;
class Theme;

/// A run over many things, row by row as it goes: name, state, why it failed. *Cancel the rest* while it runs, *Retry failed*
/// when some failed, *Close*. Closing does not stop the run.
class ResultListDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResultListDialog)

public:
    ResultListDialog(Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setRows(const QList<ResultRow> &rows);
    void setRow(int row, const ResultRow &result);
    /// All rows have their result: buttons change.
    void setFinished(bool finished);
    /// Shows `run`, whose owner stays who it was. For *Retry failed* pass a new run to watch().
    void watch(BulkRun *run);

signals:
    void cancelRequested();
    void retryRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void showSummary();
    void retranslate();

    Theme &m_theme;
    QLabel *m_summary;
    TableView *m_table;
    ResultListModel *m_model;
    QPushButton *m_cancel;
    QPushButton *m_retry;
    QPushButton *m_close;
};

} // namespace novita
