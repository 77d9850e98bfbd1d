// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatpanel.h"

#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/chat/chatcommands.h"
#include "ui/chat/chatcomposer.h"
#include "ui/chat/chathead.h"
#include "ui/chat/chatwords.h"
#include "ui/chat/conversationview.h"
#include "ui/chat/messageedit.h"
#include "ui/chat/parameterpanel.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kTick{1000};
constexpr int kParameterWidth = 272;
constexpr int kLeastConversation = 300;
constexpr QLatin1String kParametersKey("parameters");
constexpr QLatin1String kReasoningKey("reasoningInExports");

} // namespace

ChatPanel::ChatPanel(const UiContext &context, LanguageChat &chat, LanguageModels &models, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_chat(chat)
    , m_models(models)
    , m_composer(new ChatComposer)
    , m_commands(new ChatCommands(context, chat, [this] { return m_composer->text(); }, this))
    , m_head(nullptr)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_view(new ConversationView(context.theme, this))
    , m_parameters(new ParameterPanel(context.theme))
    , m_parameterArea(makeScrolling(m_parameters, this))
{
    buildLayout();
    connectChat();
    connectView();
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &ChatPanel::presentStatus);
    retranslate();
    showConversation();
}

void ChatPanel::buildLayout()
{
    auto *menu = new QMenu(this);
    m_commands->fillMenu(menu);
    m_head = new ChatHead(m_context.theme, menu, this);
    m_banner->setDismissible(true);
    m_parameterArea->setVisible(false);
    connect(&m_context.theme, &Theme::changed, this, &ChatPanel::arrange);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(space::kGroup);
    middle->addWidget(m_view, 1);
    middle->addWidget(m_parameterArea);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addWidget(m_banner);
    layout->addLayout(middle, 1);
    layout->addWidget(m_composer);
    arrange();
}

/// Where there is no room for both, the parameters stand in place of the messages.
void ChatPanel::arrange()
{
    const int own = m_context.theme.grown(kParameterWidth);
    const bool shown = m_head->parametersAction()->isChecked();
    const bool hasRoom = width() >= own + m_context.theme.grown(kLeastConversation);
    m_parameterArea->setMinimumWidth(own);
    m_parameterArea->setMaximumWidth(hasRoom ? own : QWIDGETSIZE_MAX);
    m_parameterArea->setVisible(shown);
    m_view->setVisible(!shown || hasRoom);
}

void ChatPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ChatPanel::connectChat()
{
    connect(&m_chat, &LanguageChat::wasReset, this, &ChatPanel::showConversation);
    connect(&m_chat, &LanguageChat::turnAdded, this, [this](int turn) { m_view->addTurn(turn, m_chat.conversation().turns.at(turn)); });
    connect(&m_chat, &LanguageChat::turnGrew, this, [this](const QString &text, const QString &reasoning) {
        m_view->grow(text, reasoning);
        if (statusNow() != m_status)
            presentStatus();
    });
    connect(&m_chat, &LanguageChat::turnRecast, this, [this] { m_view->recastTurn(m_chat.conversation().turns.constLast()); });
    connect(&m_chat, &LanguageChat::turnEnded, this, [this] { m_view->endTurn(m_chat.conversation().turns.constLast()); });
    connect(&m_chat, &LanguageChat::busyChanged, this, &ChatPanel::present);
    connect(&m_chat, &LanguageChat::changed, this, &ChatPanel::present);
    connect(&m_models, &LanguageModels::changed, this, &ChatPanel::present);
    connect(&m_context.session, &SessionController::connectionChanged, this, &ChatPanel::presentSend);
    connect(&m_context.profiles, &ProfileStore::activeChanged, this, &ChatPanel::present);
}

void ChatPanel::connectView()
{
    connect(m_view, &ConversationView::copyRequested, this, &ChatPanel::copy);
    connect(m_view, &ConversationView::editRequested, this, &ChatPanel::edit);
    connect(m_view, &ConversationView::retryRequested, this, &ChatPanel::retry);
    connect(m_view, &ConversationView::earlierRequested, this, [this] { m_view->showEarlier(m_chat.conversation().turns); });
    connect(m_view, &ConversationView::remedyRequested, this, &ChatPanel::remedy);
    connect(m_head->parametersAction(), &QAction::toggled, this, &ChatPanel::arrange);
    connect(m_parameters, &ParameterPanel::parametersChanged, this, [this] { m_chat.setParameters(m_parameters->parameters()); });
    connect(m_parameters, &ParameterPanel::systemChanged, this, [this] { m_chat.setSystem(m_parameters->system()); });
    connect(m_composer, &ChatComposer::typed, this, [this](const QString &text) {
        m_chat.setDraft(text);
        presentSend();
    });
    m_composer->setSaid([this](int back) { return said(back); });
    connect(m_composer, &ChatComposer::sendRequested, this, &ChatPanel::send);
    connect(m_composer, &ChatComposer::stopRequested, this, [this] { m_chat.stop(); });
    connect(m_commands, &ChatCommands::reported, this, &ChatPanel::report);
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] {
        m_banner->clear();
        if (std::exchange(m_undoOnBanner, false))
            m_chat.undo();
    });
}

