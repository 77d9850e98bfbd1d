// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/activity/activitytab.h"

#include <QTimer>

class QPushButton;

namespace novita {

class ErrorBanner;
class OperationModel;
struct OperationRow;

/// What is still running (creates, starts, batches, jobs) and what ended of late; resume, cancel, show the instance.
class OperationsTab final : public ActivityTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OperationsTab)

public:
    explicit OperationsTab(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("operations"); }
    QString title() const override { return tr("Operations"); }
    QString countText() const override;
    void retranslate() override;

protected:
    QString detailsOf(int sourceRow) const override;
    QList<QAction *> rowActions() const override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    const OperationRow *current() const;
    void updateActions();
    void cancelCurrent();
    void resumeCurrent();
    void openCurrent();
    void ended(const Result<Done> &result, const QString &what);

    OperationModel *m_model;
    ErrorBanner *m_banner;
    QAction *m_resume;
    QAction *m_cancel;
    QAction *m_open;
    QTimer m_tick;
};

} // namespace novita
