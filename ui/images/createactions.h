// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/endpoints/imagemode.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/gallery/imagejob.h"
#include "ui/gallery/restorepart.h"
#include "ui/uicontext.h"

#include <QImage>

#include <functional>
#include <optional>

namespace novita {

class CreateForm;
class InputPictures;
class PictureField;
struct JobOrder;

/// What pictures and jobs do to the form: their settings are reused, they become what is started from, masks are painted over them.
class CreateActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateActions)

public:
    struct Parts
    {
        UiContext context;
        InputPictures &pictures;
        CreateForm &form;
    };

    /// `host`: what dialogs and questions belong to; owns the object.
    CreateActions(const Parts &parts, QWidget *host);

    /// Shows what changes, and changes it when the person agrees.
    void restore(PictureId id, RestorePart part);
    void restore(const ImageJob &job);
    /// At once: the person has seen it. `promptTemplate`: as it was typed; empty = as in the recipe.
    void restore(const Recipe &recipe, const QString &promptTemplate);
    void useAsSource(PictureId id);
    void useAsSource(const QImage &frame);
    /// A file, or, without a path, its bytes.
    void useAsSource(const QString &path, const QByteArray &bytes);
    /// Starts to paint over the picture anew; asks first where nothing can be sent that repaints.
    void editMask(PictureId id);
    /// The mask of a field of the form.
    void drawMask(PictureField *field);

    void save(const Picture &picture);

signals:
    /// The form holds something else now, which its undoStack() takes back.
    void formChanged(const QString &sentence);
    /// The form starts from this picture of the gallery now.
    void sourceChosen(novita::PictureId id);
    /// An action has ended well.
    void said(const QString &sentence);
    /// It has ended, but not as was meant.
    void warned(const QString &sentence);
    void failed(const novita::Error &error, const QString &what);

private:
    void withPicture(PictureId id, const QString &what, std::function<void(const Picture &)> then);
    void showRestore(const Picture &picture, RestorePart part);
    struct Start
    {
        QString said;                  ///< when the form starts from it
        std::optional<ImageMode> mode; ///< as CreateForm::startFrom()
        PictureId picture = 0;         ///< of the gallery; 0: from elsewhere
        QString maker;                 ///< the endpoint that made it; empty: unknown
    };
    void paintOver(const Picture &picture);
    QString otherMaker(const JobOrder &before) const;
    void startFrom(Call<QString> *key, const Start &start, std::function<void()> then = {});

    const Parts m_parts;
    QWidget *m_host;
    CallGuard m_reading;
    CallGuard m_taking;
    CallGuard m_saving;
};

} // namespace novita
