// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/gridplan.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace novita {

class GridAxisRow;
class Theme;

/// Pictures over one or two parameters: which, with which values, how many jobs that is and what they cost, before
/// anything is sent.
class GridDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GridDialog)

public:
    struct Parts
    {
        const Theme &theme;
        EndpointSpec spec;
        JobOrder order;      ///< of the form as it stands
        FormContext context; ///< its pictures must outlive the dialog
        WildcardLists lists;
        std::function<double()> random; ///< values in [0, 1)
    };

    GridDialog(const Parts &parts, QWidget *parent = nullptr);
    ~GridDialog() override;

    /// What was chosen, to be given to restore() of a later dialog.
    QJsonObject choice() const;
    void restore(const QJsonObject &choice);

signals:
    /// Good jobs of one batch, each with its GridPlace; the dialog closes.
    void startRequested(const QList<novita::NewImageJob> &jobs, const novita::JobPlan &plan);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void swapAxes();
    void refresh();
    void count();
    void start();
    void present();
    void retranslate();

    const Parts m_parts;
    GridAxisRow *m_columns;
    GridAxisRow *m_rows;
    QLabel *m_lead;
    QPushButton *m_swap;
    QLabel *m_summary;
    QLabel *m_note;
    QLabel *m_problem;
    QPushButton *m_cancel;
    QPushButton *m_start;
    QTimer m_rest; ///< of typing: cells are checked one by one
    std::optional<PromptGrid> m_grid;
    std::optional<JobPlan> m_plan;
    QString m_refusal;
};

} // namespace novita
