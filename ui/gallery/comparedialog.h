// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace novita {

class ComparePane;
class Settings;
class Theme;
class WrappedText;
class ZoomBar;
class ZoomView;

/// Two to four pictures side by side, moved and zoomed together; two also over one another with a line between them
/// that is drawn over (mouse, or Shift and the arrow keys). Below, what they were made from where it differs, or all of
/// it. With the keyboard: Tab goes from picture to picture, S stars, Delete moves to the trash and out of it. open()
/// it; it deletes itself.
class CompareDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CompareDialog)

public:
    static constexpr int kMostPictures = 4;

    struct Parts
    {
        const Theme &theme;
        const Settings &settings;
        const EndpointTable &endpoints;
    };

    /// The first kMostPictures of `pictures` are shown.
    CompareDialog(const Parts &parts, const PictureFiles &files, const QList<Picture> &pictures,
                  QWidget *parent = nullptr);

    /// What has come of a request; the dialog itself takes for granted that it is granted.
    void setStarred(PictureId id, bool starred);
    void setTrashed(PictureId id, bool trashed);

    const QList<ComparePane *> &panes() const { return m_panes; }
    ZoomView *sliderView() const { return m_over; }
    bool isSliding() const;
    /// False where there are not two, or they are not of one shape.
    bool setSliding(bool sliding);
    void setShowsAll(bool all);

signals:
    void starRequested(novita::PictureId id, bool starred);
    void trashRequested(novita::PictureId id, bool trashed);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void connectPane(ComparePane *pane);
    void placeAll(const ZoomView *from);
    bool canSlide() const;
    void presentSlide();
    void presentTable();
    void focusNext(const ComparePane *from, int step);
    ComparePane *paneOf(PictureId id) const;
    void retranslate();

    const Parts m_parts;
    QList<ComparePane *> m_panes;
    QPushButton *m_side;
    QPushButton *m_slide;
    ZoomBar *m_zoom;
    QStackedWidget *m_stack;
    QWidget *m_grid;
    ZoomView *m_over;
    QLabel *m_hint;
    QLabel *m_tableTitle;
    QCheckBox *m_all;
    WrappedText *m_table;
    QSplitter *m_splitter;
    QPushButton *m_close;
    bool m_placing = false;
};

} // namespace novita
