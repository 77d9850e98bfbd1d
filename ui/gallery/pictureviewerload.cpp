// SPDX-License-Identifier: GPL-3.0-or-later
// How what a PictureViewer shows is read and decoded.
#include "ui/gallery/pictureviewer.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/background.h"
#include "ui/gallery/zoomview.h"

#include <QFrame>
#include <QStackedWidget>

namespace novita {

void PictureViewer::abandon()
{
    if (m_unwanted)
        m_unwanted->store(true);
    m_thumbnailCall.reset();
    m_wholeCall.reset();
    dropFilm();
    m_whole = false;
    m_view->clear();
}

void PictureViewer::load()
{
    abandon();
    if (!m_files)
        return;
    m_blurred = m_picture.flagged && !m_revealed && m_parts.settings.value(keys::kBlurFlagged);
    m_curtain->setVisible(m_blurred);
    m_stack->setCurrentWidget(m_view);
    m_unwanted = std::make_shared<std::atomic<bool>>(false);
    present();
    const bool isFilm = m_picture.kind == MediaKind::Video || m_picture.format == QLatin1String("gif");
    using Loaded = LoadedPicturePtr;
    const auto thumbnail = [files = *m_files, entry = PictureEntry(m_picture), blurred = m_blurred] {
        return pictureload::thumbnail(files, entry, blurred);
    };
    m_thumbnailCall.reset(inBackground<Loaded>(thumbnail, this))->onFinished(this, [this](const Result<Loaded> &done) {
        if (done && !(*done)->levels.isNull())
            showLoaded(*done, false);
    });
    if (isFilm) {
        m_whole = m_blurred;
        if (m_blurred)
            emit shown();
        else
            startFilm();
        return;
    }
    const auto whole = [files = *m_files, file = m_picture.file, blurred = m_blurred, unwanted = m_unwanted] {
        return pictureload::whole(files, file, blurred, unwanted);
    };
    m_wholeCall.reset(inBackground<Loaded>(whole, this))->onFinished(this, [this](const Result<Loaded> &done) {
        if (done)
            showLoaded(*done, true);
    });
}

void PictureViewer::showLoaded(const LoadedPicturePtr &loaded, bool isWhole)
{
    if (isWhole)
        m_thumbnailCall.reset();
    if (loaded->problem) {
        m_view->clear();
        m_curtain->hide();
        showMessage(loaded->problem->message);
        emit shown();
        return;
    }
    m_whole = isWhole;
    m_view->setPicture(loaded->levels, loaded->size);
    present();
    if (isWhole)
        emit shown();
}

} // namespace novita
