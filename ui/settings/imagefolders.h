// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picturestore.h"
#include "ui/uicontext.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace novita {

/// What lies in a folder.
struct FolderSize
{
    qint64 bytes = 0;
    int files = 0;
    bool operator==(const FolderSize &) const = default;
};

/// Of a folder and those in it, links not followed. At most 1,000,000 files are counted. Blocks on the disk: for worker threads.
FolderSize folderSize(const QString &path);

/// How much the gallery takes on the disk; previews can be deleted, the folders opened. Stands below the settings of images; counts when it is shown.
class ImageFolders final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageFolders)

public:
    explicit ImageFolders(const UiContext &context, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Sizes
    {
        FolderSize originals;
        FolderSize inputs;
        FolderSize thumbnails;
    };
    void count();
    void deleteThumbnails();
    void present();
    void retranslate();

    const UiContext m_context;
    std::optional<Sizes> m_sizes;
    std::optional<PictureStore::Totals> m_totals;
    QString m_problem;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_result;
    QPushButton *m_delete;
    QPushButton *m_gallery;
    QPushButton *m_wildcards;
    CallGuard m_counting;
    CallGuard m_asking;
    CallGuard m_deleting;
};

} // namespace novita
