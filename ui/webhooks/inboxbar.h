// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"

#include <QJsonObject>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace novita {

class ColumnsButton;
class SearchField;
class TableView;
class Theme;

/// What stands above the deliveries: filter, result, whether the newest come in at the top at once, and the columns of `table`.
class InboxBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxBar)

public:
    InboxBar(Theme &theme, TableView *table, QWidget *parent = nullptr);

    QString filterText() const;
    std::optional<DeliveryResult> result() const;
    /// The keyboard goes to the filter.
    void clearFilter();
    void focusFilter();
    void stopFollowing();
    /// So many have come and are not shown; none takes the button away.
    void showWaiting(int count, bool isMore);

    /// "filter", "result" and "follow".
    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);
    void retranslate();

signals:
    void filterChanged();
    /// Down from the filter.
    void leaveRequested();
    void followingChanged(bool on);
    void newestRequested();

private:
    SearchField *m_filter;
    QLabel *m_resultLabel;
    QComboBox *m_result;
    QPushButton *m_newest;
    QCheckBox *m_follow;
    ColumnsButton *m_columns;
};

} // namespace novita
