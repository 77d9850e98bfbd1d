// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picturefiles.h"
#include "core/imagefile/metadatawriter.h"
#include "core/images/imagekeeper.h"
#include "core/net/downloader.h"

#include <QObject>
#include <QThreadPool>

namespace novita {

/// Fetches results and keeps them as files of the gallery, in threads of its own: told by their content, within limits, with their metadata, a thumbnail beside.
/// What is no picture, is cut short or too large is refused in a sentence, and nothing of it is kept.
///
/// Thread: the one that made it. The destructor waits for the files that are being written.
class GalleryKeeper final : public QObject, public ImageKeeper
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryKeeper)

public:
    static constexpr qint64 kMostImageBytes = 64 * 1024 * 1024;
    static constexpr qint64 kMostVideoBytes = 256 * 1024 * 1024;

    /// `links`: see Downloader.
    GalleryKeeper(QNetworkAccessManager &links, const Clock &clock, const PictureFiles &files, QObject *parent = nullptr);
    ~GalleryKeeper() override;

    void setReach(Reach reach) { m_downloader.setReach(reach); }
    /// What goes into the files that are kept from now on. Without prompts, what the server wrote into an unsigned picture goes as well.
    void setWriteOptions(const WriteOptions &options) { m_options = options; }

    Call<Picture> *keep(const ImageJob &job, const ImageResult &result, int ordinal) override;
    Call<InputImages> *inputs(const ImageJob &job) override;

private:
    template<typename T>
    void work(Call<T> *out, std::function<Result<T>()> task);

    Downloader m_downloader;
    const Clock &m_clock;
    PictureFiles m_files;
    WriteOptions m_options;
    QThreadPool m_pool;
};

} // namespace novita
