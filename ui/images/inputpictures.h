// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/endpoints/inputimage.h"
#include "core/gallery/picturefiles.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace novita {

/// The pictures that forms start from: kept in the gallery's inputs, looked at without decoding more than a preview. Their keys in recipes are
/// the names of their files. All work on disk and pixels is done off the UI thread.
class InputPictures final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InputPictures)

public:
    static constexpr qint64 kMostBytes = 64 * 1024 * 1024;
    static constexpr int kPreviewSide = 256; ///< pixels
    static constexpr qsizetype kMostHeld = 64; ///< pictures in memory; beyond, those nobody has asked for longest go

    explicit InputPictures(const PictureFiles &files, QObject *parent = nullptr);
    ~InputPictures() override;

    /// Takes a picture in. Result: its key. ErrorKind::Protocol with a sentence for what is no picture, Storage where the disk refuses.
    Call<QString> *addBytes(const QByteArray &bytes);
    Call<QString> *addFile(const QString &path);
    Call<QString> *addImage(const QImage &image); ///< as PNG
    /// Brings back one of an earlier run: available() or missing() follows, unless it is here.
    void want(const QString &key);

    const InputImages &images() const { return m_images; } ///< those that are here
    QImage preview(const QString &key) const { return m_previews.value(key); }
    bool isMissing(const QString &key) const { return m_missing.contains(key); }

signals:
    void available(const QString &key);
    void missing(const QString &key);

private:
    struct Loaded;
    using Work = std::function<std::shared_ptr<const Loaded>()>;
    Call<QString> *take(Work work);
    void keep(const Loaded &loaded);

    const PictureFiles m_files;
    InputImages m_images;
    QHash<QString, QImage> m_previews;
    QList<QString> m_order; ///< oldest first
    QSet<QString> m_missing;
    QSet<QString> m_wanted;
};

} // namespace novita
