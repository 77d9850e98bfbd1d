// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/estimate.h"
#include "core/gallery/picturefiles.h"
#include "core/imagefile/metadatawriter.h"
#include "core/images/imagekeeper.h"
#include "core/net/downloader.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QThreadPool>
#include <QUuid>

#include <functional>

namespace novita {

struct KeepOrder;

/// Fetches results and keeps them as files of the gallery, in threads of its own: told by their content, within limits, with their metadata, a thumbnail beside.
/// What is no picture, is cut short or too large is refused in a sentence, and nothing of it is kept. The same result of the same job, fetched once more, is
/// the same file.
///
/// As many are fetched at a time as fit into kMostBytesAtOnce; of those that wait, the one whose link expires first comes first.
///
/// Thread: the one that made it. The destructor waits for the files that are being written.
class GalleryKeeper final : public QObject, public ImageKeeper
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryKeeper)

public:
    static constexpr qint64 kMostImageBytes = 64 * 1024 * 1024;
    static constexpr qint64 kMostVideoBytes = 256 * 1024 * 1024;
    static constexpr qint64 kMostBytesAtOnce = kMostVideoBytes; ///< 4 pictures or 1 video

    /// `links`: see Downloader.
    GalleryKeeper(QNetworkAccessManager &links, const Clock &clock, const PictureFiles &files, QObject *parent = nullptr);
    ~GalleryKeeper() override;

    void setReach(Reach reach) { m_downloader.setReach(reach); }
    /// For one download as a whole.
    void setPatience(Milliseconds patience) { m_patience = patience; }
    /// What goes into the files that are kept from now on. Without prompts, what the server wrote into an unsigned picture goes as well;
    /// a picture that it cannot be taken out of is not kept, and the error says so.
    void setWriteOptions(const WriteOptions &options) { m_options = options; }

    /// What a job is thought to cost, for the files; unset: nothing is said. Called by keep().
    void setEstimate(std::function<GenerationEstimate(const ImageJob &job)> estimate) { m_estimate = std::move(estimate); }

    Call<Picture> *keep(const ImageJob &job, const ImageResult &result, int ordinal) override;
    /// Room for as many bytes as it had.
    Call<Done> *room(const ImageJob &job, int ordinal) override;
    Call<QList<Picture>> *keptBefore(const ImageJob &job) override;
    Call<InputImages> *inputs(const ImageJob &job) override;

private:
    struct Fetch;
    void admit();
    void begin(const Fetch &fetch);
    void keepBytes(Call<Picture> *out, const KeepOrder &keeping, const QByteArray &bytes);
    template<typename T>
    void work(Call<T> *out, std::function<Result<T>()> task);

    Downloader m_downloader;
    const Clock &m_clock;
    PictureFiles m_files;
    WriteOptions m_options;
    std::function<GenerationEstimate(const ImageJob &)> m_estimate;
    Milliseconds m_patience{180'000};
    QList<Fetch> m_waiting; ///< by expiry
    QHash<QUuid, qint64> m_refused; ///< bytes of what the disk did not take, by KeepOrder::id()
    qint64 m_room = kMostBytesAtOnce;
    QThreadPool m_pool;
};

} // namespace novita
