// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace novita {

class ActivityStore;
struct ActivityEvent;

/// The newest events of the activity, newest first. Follows the store only while it is told to: nobody looks at a hidden feed.
class FeedModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FeedModel)

public:
    static constexpr int kMostRows = 100;
    enum Role { TimeRole = Qt::UserRole + 100, SourceRole };

    explicit FeedModel(const ActivityStore &store, QObject *parent = nullptr);

    void setFollowing(bool following);
    /// nullptr when there is no such row; valid until the next event.
    const ActivityEvent *at(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole is the sentence, TimeRole and SourceRole the words beside it, ToneRole and IconNameRole as everywhere.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void reset();
    void takeNewest();

    const ActivityStore &m_store;
    bool m_following = false;
    int m_rows = 0;
};

} // namespace novita