void ChatPanel::report(StateTone tone, const QString &sentence, bool canUndo)
{
    m_undoOnBanner = canUndo;
    m_banner->showMessage(tone, sentence, canUndo ? tr("Undo") : QString());
}

void ChatPanel::showConversation()
{
    m_view->showTurns(m_chat.conversation().turns);
    m_composer->showDraft(m_chat.conversation().draft);
    present();
}

void ChatPanel::present()
{
    const Conversation &now = m_chat.conversation();
    m_parameters->setParameters(now.parameters);
    m_parameters->setSystem(now.system);
    const std::optional<Error> &error = m_chat.saveError();
    if (error)
        m_banner->showMessage(StateTone::Bad, tr("The conversation is not kept on the disk: %1").arg(error->message));
    else if (m_saveErrorShown)
        m_banner->clear();
    m_saveErrorShown = error.has_value();
    m_commands->present();
    m_head->present(now, m_models);
    presentSend();
}

void ChatPanel::presentSend()
{
    const bool busy = m_chat.isBusy();
    const QString reason = whyNot(m_composer->text());
    m_composer->setState(busy, reason);
    m_view->setObstacle(whyNot(QStringLiteral("?")));
    if (busy && !m_tick.isActive())
        m_tick.start();
    else if (!busy)
        m_tick.stop();
    presentStatus();
}

ChatPanel::Status ChatPanel::statusNow() const
{
    const ChatTurn &answer = m_chat.conversation().turns.constLast();
    return !answer.text.isEmpty() ? Status::Arriving : !answer.reasoning.isEmpty() ? Status::Thinking : Status::Waiting;
}

QString ChatPanel::statusWhileBusy() const
{
    const QString time = format::duration(m_chat.runningFor());
    switch (statusNow()) {
    case Status::Arriving: return tr("The answer arrives · %1", "a span of time").arg(time);
    case Status::Thinking: return tr("The model thinks before it answers · %1", "a span of time").arg(time);
    case Status::Waiting: break;
    }
    if (m_context.session.clientStatus().waitReason == WaitReason::Pause)
        return tr("The service asked for a pause; the message waits · %1", "a span of time").arg(time);
    return tr("Waiting for the first word · %1", "a span of time").arg(time);
}

void ChatPanel::presentStatus()
{
    if (m_chat.isBusy()) {
        m_status = statusNow();
        m_composer->setStatus(statusWhileBusy());
        return;
    }
    const Conversation &now = m_chat.conversation();
    const QString text = m_composer->text();
    const QString reason = obstacleWords(text);
    QStringList parts{!reason.isEmpty() ? reason : chatwords::estimate(now, text, now.model.isEmpty() ? nullptr : m_models.find(now.model.toString()))};
    if (const QString spent = chatwords::spent(now); !spent.isEmpty())
        parts.append(spent);
    m_composer->setStatus(parts.join(QLatin1Char('\n')));
}

MessageEdit *ChatPanel::message() const
{
    return m_composer->message();
}

QPushButton *ChatPanel::sendButton() const
{
    return m_composer->sendButton();
}

void ChatPanel::focusMessage()
{
    message()->setFocus(Qt::OtherFocusReason);
}

QList<QAction *> ChatPanel::actions() const
{
    return QList<QAction *>{m_head->parametersAction()} + m_commands->actions();
}

QJsonObject ChatPanel::saveState() const
{
    return {{kParametersKey, m_head->parametersAction()->isChecked()}, {kReasoningKey, m_commands->keepsReasoning()}};
}

void ChatPanel::restoreState(const QJsonObject &state)
{
    m_head->parametersAction()->setChecked(state.value(kParametersKey).toBool());
    m_commands->setKeepsReasoning(state.value(kReasoningKey).toBool(true));
}

void ChatPanel::retranslate()
{
    m_commands->retranslate();
    m_view->setAccessibleName(tr("Conversation"));
    m_view->setNothing(tr("Choose a model and write a message. Answers are charged by the token."));
    m_parameterArea->setAccessibleName(tr("Parameters"));
    present();
}

/// Esc stops the answer wherever the focus is.
void ChatPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_chat.isBusy())
        m_chat.stop();
    else
        QWidget::keyPressEvent(event);
}

void ChatPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
