// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "core/images/imagequeue.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

class QSplitter;

namespace novita {

class CreateForm;
class ErrorBanner;
class InputPictures;
class JobStrip;
class PicturePlace;

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
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void retranslate() override;

signals:
    void queueRequested();

private:
    void buildLayout();
    void connectForm();
    void openProfile();
    void loadModels();
    void generate();
    void send();

    const UiContext m_context;
    InputPictures *m_pictures;
    ErrorBanner *m_banner;
    CreateForm *m_form;
    PicturePlace *m_place;
    JobStrip *m_strip;
    QSplitter *m_splitter;
    CallGuard m_modelsCall;
    CallGuard m_addCall;
    bool m_hasModels = false;
    bool m_isActive = false;
};

} // namespace novita
