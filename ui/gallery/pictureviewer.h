// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"
#include "ui/gallery/pictureload.h"

#include <QImage>
#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace novita {

class ElidedLabel;
class EmptyState;
class FilmBar;
class FilmPlayer;
enum class FilmKind;
class Prompts;
class Settings;
class Theme;
class ZoomBar;
class ZoomView;

/// One picture or film of the gallery to look at: its thumbnail at once, the whole when it has been read; fitted, at
/// 100 % or zoomed (see ZoomView for mouse and keys). What the cloud has flagged is blurred while the settings say so.
/// What cannot be shown is said in a sentence. Films are played here where they can be, else by the program of the
/// desktop. All reading and decoding is done off the UI thread, within DecodeLimits.
class PictureViewer : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureViewer)

public:
    struct Parts
    {
        const Theme &theme;
        Settings &settings;
        Prompts &prompts;
    };

    explicit PictureViewer(const Parts &parts, QWidget *parent = nullptr);
    ~PictureViewer() override;

    using QWidget::show;
    /// The same picture again changes nothing but what is newly known of it: zoom and place stay.
    void show(const Picture &picture, const PictureFiles &files);
    void clear();
    /// Stands there while there is no picture; "Nothing to show yet." at first.
    void setPlaceholder(const QString &sentence);
    /// Whether the buttons *Previous* and *Next* can be pressed; both are hidden until this was called.
    void setSteps(bool hasPrevious, bool hasNext);

    PictureId picture() const { return m_picture.id; } ///< 0 = none
    ZoomView *view() const { return m_view; }
    /// The sentence in place of the picture; empty while a picture is shown.
    QString problem() const;
    bool isBlurred() const { return m_blurred; }
    /// Of what is shown, as large as it is; null while there is nothing, or it is blurred.
    QSize shownSize() const;

signals:
    void previousRequested();
    void nextRequested();
    void frameCaptured(const QImage &frame); ///< a frame of a film is wanted as a picture to start from
    void frameSaved(const QString &path, const QString &problem); ///< `problem`: a sentence; empty = it is there
    void shown(); ///< the whole picture, the first frame, the blurred one, or why there is none

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    /// A seam for tests: blocks as drags do.
    virtual void startDrag(const QString &path);

private:
    void build();
    void abandon();
    void load();
    void showLoaded(const LoadedPicturePtr &loaded, bool isWhole);
    void showMessage(const QString &sentence, const QString &button = {});
    void startFilm();
    void playFilm(FilmKind kind);
    void showFilmProblem(const QString &sentence, bool maybeElsewhere);
    void dropFilm();
    void openOutside();
    void saveFrame();
    void dragOut();
    void step(int step);
    void present();
    void retranslate();

    static constexpr int kCurtainWidth = 360; ///< pixels

    const Parts m_parts;
    Picture m_picture;
    std::optional<PictureFiles> m_files;
    QString m_placeholder;
    bool m_blurred = false;
    bool m_revealed = false; ///< the person has pressed *Show* for this picture
    bool m_whole = false;    ///< what is shown is not the thumbnail
    WorkFlag m_unwanted;
    CallGuard m_thumbnailCall;
    CallGuard m_wholeCall;
    CallGuard m_saveCall;
    FilmPlayer *m_film = nullptr;
    QStackedWidget *m_stack;
    ZoomView *m_view;
    EmptyState *m_message;
    QFrame *m_curtain; ///< over a blurred picture
    QLabel *m_curtainText;
    QPushButton *m_reveal;
    FilmBar *m_filmBar;
    QWidget *m_foot;
    QPushButton *m_previous;
    QPushButton *m_next;
    ElidedLabel *m_state;
    ZoomBar *m_zoom;
};

} // namespace novita
