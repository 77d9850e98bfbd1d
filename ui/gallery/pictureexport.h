// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <atomic>

namespace novita {

/// Where pictures go, what they are called, and what they tell.
struct ExportOrder
{
    QString folder;
    QString names;      ///< as exportname::stem() takes it; empty = exportname::defaultPattern()
    bool strips = false; ///< see withoutMetadata(); what it cannot read is not written

    bool operator==(const ExportOrder &) const = default;
};

struct PictureExportReport
{
    int written = 0;
    int failed = 0;
    QString folder;
    QString problem; ///< of the first that failed: a sentence
};

/// Copies pictures into a folder of the person's; nothing that is there is replaced, and a file is there whole or not at
/// all. Works in a thread of its own. Thread: the one that made it; the destructor stops after the picture at hand.
class PictureExport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureExport)

public:
    explicit PictureExport(const PictureFiles &files, QObject *parent = nullptr);
    ~PictureExport() override;

    Call<PictureExportReport> *start(const QList<Picture> &pictures, const ExportOrder &order);

private:
    PictureFiles m_files;
    std::atomic<bool> m_stopped = false;
    QThreadPool m_pool;
};

} // namespace novita
