// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/languagechat.h"

#include "core/base/logging.h"
#include "core/language/keptfiles.h"
#include "core/language/languagemodels.h"
#include "core/net/apiclient.h"

#include <QPointer>

#include <utility>

namespace novita {

namespace {

QString fileName(const ProfileId &profile)
{
    return KeptFiles::nameFor(QStringLiteral("chat"), profile.toString());
}

ChatEnd endOf(const ChatStream &stream, bool stopped)
{
    if (stopped)
        return ChatEnd::Stopped;
    if (stream.error())
        return ChatEnd::CutShort;
    if (stream.finishReason() == QLatin1String("length"))
        return ChatEnd::Length;
    return stream.finishReason() == QLatin1String("content_filter") ? ChatEnd::Filtered : ChatEnd::Complete;
}

} // namespace

LanguageChat::LanguageChat(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts), m_service(parts.api)
{
    m_saveTimer.setSingleShot(true);
    connect(&m_saveTimer, &QTimer::timeout, this, &LanguageChat::save);
}

LanguageChat::~LanguageChat()
{
    close();
}

void LanguageChat::open(const ProfileId &profile)
{
    close();
    m_profile = profile;
    m_reading.reset(m_parts.files.read(fileName(profile), Conversation::kMostBytes, &Conversation::fromJson))
        ->onFinished(this, [this](const Result<std::optional<Conversation>> &kept) { restore(kept); });
}

void LanguageChat::restore(const Result<std::optional<Conversation>> &kept)
{
    m_isRead = true;
    if (!kept) {
        // It stays on the disk, and is set aside once something new is said.
        qCWarning(lcCloud) << "The kept conversation is not used:" << kept.error().toLogString();
        m_saveError = kept.error();
    } else if (kept->has_value()) {
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
        last().end = ChatEnd::CutShort;
        last().took = runningFor();
        m_stream.reset();
        touch();
    }
    if (m_saveTimer.isActive() || m_isDirty)
        write(); // behind the one under way: two at most are waited for at the end
    m_saveTimer.stop();
    ++m_opening;
    m_isWriting = m_isDirty = false;
    m_reading.reset();
    m_profile = {};
    m_now = {};
    m_before.reset();
    m_isRead = false;
    m_saveError.reset();
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
    if (m_now.system == prompt)
        return;
    m_now.system = prompt;
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
    if (m_profile.isEmpty())
        return ChatObstacle::NoProfile;
    if (!m_isRead)
        return ChatObstacle::Reading;
    if (isBusy())
        return ChatObstacle::Busy;
    if (!m_parts.api.hasKey())
        return ChatObstacle::NoKey;
    if (m_now.model.isEmpty())
        return ChatObstacle::NoModel;
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
    m_now.turns.resize(turn);
    const ChatObstacle inTheWay = obstacle(text);
    if (inTheWay != ChatObstacle::None) {
        m_now = std::move(before);
        return inTheWay;
    }
    emit wasReset();
    const ChatObstacle sent = send(text);
    m_before = std::move(before);
    emit changed();
    return sent;
}

ChatObstacle LanguageChat::retryLast()
{
    const ChatObstacle general = obstacle();
    if (general != ChatObstacle::None)
        return general;
    Conversation before = m_now;
    while (!m_now.turns.isEmpty() && last().role == ChatRole::Assistant)
        m_now.turns.removeLast();
    if (m_now.turns.isEmpty()) {
        m_now = std::move(before);
        return ChatObstacle::NothingToSay;
    }
    m_before = std::move(before);
    emit wasReset();
    ask();
    return ChatObstacle::None;
}

void LanguageChat::ask()
{
    ChatTurn answer;
    answer.role = ChatRole::Assistant;
    answer.model = m_now.model;
    answer.at = m_parts.clock.now();
    answer.end = ChatEnd::Running;
    m_askedAt = m_parts.clock.steadyNow();
    m_stream = m_service.chat({m_now.model, m_now.messages(), m_now.parameters});
    m_now.turns.append(std::move(answer));
    connect(m_stream.get(), &ChatStream::received, this, [this](const QString &text, const QString &reasoning) {
        ChatTurn &turn = last();
        if (!turn.firstAfter)
            turn.firstAfter = runningFor();
        turn.text += text;
        turn.reasoning += reasoning;
        touch();
        emit turnGrew(text, reasoning);
    });
    connect(m_stream.get(), &ChatStream::finished, this, &LanguageChat::finish);
    touch();
    emit turnAdded(static_cast<int>(m_now.turns.size()) - 1);
    emit busyChanged();
    emit changed();
}

void LanguageChat::stop()
{
    if (!isBusy())
        return;
    last().end = ChatEnd::Stopped;
    m_stream->stop();
}

void LanguageChat::finish()
{
    ChatTurn &turn = last();
    turn.took = runningFor();
    turn.end = endOf(*m_stream, turn.end == ChatEnd::Stopped);
    turn.error = m_stream->error();
    turn.usage = m_stream->usage();
    const LanguageModel *model = m_parts.models.find(turn.model.toString());
    if (turn.usage && model)
        turn.cost = model->costOf(turn.usage->prompt, turn.usage->completion);
    // Not deleted inside its own signal.
    m_stream.release()->deleteLater();
    m_saveTimer.stop();
    touch();
    emit turnEnded();
    emit busyChanged();
    emit changed();
}

void LanguageChat::clear()
{
    if (isBusy() || m_now.turns.isEmpty())
        return;
    m_before = m_now;
    m_now.turns.clear();
    touch();
    emit wasReset();
    emit changed();
}

void LanguageChat::undo()
{
    if (!canUndo())
        return;
    const QString draft = m_now.draft;
    m_now = std::move(*m_before);
    m_now.draft = draft;
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

/// Not put off by the next change: what was said first would wait for ever.
void LanguageChat::touch()
{
    if (!m_profile.isEmpty() && m_isRead && !m_saveTimer.isActive())
        m_saveTimer.start(isBusy() ? kSaveDelayWhileRunning : kSaveDelay);
}

void LanguageChat::save()
{
    m_saveTimer.stop();
    if (m_profile.isEmpty() || !m_isRead)
        return;
    // A slow disk gets the newest state, not each of them.
    if (m_isWriting)
        m_isDirty = true;
    else
        write();
}

void LanguageChat::write()
{
    m_isWriting = true;
    m_isDirty = false;
    m_parts.files.write(fileName(m_profile), [now = m_now] { return now.toJson(true); }, m_parts.clock.now())->onFinished(this, [this, opening = m_opening](const Result<Done> &done) {
        if (!done)
            qCWarning(lcCloud) << "The conversation is not kept:" << done.error().toLogString();
        if (opening != m_opening)
            return;
        const bool differs = m_saveError.has_value() == done.ok();
        m_isWriting = false;
        m_saveError = done ? std::nullopt : std::optional(done.error());
        if (m_isDirty)
            write();
        if (differs)
            emit changed();
    });
}

} // namespace novita
