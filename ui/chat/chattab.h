// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QSplitter;

namespace novita {

class ChatPanel;
class LanguageChat;
class LanguageModels;
class ModelList;

/// The language models at the left, a chat to try one at the right.
class ChatTab final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatTab)

public:
    explicit ChatTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("models"); }
    QString title() const override { return tr("Language models"); }
    QString iconName() const override { return QStringLiteral("dialog-messages"); }

    void activate() override;
    void deactivate() override;
    void refresh() override;
    /// The id of a model: chooses it.
    void openTarget(const QString &target) override;
    void focusFilter() override;
    void focusContent() override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

    ModelList *list() const { return m_list; }
    ChatPanel *panel() const { return m_panel; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    LanguageModels &m_models;
    LanguageChat &m_chat;
    ModelList *m_list;
    ChatPanel *m_panel;
    QSplitter *m_halves;
    QAction *m_reload;
    bool m_isActive = false;
};

} // namespace novita
