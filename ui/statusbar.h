// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/statustext.h"
#include "ui/uicontext.h"

#include <QList>
#include <QWidget>

class QPushButton;
class QTimer;

namespace novita {

class StatusItem;

/// The bar at the bottom that always tells the truth: words, each a button that opens the page behind it. Looks again when
/// something changes and once a second while it is seen (ages and countdowns). Gives up its least important parts when narrow.
class StatusBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusBar)

public:
    explicit StatusBar(UiContext context, QWidget *parent = nullptr);

signals:
    void pageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    StatusItem *addItem(const QString &name, const QString &pageId, int keep);
    void connectSources();
    void scheduleUpdate();
    void refreshTexts();
    void fit();

    UiContext m_context;
    QList<StatusItem *> m_items;
    StatusItem *m_profile;
    StatusItem *m_connection;
    StatusItem *m_queue;
    StatusItem *m_limiter;
    StatusItem *m_breaker;
    StatusItem *m_burn;
    StatusItem *m_balance;
    StatusItem *m_receiver;
    StatusItem *m_data;
    QPushButton *m_tryNow;
    QTimer *m_tick;
    QTimer *m_soon;
};

} // namespace novita
