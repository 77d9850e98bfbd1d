// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QPushButton;
class QScrollArea;

namespace novita {

class ChatCommands;
class ChatComposer;
class ChatHead;
class ConversationView;
class ErrorBanner;
class LanguageChat;
class LanguageModels;
class MessageEdit;
class ParameterPanel;
enum class ErrorRemedy;

/// The chat with the chosen model: its messages, the field for the next one, parameters beside them on demand.
class ChatPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatPanel)

public:
    ChatPanel(const UiContext &context, LanguageChat &chat, LanguageModels &models, QWidget *parent = nullptr);

    void focusMessage();
    QList<QAction *> actions() const;
    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

    ConversationView *view() const { return m_view; }
    MessageEdit *message() const;
    ParameterPanel *parameters() const { return m_parameters; }
    QPushButton *sendButton() const;

signals:
    /// "settings/profiles"
    void openPageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    void arrange();
    void connectChat();
    void connectView();
    void send();
    void sendNow(const QString &text, int inPlaceOf);
    void retry();
    void guarded(std::function<void()> go);
    void edit(int turn);
    void copy(int turn);
    void remedy(ErrorRemedy what);
    void report(StateTone tone, const QString &sentence, bool canUndo);
    void showConversation();
    void present();
    void presentSend();
    void presentStatus();
    enum class Status { Waiting, Thinking, Arriving }; ///< of the answer that is under way
    Status statusNow() const;
    QString statusWhileBusy() const;
    QString said(int back) const;
    QString obstacleWords(const QString &text) const;
    QString whyNot(const QString &text) const;
    void retranslate();

    UiContext m_context;
    LanguageChat &m_chat;
    LanguageModels &m_models;
    ChatComposer *m_composer;
    ChatCommands *m_commands;
    ChatHead *m_head;
    ErrorBanner *m_banner;
    ConversationView *m_view;
    ParameterPanel *m_parameters;
    QScrollArea *m_parameterArea;
    QTimer m_tick;
    Status m_status = Status::Waiting; ///< as it was told last
    bool m_undoOnBanner = false;
    bool m_saveErrorShown = false;
    ProfileId m_confirmed; ///< the production profile for which answers were allowed in this run
};

} // namespace novita
