// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picturestore.h"
#include "ui/gallery/restorepart.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace novita {

class ActionButton;
class EmptyState;
class ErrorBanner;
class GalleryActions;
class GalleryBar;
class GalleryModel;
class GalleryView;
class PictureDetails;
class PictureViewer;
class SkeletonOverlay;
enum class ErrorRemedy;

/// All pictures of the profile: searched, sifted, compared, tagged, thrown away, taken out: "gallery". Files and
/// folders that are dropped here are a signal.
class GalleryTab final : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryTab)

public:
    explicit GalleryTab(const UiContext &context, QWidget *parent = nullptr);
    ~GalleryTab() override;

    QString pageId() const override { return QStringLiteral("gallery"); }
    QString title() const override { return tr("Gallery"); }
    QString countText() const override;
    void activate() override;
    void deactivate() override;
    void refresh() override;
    /// A picture, by its id.
    void openTarget(const QString &target) override;
    void focusFilter() override;
    void focusContent() override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;
    void retranslate() override;

    GalleryModel *model() const { return m_model; }
    GalleryView *view() const { return m_view; }
    GalleryBar *bar() const { return m_bar; }
    GalleryActions *actions() const { return m_actions; }
    PictureDetails *details() const { return m_details; }
    /// Whatever was searched for; with `sentence` above them.
    void showNewest(const QString &sentence);
    /// What stands in place of the pictures; empty while some are shown.
    QString emptySentence() const;

signals:
    void useAsSourceRequested(novita::PictureId id);
    void restoreRequested(novita::PictureId id, novita::RestorePart part);
    void editMaskRequested(novita::PictureId id);
    /// Local files and folders.
    void filesDropped(const QStringList &paths);
    /// Of a film: to make something from it.
    void frameCaptured(const QImage &frame);
    /// There are no pictures yet: some shall be made.
    void createRequested();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Empty { None, NoProfile, NoPictures, NoMatch, TrashEmpty, Trouble };

    void buildLayout();
    QWidget *buildGrid();
    QWidget *buildViewer();
    void connectBar();
    void connectDetails();
    void present();
    void presentTotals();
    void follow();
    Empty emptyNow() const;
    void pressEmpty();
    void showDetails();
    void openPicture(PictureId id);
    void step(int rows);
    void closePicture();
    void arrange();

    const UiContext m_context;
    GalleryModel *m_model;
    GalleryView *m_view;
    GalleryActions *m_actions;
    GalleryBar *m_bar;
    ErrorBanner *m_banner;
    EmptyState *m_empty;
    SkeletonOverlay *m_skeleton;
    QStackedWidget *m_stack;  ///< the grid, or what stands in its place
    QStackedWidget *m_places; ///< grid and details, or one picture
    QSplitter *m_splitter;
    QWidget *m_buttons;
    PictureDetails *m_details;
    PictureViewer *m_viewer;
    QPushButton *m_back;
    ActionButton *m_restore;
    ActionButton *m_export;
    QLabel *m_selected;
    QLabel *m_help;
    PictureStore::Totals m_totals;
    PictureId m_opened = 0;
    PictureId m_wanted = 0; ///< to show once it is there
    bool m_isActive = false;
    bool m_hasNews = true; ///< totals, tags and details are to be read again once it is looked at
    bool m_isStale = false; ///< rows of before stand there, and could not be read anew
    CallGuard m_reading;
    CallGuard m_totalsCall;
    CallGuard m_tagsCall;
};

} // namespace novita
