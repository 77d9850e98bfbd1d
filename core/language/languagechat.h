// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/requestpreview.h"
#include "core/cloud/services/languageservice.h"
#include "core/language/conversation.h"
#include "core/language/conversationfile.h"
#include "core/language/thinksplitter.h"

#include <QObject>

#include <memory>
#include <optional>

namespace novita {

class ApiClient;
class KeptFiles;
class LanguageModels;

/// Why a message cannot be sent now.
enum class ChatObstacle { None, NoProfile, Reading, Busy, NoKey, NoModel, NothingToSay, Full, WrongParameters, SystemTooLong };

/// The one conversation of the profile with a language model. All of it, and what is being typed, is written down at most kSaveDelay after it was said, and is
/// there again after any end of the program. Each answer is asked for once and never again by itself: it costs. Thread: the UI's; blocks nowhere.
class LanguageChat final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LanguageChat)

public:
    static constexpr Milliseconds kSaveDelay{200};
    static constexpr Milliseconds kSaveDelayWhileRunning{1000};

    struct Parts
    {
        ApiClient &api;
        const LanguageModels &models; ///< for the prices
        KeptFiles &files;
        const Clock &clock;
    };
    /// All parts must outlive it.
    explicit LanguageChat(const Parts &parts, QObject *parent = nullptr);
    ~LanguageChat() override;

    /// Another profile: an answer that is under way ends, its conversation is written down.
    void open(const ProfileId &profile);
    void close();

    const Conversation &conversation() const { return m_now; }
    bool isBusy() const { return m_stream != nullptr; }
    /// How long the answer that is under way has been asked for.
    Milliseconds runningFor() const;

    void setModel(const LanguageModelId &model);
    /// At most Conversation::kMostChars of it; beyond kMostSystem nothing can be sent.
    void setSystem(const QString &prompt);
    void setParameters(const ChatParameters &parameters);
    /// At most Conversation::kMostChars of it.
    void setDraft(const QString &text);

    ChatObstacle obstacle(const QString &text) const;
    /// Takes `text` out of the draft. What stands in the way is returned, and nothing is sent then.
    ChatObstacle send(const QString &text);
    /// In place of turn `turn`, which is the person's, and of all that follows it.
    ChatObstacle resend(int turn, const QString &text);
    /// Asks anew for the last answer, in place of the one that is there.
    ChatObstacle retryLast();
    void stop();

    void clear();
    /// Takes back the latest clear(), resend() or retryLast().
    void undo();
    bool canUndo() const { return m_before.has_value() && !isBusy(); }

    /// The request for an answer to `text`; without text, for the last answer.
    RequestPreview preview(const QString &text) const;
    /// The conversation could not be written down; until it is.
    const std::optional<Error> &saveError() const { return m_file.error(); }

signals:
    void wasReset();                  ///< all turns may differ
    void turnAdded(int turn);
    /// The last turn has grown by these.
    void turnGrew(const QString &text, const QString &reasoning);
    void turnRecast();                ///< what the last turn had as text was reasoning
    void turnEnded();                 ///< the last one
    void busyChanged();
    void changed();                   ///< model, system prompt, parameters, what can be undone, saveError()

private:
    ChatObstacle obstacle() const;
    void ask();
    void grow(ThinkSplitter::Piece piece, const QString &reasoning);
    void finish();
    void priceLast();
    void replace(qsizetype from);
    void touch();
    void restore(const Result<std::optional<Conversation>> &kept);
    ChatTurn &last() { return m_now.turns.last(); }

    Parts m_parts;
    LanguageService m_service;
    Conversation m_now;
    std::optional<Conversation> m_before;
    qsizetype m_firstChanged = 0; ///< turn of m_now from which on m_before differs
    std::unique_ptr<ChatStream> m_stream;
    ThinkSplitter m_splitter;
    SteadyPoint m_askedAt{};
    ConversationFile m_file; ///< last: it asks for m_now until its end
};

} // namespace novita
