// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/currentpicture.h"

#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"
#include "ui/gallery/gallerytrouble.h"

#include <QFileInfo>

namespace novita {

namespace {

using FileState = PictureDetails::FileState;

FileState fileStateOf(const PictureFiles &files, const Picture &picture)
{
    const QFileInfo file(files.path(picture.file));
    if (!file.exists())
        return FileState::Missing;
    return picture.bytes > 0 && file.size() != picture.bytes ? FileState::Changed : FileState::AsKept;
}

} // namespace

CurrentPicture::CurrentPicture(const UiContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

void CurrentPicture::read(PictureId id)
{
    m_looking.reset();
    if (!id) {
        m_reading.reset();
        emit gone({});
        return;
    }
    m_reading.reset(m_context.images.pictures().read(id))->onFinished(this, [this](const Result<Picture> &read) {
        if (read) {
            emit arrived(*read);
            lookAtFile(*read);
        } else if (read.error().kind == ErrorKind::NotFound) {
            emit gone({});
        } else if (read.error().kind != ErrorKind::Canceled) {
            emit gone(gallerytrouble::sentence(tr("This picture cannot be read."), read.error()));
        }
    });
}

void CurrentPicture::lookAtFile(const Picture &picture)
{
    m_looking
        .reset(inBackground<FileState>(
            [files = m_context.images.files(), picture] { return fileStateOf(files, picture); }, this))
        ->onFinished(this, [this, id = picture.id](const Result<FileState> &state) {
            if (state)
                emit fileLookedAt(id, *state);
        });
}

} // namespace novita
