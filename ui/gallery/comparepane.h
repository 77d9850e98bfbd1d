// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"
#include "ui/gallery/pictureload.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace novita {

class ElidedLabel;
class Theme;
class ZoomView;

/// One of the pictures that are compared, with its star and its way into the trash.
class ComparePane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComparePane)

public:
    /// Larger pictures are scaled down while they are decoded: with four of them the memory stays below 256 MB.
    static constexpr qint64 kMostPixels = 12'000'000;

    /// `letter`: what the picture is called here, "A".
    ComparePane(const Theme &theme, const PictureFiles &files, const Picture &picture, const QString &letter,
                bool blurred, QWidget *parent = nullptr);
    ~ComparePane() override;

    const Picture &picture() const { return m_picture; }
    ZoomView *view() const { return m_view; }
    const LoadedPicturePtr &loaded() const { return m_loaded; } ///< null until it has been read
    bool isBlurred() const { return m_blurred; }
    bool isTrashed() const { return m_picture.trashedAt.has_value(); }
    void setStarred(bool starred);
    void setTrashed(bool trashed);

signals:
    void starRequested(bool starred);
    void trashRequested(bool trashed);
    void ready(); ///< read, or not to be read

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void load();
    void present();
    void retranslate();

    const Theme &m_theme;
    const PictureFiles m_files;
    Picture m_picture;
    const QString m_letter;
    bool m_blurred;
    LoadedPicturePtr m_loaded;
    WorkFlag m_unwanted;
    CallGuard m_call;
    ZoomView *m_view;
    QLabel *m_message;
    ElidedLabel *m_caption;
    QPushButton *m_reveal;
    QPushButton *m_star;
    QPushButton *m_trash;
};

} // namespace novita
