// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/language/conversation.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace novita {

class KeptFiles;

/// The file of one profile that keeps its conversation: read once, written soon after each change, one write at a time. A file that cannot be read stays, and is
/// set aside before the first write. Thread: the UI's; blocks nowhere.
class ConversationFile final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationFile)

public:
    /// `now` gives what is to be written. All must outlive it.
    ConversationFile(KeptFiles &files, const Clock &clock, std::function<Conversation()> now, QObject *parent = nullptr);
    ~ConversationFile() override;

    /// read() follows.
    void open(const ProfileId &profile);
    /// What waits is written down.
    void close();

    const ProfileId &profile() const { return m_profile; }
    bool isRead() const { return m_isRead; }
    /// It changed: is written at most `delay` later, unless that is under way; sooner than asked for before, if need be.
    void touch(Milliseconds delay);
    const std::optional<Error> &error() const { return m_error; }

signals:
    void read(const Result<std::optional<Conversation>> &kept);
    void errorChanged();

private:
    void save();
    void write();

    KeptFiles &m_files;
    const Clock &m_clock;
    std::function<Conversation()> m_now;
    ProfileId m_profile;
    CallGuard m_reading;
    QTimer m_timer;
    quint64 m_opening = 0;    ///< counts open() and close(): what an older one wrote is its own matter
    bool m_isWriting = false; ///< one at a time
    bool m_isDirty = false;   ///< changed since the write under way was asked for
    bool m_isRead = false;
    std::optional<Error> m_error;
};

} // namespace novita
