// SPDX-License-Identifier: GPL-3.0-or-later
// The half of ChatPanel that does what is asked for: sends, asks anew, changes, copies, mends.
#include "ui/chat/chatpanel.h"

#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/chat/chatcomposer.h"
#include "ui/chat/chatwords.h"
#include "ui/productiongate.h"
#include "ui/widgets/errorbanner.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QUrl>

#include <utility>

namespace novita {

/// What stands in the way of `text`; empty when it is only that an answer is under way, or that nothing is typed.
QString ChatPanel::obstacleWords(const QString &text) const
{
    if (m_context.session.isReadOnly())
        return tr("This profile is read-only, and an answer costs money.");
    const ChatObstacle obstacle = m_chat.obstacle(text);
    const QStringList problems = obstacle == ChatObstacle::WrongParameters ? m_chat.conversation().parameters.problems() : QStringList();
    return problems.isEmpty() ? chatwords::obstacle(obstacle) : problems.constFirst();
}

/// Why `text` cannot be sent now; empty when it can.
QString ChatPanel::whyNot(const QString &text) const
{
    const QString words = obstacleWords(text);
    if (!words.isEmpty())
        return words;
    const ChatObstacle obstacle = m_chat.obstacle(text);
    if (obstacle == ChatObstacle::Busy)
        return tr("An answer is under way.");
    return obstacle == ChatObstacle::NothingToSay ? tr("Write a message first.") : QString();
}

/// The person's message that is `back` messages before the end; empty where there is none.
QString ChatPanel::said(int back) const
{
    const QList<ChatTurn> &turns = m_chat.conversation().turns;
    for (qsizetype i = turns.size() - 1; i >= 0; --i) {
        if (turns.at(i).role == ChatRole::User && --back == 0)
            return turns.at(i).text;
    }
    return {};
}

void ChatPanel::send()
{
    const QString text = m_composer->text();
    if (whyNot(text).isEmpty())
        guarded([this, text, turn = m_composer->editedTurn()] { sendNow(text, turn); });
}

void ChatPanel::sendNow(const QString &text, int inPlaceOf)
{
    if (!whyNot(text).isEmpty())
        return;
    m_banner->clear();
    m_undoOnBanner = false;
    const QString next = m_composer->aside(); // a copy: the list that it belongs to goes
    const ChatObstacle sent = inPlaceOf >= 0 ? m_chat.resend(inPlaceOf, text) : m_chat.send(text);
    if (sent != ChatObstacle::None)
        return presentSend();
    m_composer->finishSending(next);
}

void ChatPanel::retry()
{
    if (m_context.session.isReadOnly())
        return;
    guarded([this] {
        m_composer->endEditing();
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
    const Conversation &now = m_chat.conversation();
    question.text = tr("Each answer is charged to its account.") + QLatin1Char(' ')
        + chatwords::estimate(now, m_composer->text(), now.model.isEmpty() ? nullptr : m_models.find(now.model.toString())) + QLatin1Char('.');
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
    m_composer->edit(turn, turns.at(turn).text);
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

} // namespace novita
