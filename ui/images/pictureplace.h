// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "ui/uicontext.h"

#include <QImage>
#include <QWidget>

#include <optional>

class QStackedWidget;

namespace novita {

class EmptyState;
class GalleryModel;
class PictureViewer;

/// The picture in the middle: the newest one, or the one that was chosen. Before the first there is a sentence on what to do.
class PicturePlace final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PicturePlace)

public:
    /// `model`: the newest first; must outlive it.
    PicturePlace(const UiContext &context, GalleryModel &model, QWidget *parent = nullptr);

    /// Stays until followNewest(), whatever else is made, unless it is the newest. Also one that the model does not have, for as long as the gallery does.
    void choose(PictureId id);
    /// The same, also when it is the newest now.
    void hold(PictureId id);
    /// Shows what is made from now on.
    void followNewest();
    /// nullptr: none is shown.
    const Picture *picture() const { return m_picture ? &*m_picture : nullptr; }
    PictureViewer *viewer() const { return m_viewer; }

signals:
    /// Another picture, or the same with other facts.
    void pictureChanged();
    /// The person wants to start from an example.
    void exampleRequested(const QString &prompt);
    void frameCaptured(const QImage &frame);

protected:
    void changeEvent(QEvent *event) override;

private:
    void follow();
    void step(int rows);
    void read(PictureId id);
    void show(std::optional<Picture> picture);
    void retranslate();

    const UiContext m_context;
    GalleryModel &m_model;
    std::optional<Picture> m_picture;
    PictureId m_chosen = 0; ///< 0: the newest
    EmptyState *m_empty;
    PictureViewer *m_viewer;
    QStackedWidget *m_stack;
    CallGuard m_reading;
};

} // namespace novita
