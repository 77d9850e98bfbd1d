// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace novita {

class LanguageChat;
enum class RequestForm;

/// What can be done with a whole conversation: export, take along, clear, take back.
class ChatCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatCommands)

public:
    /// `typed`: what stands in the message field. `dialogParent` owns it.
    ChatCommands(const UiContext &context, LanguageChat &chat, std::function<QString()> typed, QWidget *dialogParent);

    QList<QAction *> actions() const;
    void fillMenu(QMenu *menu) const;
    /// Whether exports and copies have the reasoning.
    bool keepsReasoning() const;
    void setKeepsReasoning(bool keeps);
    void retranslate();
    void present();

signals:
    /// How it went, in a sentence. `canUndo`: it can be taken back.
    void reported(novita::StateTone tone, const QString &sentence, bool canUndo);

private:
    void askWhere();
    void save(const QString &path);
    void copyRequestAs(RequestForm form);

    UiContext m_context;
    LanguageChat &m_chat;
    std::function<QString()> m_typed;
    QWidget *m_parent;
    QAction *m_export;
    QAction *m_copy;
    QAction *m_curl;
    QAction *m_python;
    QAction *m_reasoning;
    QAction *m_clear;
    QAction *m_undo;
    CallGuard m_saving;
};

} // namespace novita
