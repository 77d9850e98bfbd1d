// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatpanel.h"

#include "core/base/displaytext.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/chat/chatcommands.h"
#include "ui/chat/chatwords.h"
#include "ui/chat/conversationview.h"
#include "ui/chat/messageedit.h"
#include "ui/chat/parameterpanel.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/productiongate.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace novita {

namespace {

constexpr Milliseconds kTick{1000};
constexpr int kParameterWidth = 272;
constexpr int kLeastConversation = 300;
constexpr QLatin1String kParametersKey("parameters");

} // namespace

ChatPanel::ChatPanel(const UiContext &context, LanguageChat &chat, LanguageModels &models, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_chat(chat)
    , m_models(models)
    , m_name(new ElidedLabel(this))
    , m_facts(new ElidedLabel(this))
    , m_showParameters(new QAction(this))
    , m_commands(new ChatCommands(context, chat, [this] { return m_message->toPlainText(); }, this))
    , m_more(nullptr)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_view(new ConversationView(context.theme, this))
    , m_parameters(new ParameterPanel(context.theme))
    , m_parameterArea(makeScrolling(m_parameters, this))
    , m_editing(new QWidget(this))
    , m_editingWords(makeWords("text2", m_editing))
    , m_editingEnd(makeLink(m_editing))
    , m_message(new MessageEdit(this))
    , m_send(new QPushButton(this))
    , m_status(makeWords("text2", this))
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
    m_more = new ActionButton(QString(), menu, this);
    m_showParameters->setCheckable(true);
    m_facts->setProperty("tone", QStringLiteral("text2"));
    m_send->setProperty("primary", true);
    m_send->setAutoDefault(false);
    m_banner->setDismissible(true);
    m_parameterArea->setVisible(false);
    m_editing->setVisible(false);
    const auto look = [this] {
        m_name->setFont(m_context.theme.font(TextStyle::Subtitle, true));
        arrange();
        m_facts->setFont(m_context.theme.font(TextStyle::Small));
    };
    look();
    connect(&m_context.theme, &Theme::changed, this, look);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_facts);
    head->addLayout(names, 1);
    head->addWidget(new ActionButton(m_showParameters, this));
    head->addWidget(m_more);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(space::kGroup);
    middle->addWidget(m_view, 1);
    middle->addWidget(m_parameterArea);
    auto *editing = new QHBoxLayout(m_editing);
    editing->setContentsMargins(0, 0, 0, 0);
    editing->addWidget(m_editingWords, 1);
    editing->addWidget(m_editingEnd);
    auto *entry = new QHBoxLayout;
    entry->setSpacing(space::kRelated);
    entry->addWidget(m_message, 1);
    entry->addWidget(m_send, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addLayout(middle, 1);
    layout->addWidget(m_editing);
    layout->addLayout(entry);
    layout->addWidget(m_status);
}

/// Where there is no room for both, the parameters stand in place of the messages.
void ChatPanel::arrange()
{
    const int own = m_context.theme.grown(kParameterWidth);
    const bool shown = m_showParameters->isChecked();
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
    connect(&m_chat, &LanguageChat::turnGrew, m_view, &ConversationView::grow);
    connect(&m_chat, &LanguageChat::turnEnded, this, [this] { m_view->endTurn(m_chat.conversation().turns.constLast()); });
    connect(&m_chat, &LanguageChat::busyChanged, this, &ChatPanel::present);
    connect(&m_chat, &LanguageChat::changed, this, &ChatPanel::present);
    connect(&m_models, &LanguageModels::changed, this, &ChatPanel::presentHead);
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
    connect(m_showParameters, &QAction::toggled, this, &ChatPanel::arrange);
    connect(m_parameters, &ParameterPanel::parametersChanged, this, [this] { m_chat.setParameters(m_parameters->parameters()); });
    connect(m_parameters, &ParameterPanel::systemChanged, this, [this] { m_chat.setSystem(m_parameters->system()); });
    connect(m_message, &QPlainTextEdit::textChanged, this, [this] {
        m_chat.setDraft(m_message->toPlainText());
        presentSend();
    });
    connect(m_message, &MessageEdit::sendRequested, this, &ChatPanel::send);
    connect(m_message, &MessageEdit::escapePressed, this, [this] {
        if (m_chat.isBusy())
            m_chat.stop();
        else
            endEditing(true);
    });
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_chat.isBusy())
            m_chat.stop();
        else
            send();
    });
    connect(m_editingEnd, &QPushButton::clicked, this, [this] { endEditing(true); });
    connect(m_commands, &ChatCommands::reported, this, &ChatPanel::report);
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] {
        m_banner->clear();
        if (std::exchange(m_undoOnBanner, false))
            m_chat.undo();
    });
}

