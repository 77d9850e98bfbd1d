// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imagequeue.h"
#include "ui/images/spending.h"

#include <QJsonObject>
#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;

namespace novita {

class ActionButton;
class EmptyState;
class ErrorBanner;
class Prompts;
class QueueActions;
class QueueModel;
class Settings;
class TableView;
class Theme;

/// The queue of image jobs: what waits, runs and has ended, why nothing is sent, and all that can be done with jobs.
class QueuePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueuePanel)

public:
    struct Parts
    {
        Theme &theme;
        Prompts &prompts;
        Settings &settings;
        ImageQueue &queue;
        const Clock &clock;
        std::function<QString(const QString &endpoint)> title; ///< name of an endpoint
        SpendGate gate = {};                                   ///< see QueueActions
    };

    explicit QueuePanel(const Parts &parts, QWidget *parent = nullptr);

    /// See QueueActions::setReadOnly().
    void setReadOnly(bool readOnly);
    QueueModel *model() const { return m_model; }
    TableView *table() const { return m_table; }
    /// For the page's menu; owned by the panel.
    QList<QAction *> actions() const;
    QString countText() const; ///< "3 waiting · 1 under way"; empty when nothing is open

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    /// A row was activated: its settings are to be shown or restored.
    void recipeRequested(const novita::ImageJob &job);
    void sheetRequested(const QString &batch);
    void countChanged();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void present();
    void presentBanner();
    void showFailure(const QString &what, const Error &error);
    void retranslate();

    const Parts m_parts;
    QueueModel *m_model;
    QLabel *m_title;
    QLabel *m_counts;
    ErrorBanner *m_banner;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QueueActions *m_actions;
    std::optional<Error> m_failure; ///< until it is dismissed
    QString m_failedThing;
    QTimer m_tick; ///< countdowns; runs while it can be seen and something counts down
};

} // namespace novita
