// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "ui/uicontext.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace novita {

class EmptyState;
class GalleryModel;
class GalleryView;
class PictureViewer;
class SkeletonOverlay;

/// Where the pictures of a gallery stand: the grid, a sentence with a way on in place of none, or one of them large.
///
/// One that is large is the grid's current one: its keys for stars, the trash and so on work there, and when it leaves
/// the gallery the next one takes its place. Space, Enter and Escape lead back.
class GalleryStage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryStage)

public:
    /// Why there is no picture.
    enum class Empty { None, NoProfile, NoPictures, NoMatch, TrashEmpty, Trouble };

    /// Takes `view`; the model must outlive it.
    GalleryStage(const UiContext &context, GalleryModel &model, GalleryView *view, QWidget *parent = nullptr);

    Empty empty() const;
    /// Empty while pictures are shown.
    QString emptySentence() const;
    /// Rows, state, selection or profile are other ones.
    void present();

    /// Nothing happens when it is not among the rows.
    void open(PictureId id);
    void close();
    bool isOpen() const { return m_opened != 0; }
    PictureId opened() const { return m_opened; } ///< 0 = none
    /// What was read of the opened one; of another it is left aside.
    void show(const Picture &picture);
    /// Its file is read anew.
    void reread();
    PictureViewer *viewer() const { return m_viewer; }

    void focusContent();
    void retranslate();
    /// The keys while one is large, in a line for people.
    static QString keysHelp();

    using QWidget::show;

signals:
    void emptyPressed(); ///< the button beside the sentence
    /// One was opened, another one took its place, or the grid is back.
    void openedChanged(novita::PictureId id);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void step(int rows);
    void follow();
    void presentPlace();

    const UiContext m_context;
    GalleryModel &m_model;
    GalleryView *m_view;
    EmptyState *m_empty;
    SkeletonOverlay *m_skeleton;
    QStackedWidget *m_stack;
    PictureViewer *m_viewer;
    QPushButton *m_back;
    QLabel *m_place; ///< "3 of 40"
    PictureId m_opened = 0;
    int m_row = -1; ///< of the opened one, before it went
};

} // namespace novita
