// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/images/imagequeue.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

#include <QPointer>

class QPushButton;
class QSplitter;

namespace novita {

class CreateActions;
class CreateForm;
class ErrorBanner;
class GalleryActions;
class GalleryModel;
class GalleryView;
class InputPictures;
class JobStrip;
class ModelField;
class ModelPicker;
class PicturePlace;
class ViewerBar;
struct ConfirmRequest;
struct JobPlan;

/// Where pictures are made: the form at the left, the newest or the chosen picture in the middle, the jobs in a line below it: "create".
class CreateTab final : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateTab)

public:
    explicit CreateTab(const UiContext &context, QWidget *parent = nullptr);
    ~CreateTab() override;

    QString pageId() const override { return QStringLiteral("create"); }
    QString title() const override { return tr("Create"); }
    QString countText() const override;
    void activate() override;
    void deactivate() override;
    QList<QAction *> pageActions() const override;
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void retranslate() override;

    CreateActions *actions() const { return m_actions; }
    /// The image server that is to make the pictures; empty: Novita is.
    QString chosenServer() const;
    /// The pictures of a grid on one sheet, in a window of its own.
    void openSheet(const QString &batch);

signals:
    void queueRequested();
    /// It is wanted in the gallery.
    void pictureRequested(novita::PictureId id);
    /// The form holds something else now: it is to be seen.
    void shownRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    void arrange();
    void turn(bool toPicture);
    void connectForm();
    void connectActions();
    void connectNewest();
    void connectGallery();
    void sayChanged(const QString &sentence);
    void pickModel(ModelField *field);
    void openGrid();
    void add(const QList<NewImageJob> &jobs, bool isGrid);
    void undo();
    void presentUndo();
    void openProfile();
    void loadModels();
    void generate();
    bool isRepeat();
    void ask(ConfirmRequest question, const JobPlan &plan, const QList<NewImageJob> &jobs, bool isGrid);

    struct Pressed
    {
        Recipe recipe;
        SteadyPoint at; ///< the last press, also one that was passed over
    };

    const UiContext m_context;
    InputPictures *m_pictures;
    ErrorBanner *m_banner;
    CreateForm *m_form;
    GalleryModel *m_model;
    GalleryView *m_newest;
    PicturePlace *m_place;
    ViewerBar *m_bar;
    CreateActions *m_actions;
    GalleryActions *m_gallery;
    ModelPicker *m_picker = nullptr; ///< made when it is first wanted
    QAction *m_undo;
    QAction *m_redo;
    JobStrip *m_strip;
    QSplitter *m_splitter;
    QWidget *m_centre;
    QPushButton *m_turn; ///< between form and picture where there is room for one of them only
    CallGuard m_addCall;
    std::optional<Pressed> m_pressed; ///< what was queued last
    QPointer<ModelField> m_picked;
    QJsonObject m_pickerState;
    QJsonObject m_gridChoice;
    bool m_offersOfGallery = false; ///< the banner's button
    bool m_hasModels = false;
    bool m_isActive = false;
    bool m_showsPicture = false; ///< of the two, see m_turn
};

} // namespace novita
