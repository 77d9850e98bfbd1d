// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/languagechat.h"

#include "core/language/keptfiles.h"
#include "core/language/languagemodels.h"
#include "core/net/apiclient.h"

#include <utility>

namespace novita {

LanguageChat::LanguageChat(const Parts &parts, QObject *parent)
    : QObject(parent), m_parts(parts), m_service(parts.api), m_file(parts.files, parts.clock, [this] { return m_now; })
{
    connect(&m_file, &ConversationFile::read, this, &LanguageChat::restore);
    connect(&m_file, &ConversationFile::errorChanged, this, &LanguageChat::changed);
}

LanguageChat::~LanguageChat()
{
    close();
}

void LanguageChat::open(const ProfileId &profile)
{
    close();
    m_file.open(profile);
}

void LanguageChat::restore(const Result<std::optional<Conversation>> &kept)
{
    if (kept && kept->has_value()) {
        // Who has begun to type means that.
        const QString typed = std::exchange(m_now.draft, QString());
        m_now = **kept;
        if (!typed.isEmpty())
            m_now.draft = typed;
    }
    if (!m_now.draft.isEmpty())
        touch(); // what was typed before this was not written down
    emit wasReset();
    emit changed();
    emit busyChanged();
}

void LanguageChat::close()
{
    if (isBusy()) {
        grow(m_splitter.end(), {});
        last().end = ChatEnd::CutShort;
        last().took = runningFor();
        m_stream.reset();
        touch();
    }
    m_file.close();
    m_now = {};
    m_before.reset();
    emit wasReset();
    emit changed();
    emit busyChanged();
}

Milliseconds LanguageChat::runningFor() const
{
    return isBusy() ? std::chrono::duration_cast<Milliseconds>(m_parts.clock.steadyNow() - m_askedAt) : Milliseconds(0);
}

void LanguageChat::setModel(const LanguageModelId &model)
{
    if (m_now.model == model)
        return;
    m_now.model = model;
    touch();
    emit changed();
}

void LanguageChat::setSystem(const QString &prompt)
{
    const QString kept = prompt.left(Conversation::kMostChars);
    if (m_now.system == kept)
        return;
    m_now.system = kept;
    touch();
    emit changed();
}

void LanguageChat::setParameters(const ChatParameters &parameters)
{
    if (m_now.parameters == parameters)
        return;
    m_now.parameters = parameters;
    touch();
    emit changed();
}

void LanguageChat::setDraft(const QString &text)
{
    const QString draft = text.left(Conversation::kMostChars); // more could not be sent, and the file not be read again
    if (m_now.draft == draft)
        return;
    m_now.draft = draft;
    touch();
}

ChatObstacle LanguageChat::obstacle() const
{
    if (m_file.profile().isEmpty())
        return ChatObstacle::NoProfile;
    if (!m_file.isRead())
        return ChatObstacle::Reading;
    if (isBusy())
        return ChatObstacle::Busy;
    if (!m_parts.api.hasKey())
        return ChatObstacle::NoKey;
    if (m_now.model.isEmpty())
        return ChatObstacle::NoModel;
    if (m_now.system.size() > Conversation::kMostSystem)
        return ChatObstacle::SystemTooLong;
    return m_now.parameters.problems().isEmpty() ? ChatObstacle::None : ChatObstacle::WrongParameters;
}

ChatObstacle LanguageChat::obstacle(const QString &text) const
{
    const ChatObstacle general = obstacle();
    if (general != ChatObstacle::None)
        return general;
    if (m_now.isFull() || text.size() > Conversation::kMostChars)
        return ChatObstacle::Full;
    return text.trimmed().isEmpty() ? ChatObstacle::NothingToSay : ChatObstacle::None;
}

ChatObstacle LanguageChat::send(const QString &text)
{
    const ChatObstacle inTheWay = obstacle(text);
    if (inTheWay != ChatObstacle::None)
        return inTheWay;
    ChatTurn said;
    said.text = text;
    said.at = m_parts.clock.now();
    m_now.turns.append(said);
    m_now.draft.clear();
    m_before.reset(); // it would take this message away
    emit turnAdded(static_cast<int>(m_now.turns.size()) - 1);
    ask();
    return ChatObstacle::None;
}

ChatObstacle LanguageChat::resend(int turn, const QString &text)
{
    if (turn < 0 || turn >= m_now.turns.size() || m_now.turns.at(turn).role != ChatRole::User)
        return ChatObstacle::NothingToSay;
    Conversation before = m_now;
    replace(turn);
    const ChatObstacle inTheWay = obstacle(text);
    if (inTheWay != ChatObstacle::None) {
        m_now = std::move(before);
        return inTheWay;
    }
    emit wasReset();
    const ChatObstacle sent = send(text);
    m_before = std::move(before);
    m_firstChanged = turn;
    emit changed();
    return sent;
}

ChatObstacle LanguageChat::retryLast()
{
    const ChatObstacle general = obstacle();
    if (general != ChatObstacle::None)
        return general;
    qsizetype first = m_now.turns.size();
    while (first > 0 && m_now.turns.at(first - 1).role == ChatRole::Assistant)
        --first;
    if (first == 0)
        return ChatObstacle::NothingToSay;
    m_before = m_now;
    m_firstChanged = first;
    replace(first);
    emit wasReset();
    ask();
    return ChatObstacle::None;
}

void LanguageChat::stop()
{
    if (!isBusy())
        return;
    last().end = ChatEnd::Stopped;
    m_stream->stop();
}

/// The turns from `from` on give way. What they have cost stays.
void LanguageChat::replace(qsizetype from)
{
    for (qsizetype i = from; i < m_now.turns.size(); ++i)
        m_now.replaced.add(m_now.turns.at(i));
    m_now.turns.resize(from);
}

void LanguageChat::clear()
{
    if (isBusy() || m_now.turns.isEmpty())
        return;
    m_before = m_now;
    m_firstChanged = 0;
    m_now.turns.clear();
    m_now.replaced = {}; // another conversation begins
    touch();
    emit wasReset();
    emit changed();
}

void LanguageChat::undo()
{
    if (!canUndo())
        return;
    const QString draft = m_now.draft;
    const QList<ChatTurn> undone = m_now.turns.mid(m_firstChanged);
    m_now = std::move(*m_before);
    m_now.draft = draft;
    for (const ChatTurn &turn : undone)
        m_now.replaced.add(turn);
    m_before.reset();
    touch();
    emit wasReset();
    emit changed();
}

RequestPreview LanguageChat::preview(const QString &text) const
{
    ChatRequest request{m_now.model, m_now.messages(), m_now.parameters};
    if (!text.trimmed().isEmpty()) {
        request.messages.append({ChatRole::User, text});
    } else {
        while (request.messages.size() > 1 && request.messages.constLast().role == ChatRole::Assistant)
            request.messages.removeLast();
    }
    return m_service.preview(request);
}

void LanguageChat::touch()
{
    m_file.touch(isBusy() ? kSaveDelayWhileRunning : kSaveDelay);
}

} // namespace novita
