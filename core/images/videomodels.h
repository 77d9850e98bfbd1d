// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/images/videomodellist.h"
#include "core/language/keptfiles.h"
#include "core/net/downloader.h"

#include <QObject>
#include <QThreadPool>

#include <optional>

class QNetworkAccessManager;

namespace novita {

class ApiClient;

/// The video models that the cloud describes at run time, of one profile: shown as the disk has them, read anew behind
/// that.
///
/// An extra that may be missing: its path says "admin", and nobody promises it. So it is asked without the key, beside
/// the client's queue: whatever it answers says nothing about the key, opens no circuit breaker and is no error that
/// anybody is told of. What is there is never taken away by a failure.
///
/// Thread: the one that made it; blocks nowhere but for its end, until its last file is written. Reads nothing from the
/// network before prepare().
class VideoModels final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VideoModels)

public:
    static constexpr Milliseconds kFresh{3'600'000};    ///< what is younger is not read anew
    static constexpr Milliseconds kAfterError{300'000}; ///< nor is it sooner than this after a failure
    static constexpr Milliseconds kPatience{20'000};

    /// `links`: never with a key. `folder`: where the lists are kept. All must outlive it.
    VideoModels(QNetworkAccessManager &links, const ApiClient &api, const QString &folder, const Clock &clock,
                QObject *parent = nullptr);
    ~VideoModels() override;

    /// Another profile, and where its cloud may be.
    void open(const ProfileId &profile, Reach reach);
    void close();
    /// What is kept of a profile goes. Not of the one that is open.
    Call<Done> *forget(const ProfileId &profile);
    /// Somebody looks at what they are for: asks the cloud unless that was done a little while ago.
    void prepare();

    const VideoModelList &list() const { return m_list; }
    /// An endpoint that the list lacks may come yet: it is a video model's, and the list is missing or old.
    bool mayDescribe(const QString &endpointId) const;
    /// The disk has said what it has; nothing for a closed one.
    bool isRead() const { return m_isRead; }

signals:
    /// The list, or isRead().
    void changed();
    /// The cloud did not give it; what is there stays.
    void failed(const novita::Error &error);

private:
    bool isFresh() const;
    void readDisk();
    void fetched(const Result<Download> &answer);
    void adopt(const Result<VideoModelList> &read);

    Downloader m_downloader;
    const ApiClient &m_api;
    const Clock &m_clock;
    KeptFiles m_files;
    QThreadPool m_pool; ///< what was read is decoded in it
    ProfileId m_profile;
    VideoModelList m_list;
    bool m_isRead = false;
    bool m_isWanted = false; ///< before the disk had answered
    std::optional<SteadyPoint> m_failedAt;
    CallGuard m_keptReading;
    CallGuard m_reading;
};

} // namespace novita
