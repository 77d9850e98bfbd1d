// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/modelstore.h"

#include <QObject>

#include <optional>

namespace novita {

/// Which models of the catalogue somebody likes, and has used, for one profile: read from the disk once, changed here
/// and written down at once. Thread: the one that made it; blocks nowhere.
class KeptModels final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeptModels)

public:
    explicit KeptModels(ModelStore &store, QObject *parent = nullptr);

    /// Another profile, or none: nothing is known of it before read().
    void open(const ProfileId &profile);
    /// What the disk has; once for each open(), again where it could not be read.
    void read();
    bool isRead() const { return m_state == State::Read; }

    /// Favourites, then what was used, the last used first; each once.
    const QList<KeptModel> &all() const { return m_kept; }
    const KeptModel *find(const ImageModel &model) const;
    /// In place of what was kept of this model; neither favourite nor used: forgotten. Only after read(): what the disk
    /// says is replaced.
    void keep(const KeptModel &kept);
    /// As the server describes them now: covers have links that end, and tags change.
    void update(const QList<ImageModel> &models);

signals:
    void changed();

private:
    enum class State { Unread, Reading, Read };

    void sort();

    ModelStore &m_store;
    ProfileId m_profile;
    QList<KeptModel> m_kept;
    State m_state = State::Unread;
    CallGuard m_reading;
};

} // namespace novita
