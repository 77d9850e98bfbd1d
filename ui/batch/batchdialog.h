// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/operationlog.h"
#include "core/workflows/batchcreate.h"
#include "core/workflows/batchtable.h"
#include "ui/uicontext.h"

#include <QDialog>
#include <QPointer>

#include <functional>

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace novita {

class BatchModel;
class BatchSource;
class BatchValues;
class ErrorBanner;
class TableView;

/// *Create several…*: first what shall be made, row by row, with what it costs; then how each row goes. Closing it stops nothing:
/// the batch belongs to BatchRuns. Open it with open() or show(); connect finished() to deleteLater().
class BatchDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchDialog)

public:
    explicit BatchDialog(const UiContext &context, QWidget *parent = nullptr);
    ~BatchDialog() override;

    /// What every row begins as. Without a product the best offer in the person's region order is taken.
    void setModel(const InstanceDraft &model);
    /// Shows a batch that was begun, here or by an earlier run of the program.
    void showBatch(const OperationId &id);
    BatchSource *source() const { return m_source; }
    bool isPlanning() const { return m_batch.isEmpty(); }

public slots:
    void reject() override;

signals:
    /// The person wants to fill in what the rows are like.
    void modelEditRequested(const novita::InstanceDraft &model);
    void openInstanceRequested(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void adoptBestProduct();
    void showPlan();
    void showCost(const QList<InstanceDraft> &drafts);
    void nameRows();
    QList<InstanceDraft> planned() const;
    void requestCreate();
    void create();
    void askInProduction(const QList<InstanceDraft> &drafts, std::function<void()> go);
    QList<InstanceDraft> draftsIn(const QList<BatchRow::State> &states) const;
    void resume();
    void retry();
    QList<int> unsettledRows() const;
    void createAgain();
    void showProgress();
    void updateButtons();
    void retranslate();
    BatchCreate *batch() const;
    QString planBlocker() const;

    const UiContext m_context;
    InstanceDraft m_model;
    BatchTable m_table;          ///< as read from the source
    QString m_tableProblem;      ///< the source holds no table
    OperationId m_batch;         ///< empty while planning
    QPointer<BatchCreate> m_followed;
    bool m_leaving = false;
    ErrorBanner *m_banner;
    BatchSource *m_source;
    BatchValues *m_values;
    BatchModel *m_rows;
    TableView *m_view;
    QLabel *m_cost;
    QLabel *m_problems;
    QCheckBox *m_leaveOut;
    QLabel *m_parallelLabel;
    QSpinBox *m_parallel;
    QLabel *m_note;
    QPushButton *m_close;
    QPushButton *m_cancelRest;
    QPushButton *m_look;
    QPushButton *m_again;
    QPushButton *m_retry;
    QPushButton *m_resume;
    QPushButton *m_create;
};

} // namespace novita
