// SPDX-License-Identifier: GPL-3.0-or-later
// Films in PictureViewer, and what leaves it: files dragged out, frames saved, the player of the desktop.
#include "ui/gallery/pictureviewer.h"

#include "core/base/displaytext.h"
#include "core/images/metadatasetting.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/background.h"
#include "ui/gallery/filedrag.h"
#include "ui/gallery/filmbar.h"
#include "ui/gallery/filmfile.h"
#include "ui/gallery/filmplayer.h"
#include "ui/gallery/gifplayer.h"
#include "ui/gallery/zoomview.h"
#include "ui/prompts.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMetaMethod>
#include <QStackedWidget>
#include <QUrl>

namespace novita {

void PictureViewer::startFilm()
{
    // What it is, its content says; a film of another kind goes to no decoder.
    m_wholeCall
        .reset(inBackground<FilmKind>(
            [files = *m_files, file = m_picture.file] { return filmKindOf(files.path(file)); }, this))
        ->onFinished(this, [this](const Result<FilmKind> &kind) {
            if (kind)
                playFilm(*kind);
        });
}

void PictureViewer::playFilm(FilmKind kind)
{
    switch (kind) {
    case FilmKind::Missing:
        showFilmProblem(tr("The file of this film is not there any more."), false);
        return;
    case FilmKind::Empty:
        showFilmProblem(tr("The file of this film is empty."), false);
        return;
    case FilmKind::Other:
        showFilmProblem(tr("The file is neither MP4 nor WebM nor GIF: it is not played."), false);
        return;
    case FilmKind::Gif:
        m_film = new GifPlayer(*m_files, m_picture.file, this);
        break;
    case FilmKind::Video:
        m_film = makeVideoPlayer(m_files->path(m_picture.file), this);
        break;
    }
    if (!m_film) {
        showFilmProblem(tr("This program was built without a player for films."), true);
        return;
    }
    m_filmBar->setCanUse(isSignalConnected(QMetaMethod::fromSignal(&PictureViewer::frameCaptured)));
    m_filmBar->setPlayer(m_film);
    connect(m_film, &FilmPlayer::frameChanged, this, [this](const QImage &frame) {
        m_thumbnailCall.reset();
        m_view->setFrame(frame);
        m_stack->setCurrentWidget(m_view);
        if (!m_whole) {
            m_whole = true;
            present();
            emit shown();
        }
    });
    connect(m_film, &FilmPlayer::stateChanged, this, [this] {
        if (m_film->state() == FilmPlayer::State::Failed)
            showFilmProblem(m_film->problem(), true);
    });
    // What fails at once has failed by now.
    if (m_film->state() == FilmPlayer::State::Failed)
        showFilmProblem(m_film->problem(), true);
}

void PictureViewer::showFilmProblem(const QString &sentence, bool maybeElsewhere)
{
    showMessage(sentence, maybeElsewhere ? tr("Open with the system's player") : QString());
    emit shown();
}

void PictureViewer::dropFilm()
{
    m_filmBar->setPlayer(nullptr);
    if (!m_film)
        return;
    m_film->disconnect(this);
    m_film->pause();
    m_film->deleteLater();
    m_film = nullptr;
}

void PictureViewer::openOutside()
{
    if (!m_files)
        return;
    // path() knows names of the gallery's own files only.
    const QString path = m_files->path(m_picture.file);
    const QFileInfo file(path);
    const QString suffix = file.suffix().toLower();
    static const QStringList films{QStringLiteral("mp4"), QStringLiteral("webm"), QStringLiteral("gif")};
    if (path.isEmpty() || !file.isFile() || !films.contains(suffix))
        return;
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file.absoluteFilePath())))
        showMessage(tr("The system has no player for this file: %1").arg(file.absoluteFilePath()));
}

void PictureViewer::saveFrame()
{
    if (!m_film || m_film->frame().isNull())
        return;
    const QImage frame = m_film->frame();
    const QString suggestion =
        QFileInfo(m_picture.file).completeBaseName() + QStringLiteral("-%1.png").arg(m_film->position().count());
    m_parts.prompts.saveFile(
        this, tr("Save this frame"), suggestion, tr("PNG pictures (*.png)"), [this, frame, film = m_picture](const QString &path) {
            if (path.isEmpty())
                return;
            m_saveCall.reset(inBackground<QString>(
                    [frame, film, path, options = writeOptionsFor(m_parts.settings.value(keys::kImageMetadata))] {
                        return saveFrameAs(frame, film, options, path);
                    },
                    this))
                ->onFinished(this, [this, path](const Result<QString> &problem) {
                    if (!problem)
                        return;
                    m_filmBar->tell(problem->isEmpty() ? tr("The frame is saved as %1.").arg(displayLine(path))
                                                       : *problem);
                    emit frameSaved(path, *problem);
                });
        });
}

void PictureViewer::dragOut()
{
    if (!m_files || m_blurred)
        return;
    const QString path = m_files->path(m_picture.file);
    if (path.isEmpty() || !QFileInfo::exists(path))
        return;
    startDrag(path);
}

void PictureViewer::startDrag(const QString &path)
{
    dragFile(path, m_view->standIn(), this);
}

void PictureViewer::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_B) && m_blurred) {
        m_revealed = true;
        load();
    } else if (isPlain && m_film && event->key() == Qt::Key_Space) {
        m_film->togglePlaying();
    } else if (isPlain && m_film && event->key() == Qt::Key_Comma) {
        m_film->step(-1);
    } else if (isPlain && m_film && event->key() == Qt::Key_Period) {
        m_film->step(1);
    } else if (isPlain && m_film && event->key() == Qt::Key_M) {
        m_film->setMuted(!m_film->isMuted());
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace novita