/// Why `text` cannot be sent now; empty when it can.
QString ChatPanel::whyNot(const QString &text) const
{
    if (m_context.session.isReadOnly())
        return tr("This profile is read-only, and an answer costs money.");
    const ChatObstacle obstacle = m_chat.obstacle(text);
    if (obstacle == ChatObstacle::Busy)
        return tr("An answer is under way.");
    return obstacle == ChatObstacle::NothingToSay ? tr("Write a message first.") : chatwords::obstacle(obstacle);
}

void ChatPanel::send()
{
    const QString text = m_message->toPlainText();
    if (whyNot(text).isEmpty())
        guarded([this, text, turn = m_editedTurn] { sendNow(text, turn); });
}

void ChatPanel::sendNow(const QString &text, int inPlaceOf)
{
    if (!whyNot(text).isEmpty())
        return;
    m_banner->clear();
    m_undoOnBanner = false;
    const QString next = inPlaceOf >= 0 ? m_draftAside : QString();
    const ChatObstacle sent = inPlaceOf >= 0 ? m_chat.resend(inPlaceOf, text) : m_chat.send(text);
    if (sent != ChatObstacle::None)
        return presentSend();
    endEditing(false);
    m_draftAside.clear();
    m_message->replaceText(next);
    m_message->setFocus();
}

void ChatPanel::retry()
{
    if (m_context.session.isReadOnly())
        return;
    guarded([this] {
        endEditing(true);
        if (m_chat.retryLast() == ChatObstacle::None)
            report(StateTone::Wait, tr("The earlier answer was replaced."), false);
    });
}

/// A conversation in a production profile is allowed once, not message by message.
void ChatPanel::guarded(std::function<void()> go)
{
    const std::optional<Profile> profile = m_context.profiles.active();
    if (!profile || profile->id == m_confirmed)
        return go();
    ConfirmRequest question;
    question.title = tr("Chat with the key of this profile?");
    question.text = tr("Each answer is charged to its account.");
    question.confirmLabel = tr("Send");
    question.destructive = false;
    confirmInProduction(m_context, this, question, [this, id = profile->id, go = std::move(go)] {
        m_confirmed = id;
        go();
    });
}

void ChatPanel::edit(int turn)
{
    const QList<ChatTurn> &turns = m_chat.conversation().turns;
    if (turn < 0 || turn >= turns.size() || m_chat.isBusy())
        return;
    if (m_editedTurn < 0)
        m_draftAside = m_message->toPlainText();
    m_editedTurn = turn;
    m_editing->show();
    m_message->replaceText(turns.at(turn).text);
    focusMessage();
    presentSend();
}

void ChatPanel::endEditing(bool restoreDraft)
{
    if (m_editedTurn < 0)
        return;
    m_editedTurn = -1;
    m_editing->hide();
    if (restoreDraft)
        m_message->replaceText(std::exchange(m_draftAside, QString()));
    presentSend();
}

void ChatPanel::copy(int turn)
{
    const QList<ChatTurn> &turns = m_chat.conversation().turns;
    if (turn >= 0 && turn < turns.size())
        QGuiApplication::clipboard()->setText(turns.at(turn).text);
}

void ChatPanel::remedy(ErrorRemedy what)
{
    if (const QString page = remedyPage(what); !page.isEmpty())
        emit openPageRequested(page);
    else if (what == ErrorRemedy::TopUp)
        QDesktopServices::openUrl(QUrl(QStringLiteral("https://novita.ai/billing")));
}

void ChatPanel::report(StateTone tone, const QString &sentence, bool canUndo)
{
    m_undoOnBanner = canUndo;
    m_banner->showMessage(tone, sentence, canUndo ? tr("Undo") : QString());
}

void ChatPanel::showConversation()
{
    const Conversation &now = m_chat.conversation();
    m_view->showTurns(now.turns);
    // What is being changed is a message of the list that was.
    const bool wasEditing = std::exchange(m_editedTurn, -1) >= 0;
    const QString aside = std::exchange(m_draftAside, QString());
    m_editing->hide();
    if (wasEditing && !now.draft.isEmpty() && m_message->toPlainText() == now.draft) {
        m_message->replaceText(aside); // of the same conversation still
    } else if (m_message->toPlainText() != now.draft) {
        const QSignalBlocker blocker(m_message);
        m_message->replaceText(now.draft);
    }
    present();
}

