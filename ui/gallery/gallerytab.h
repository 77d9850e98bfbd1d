// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picturestore.h"
#include "ui/gallery/restorepart.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

class QLabel;
class QSplitter;

namespace novita {

class ActionButton;
class CurrentPicture;
class ElidedLabel;
class ErrorBanner;
class GalleryActions;
class GalleryBar;
class GalleryModel;
class GalleryNews;
class GalleryStage;
class GalleryView;
class PictureDetails;

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
    GalleryStage *stage() const { return m_stage; }
    /// Whatever was searched for; with `sentence` above them.
    void showNewest(const QString &sentence);
    /// What stands in place of the pictures; empty while some are shown.
    QString emptySentence() const;

signals:
    void useAsSourceRequested(novita::PictureId id);
    void restoreRequested(novita::PictureId id, novita::RestorePart part);
    void editMaskRequested(novita::PictureId id);
    /// Local files and folders that are to be brought in.
    void filesDropped(const QStringList &paths);
    /// Of a film: to make something from it.
    void frameCaptured(const QImage &frame);
    /// There are no pictures yet: some shall be made.
    void createRequested();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    static constexpr int kDetailsWidth = 320; ///< pixels
    static constexpr int kLeastGrid = 480;    ///< beside the details

    void buildLayout();
    QWidget *buildButtons();
    void connectBar();
    void connectStage();
    void connectActions();
    void connectDetails();
    void forgetProfile();
    void present();
    void presentSelection();
    void presentTotals();
    void follow();
    void pressEmpty();
    void showDetails();
    void arrange();

    const UiContext m_context;
    GalleryModel *m_model;
    GalleryView *m_view;
    GalleryActions *m_actions;
    GalleryBar *m_bar;
    GalleryStage *m_stage;
    ErrorBanner *m_banner;
    GalleryNews *m_news;
    CurrentPicture *m_current;
    QSplitter *m_splitter;
    PictureDetails *m_details;
    ActionButton *m_restore; ///< while there is no room for the details, which have it too
    QLabel *m_selected;
    ElidedLabel *m_help;
    QWidget *m_buttons;
    PictureStore::Totals m_totals;
    PictureId m_wanted = 0; ///< to show once it is there
    bool m_isActive = false;
    bool m_hasNews = true; ///< totals, tags and details are to be read again once it is looked at
    CallGuard m_totalsCall;
    CallGuard m_tagsCall;
};

} // namespace novita
