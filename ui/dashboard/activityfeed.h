// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QFrame>

class QLabel;
class QListView;
class QPushButton;

namespace novita {

class EmptyState;
class FeedModel;

/// What happened, newest first, as a card; a click opens what it was about. Follows the activity while it is seen.
class ActivityFeed final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityFeed)

public:
    explicit ActivityFeed(const UiContext &context, QWidget *parent = nullptr);

    /// The keyboard goes to the events, or to what there is in their place.
    void takeFocus();

signals:
    void openInstanceRequested(const QString &instanceId);
    /// "activity/events", for what is about no instance, and for the rest.
    void openPageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void openRow(const QModelIndex &index);
    void applyFonts();
    void retranslate();
    void showEmpty();

    UiContext m_context;
    FeedModel *m_model;
    QLabel *m_title;
    QListView *m_list;
    EmptyState *m_empty;
    QPushButton *m_all;
};

} // namespace novita