void ChatPanel::present()
{
    const Conversation &now = m_chat.conversation();
    m_parameters->setParameters(now.parameters);
    m_parameters->setSystem(now.system);
    if (const std::optional<Error> &error = m_chat.saveError())
        m_banner->showMessage(StateTone::Bad, tr("The conversation is not kept on the disk: %1").arg(error->message));
    m_commands->present();
    presentHead();
    presentSend();
}

void ChatPanel::presentHead()
{
    const LanguageModelId &id = m_chat.conversation().model;
    const LanguageModel *model = id.isEmpty() ? nullptr : m_models.find(id.toString());
    m_name->setFullText(id.isEmpty() ? tr("No model chosen") : displayLine(model ? model->title : id.toString(), 120));
    const bool isGone = !id.isEmpty() && !model && m_models.source() == ModelListSource::Live;
    m_facts->setFullText(model ? chatwords::facts(*model) : isGone ? tr("not in the list (any more)") : QString());
    const bool changed = m_chat.conversation().parameters != ChatParameters() || !m_chat.conversation().system.isEmpty();
    m_showParameters->setText(changed ? tr("Parameters •", "some are changed") : tr("Parameters"));
    presentStatus();
}

void ChatPanel::presentSend()
{
    const bool busy = m_chat.isBusy();
    const QString text = m_message->toPlainText();
    const QString reason = whyNot(text);
    m_send->setText(busy ? tr("Stop") : tr("Send"));
    m_send->setEnabled(busy || reason.isEmpty());
    m_send->setToolTip(busy ? tr("Ends the answer; what has come stays (Esc)") : reason.isEmpty() ? tr("Asks the model (Ctrl+Return)") : reason);
    m_send->setAccessibleName(busy ? tr("Stop the answer") : tr("Send message"));
    m_message->setTakesEscape(busy || m_editedTurn >= 0);
    const QString cardReason = m_context.session.isReadOnly() ? whyNot(text) : busy ? tr("An answer is under way.") : chatwords::obstacle(m_chat.obstacle(QStringLiteral("?")));
    m_view->setObstacle(cardReason);
    if (busy && !m_tick.isActive())
        m_tick.start();
    else if (!busy)
        m_tick.stop();
    presentStatus();
}

void ChatPanel::presentStatus()
{
    const Conversation &now = m_chat.conversation();
    const QString text = m_message->toPlainText();
    if (m_chat.isBusy()) {
        const QString time = format::duration(m_chat.runningFor());
        const ChatTurn &answer = now.turns.constLast();
        if (answer.firstAfter)
            m_status->setText(tr("The answer arrives · %1", "a span of time").arg(time));
        else if (m_context.session.clientStatus().waitReason == WaitReason::Pause)
            m_status->setText(tr("The service asked for a pause; the message waits · %1", "a span of time").arg(time));
        else
            m_status->setText(tr("Waiting for the first word · %1", "a span of time").arg(time));
        return;
    }
    const QString reason = m_context.session.isReadOnly() ? whyNot(text) : chatwords::obstacle(m_chat.obstacle(text));
    QStringList parts{!reason.isEmpty() ? reason : chatwords::estimate(now, text, now.model.isEmpty() ? nullptr : m_models.find(now.model.toString()))};
    if (const QString spent = chatwords::spent(now); reason.isEmpty() && !spent.isEmpty())
        parts.append(spent);
    m_status->setText(parts.join(QStringLiteral(" · ")));
}

void ChatPanel::focusMessage()
{
    m_message->setFocus(Qt::OtherFocusReason);
}

QList<QAction *> ChatPanel::actions() const
{
    return QList<QAction *>{m_showParameters} + m_commands->actions();
}

QJsonObject ChatPanel::saveState() const
{
    return {{kParametersKey, m_showParameters->isChecked()}};
}

void ChatPanel::restoreState(const QJsonObject &state)
{
    m_showParameters->setChecked(state.value(kParametersKey).toBool());
}

void ChatPanel::retranslate()
{
    m_commands->retranslate();
    m_showParameters->setToolTip(tr("System prompt, length, temperature and the like"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More for the conversation"));
    m_view->setAccessibleName(tr("Conversation"));
    m_view->setNothing(tr("Choose a model and write a message. Answers are charged by the token."));
    m_editingWords->setText(tr("Sending replaces the earlier message and what follows it."));
    m_editingEnd->setText(tr("Leave it"));
    m_message->setAccessibleName(tr("Message"));
    m_message->setPlaceholderText(tr("Message to the model. Ctrl+Return sends, Esc stops."));
    m_parameterArea->setAccessibleName(tr("Parameters"));
    present();
}

void ChatPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
