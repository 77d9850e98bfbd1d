// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/downloader.h"

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QThreadPool>
#include <QUrl>

#include <memory>

namespace novita {

class PreviewFiles;

/// Small pictures of models by the links of their covers: those that somebody looks at, and no others. Fetched without a key, within limits, decoded in
/// threads of its own, kept small in memory and on the disk.
///
/// Thread: the one that made it; blocks nowhere but in the destructor, which waits for the pictures that are being decoded.
class ModelPreviews final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelPreviews)

public:
    static constexpr int kSide = 160;                            ///< pixels of the longer side, at most
    static constexpr qint64 kMostBytes = 2 * 1024 * 1024;        ///< of a cover as it is fetched
    static constexpr int kMemoryBytes = 24 * 1024 * 1024;
    static constexpr qint64 kDiskBytes = 64ll * 1024 * 1024;
    static constexpr int kAtOnce = 4;

    /// `links`: see Downloader. `folder`: its own.
    ModelPreviews(QNetworkAccessManager &links, const QString &folder, qint64 diskBytes = kDiskBytes, QObject *parent = nullptr);
    ~ModelPreviews() override;

    void setReach(Reach reach);

    /// What can be seen now, the most wanted first, in place of what was asked for before: what is on its way and not wanted any more is given up. Empty: nobody
    /// looks. What has failed is not tried again before forgetFailures().
    void want(const QList<QUrl> &covers);
    void forgetFailures() { m_failed.clear(); }

    /// Null when it is not there (yet).
    QImage image(const QUrl &cover) const;
    bool hasFailed(const QUrl &cover) const;

signals:
    /// It is there, or has failed.
    void arrived(const QUrl &cover);

private:
    struct Load
    {
        QUrl cover;
        CallGuard download;
    };

    void next();
    void begin(const QUrl &cover);
    void fetch(const QString &key);
    void work(const QString &key, std::function<QImage()> task, std::function<void(const QImage &)> then);
    void end(const QString &key, const QImage &image);

    Downloader m_downloader;
    const std::unique_ptr<PreviewFiles> m_files;
    QThreadPool m_pool;
    QCache<QString, QImage> m_images;                       ///< by key; costs are bytes
    QHash<QString, QUrl> m_failed; ///< by key: the link that led nowhere; another one to the same cover may lead there
    QSet<QString> m_wanted;
    QList<QUrl> m_waiting;
    QHash<QString, std::shared_ptr<Load>> m_loads;
};

} // namespace novita
