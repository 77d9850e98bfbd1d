// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"
#include "ui/widgets/tabbedpage.h"

namespace novita {

class ChatTab;
class CreateTab;
class GalleryTab;
class ImportDrop;
class PageHeader;
class QueueTab;

/// The image workspace: making pictures ("create"), all of them ("gallery"), the queue of their jobs ("queue"), and language models ("models").
class ImagesPage final : public TabbedPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImagesPage)

public:
    explicit ImagesPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("images"); }
    QString title() const override { return tr("Images"); }
    QString iconName() const override { return QStringLiteral("viewimage"); }

    QList<QAction *> pageActions() const override;

protected:
    void showHeader() override;
    void retranslate() override;

private:
    void connectTabs();

    ImagesPage(PageHeader *header, const UiContext &context, QWidget *parent);

    PageHeader *m_header;
    CreateTab *m_create;
    GalleryTab *m_gallery;
    QueueTab *m_queue;
    ChatTab *m_chat;
    ImportDrop *m_import;
};

} // namespace novita
