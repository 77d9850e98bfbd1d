// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/webhooks/outgoingspool.h"
#include "core/webhooks/outgoingstore.h"
#include "core/webhooks/webhookrules.h"
#include "core/webhooks/webhooksender.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace novita {

class Database;
class Settings;
struct SendDecision;

/// Sends webhooks: what it is told by notify() goes, by the rules, into a queue in the history file, and from there to the targets.
///
/// - At least once: a message is written down before it is sent and claimed in the file before each attempt. One that was under way
///   when the program was killed is sent again after the next start, with the same webhook-id and the same bytes. None is lost but when kMostQueued
///   wait: then the oldest go, and droppedCount() tells.
/// - Of each rule one message is under way at a time, in the order of the events, and one that is to be tried again holds up those behind
///   it. Rules do not hold up one another: kParallel are served at once.
/// - Without a file that can be written kMostUnsaved events wait in memory.
/// - A receiver that answers 410 has its rule switched off: ruleStopped().
///
/// Owner: composition root. One thread, never blocks.
class WebhookNotifier final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookNotifier)

public:
    static constexpr int kMostQueued = 10000;
    static constexpr int kMostUnsaved = 1000;
    static constexpr int kMostLogged = 20000; ///< messages that ended; beside the retention of the settings
    static constexpr int kParallel = 16;
    static constexpr Milliseconds kStorageRetry{10000};  ///< after the file could not be read or written
    static constexpr Milliseconds kKeychainRetry{30000}; ///< while a secret cannot be had

    /// Everything must outlive it. `random` yields values in [0, 1).
    WebhookNotifier(Database &database, RuleLog &ruleLog, SecretStore &secrets, const Settings &settings, const Clock &clock,
                    std::function<double()> random, QObject *parent = nullptr);
    ~WebhookNotifier() override;

    /// Reads the rules and goes on with what earlier runs have left; while the file cannot be read, again every kStorageRetry. What is told
    /// before waits, at most kMostUnsaved events. Once.
    void start();

    WebhookRules &rules() { return m_rules; }
    const WebhookRules &rules() const { return m_rules; }
    const OutgoingStore &log() const { return m_store; }
    WebhookSender &sender() { return m_sender; }
    /// Where rules may send now.
    TargetPolicy policy() const { return TargetPolicy(m_sender.config().privateTargets); }

    /// Something happened: a message for each rule that it matches.
    void notify(const OutgoingEvent &event);
    /// A sample event to the target of the rule, tried once, also of one that is switched off. Done: it is in the queue.
    Call<Done> *sendTest(const RuleId &id);
    /// Sends an ended message again: same bytes and webhook-id, new timestamp and signatures. Done: it is in the queue.
    Call<Done> *resend(const OutgoingMessage &message);

    /// Attempts of this run, by what came of them.
    struct Attempts
    {
        qint64 delivered = 0;
        qint64 retried = 0; ///< failed, and another follows
        qint64 failed = 0;  ///< failed for good
    };
    const Attempts &attempts() const { return m_attempts; }
    int openCount() const { return m_open + m_spool.count(); } ///< messages that wait or are being sent
    int droppedCount() const { return m_dropped + m_spool.dropped(); } ///< in this run, because there were too many
    /// Why nothing can be queued or sent now; empty when all is well.
    const QString &problem() const { return m_problem; }
    /// The latest message of the rule that ended, or null.
    const OutgoingMessage *latest(const RuleId &id) const;

    /// Looks at the clock and the file now instead of when the timers fire: after a resume from sleep, and in tests.
    void wake();

signals:
    /// Queue, log or problem are another; at most once in a turn of the event loop.
    void changed();
    /// A message that was claimed has found its end, also that it was dropped then. Of those dropped while they waited nothing is told.
    void ended(const novita::OutgoingMessage &message);
    void ruleStopped(const novita::WebhookRule &rule, const QString &reason);

private:
    void configureSender();
    void onRulesLoaded();
    void takeUp();
    void becomeReady();
    void waitForFile(const QString &problem);
    void writeLater(const Error &error, std::function<void()> step);
    void fileWorks();
    void tryFileAgain();
    OutgoingMessage messageFor(const WebhookRule &rule, const OutgoingEvent &event) const;
    Call<int> *enqueue(const QList<OutgoingMessage> &messages);
    void setProblem(const QString &problem);
    void pump();
    void onClaim(const OutgoingStore::Claim &claim);
    void begin(const OutgoingMessage &message);
    void send(const OutgoingMessage &message, const WebhookRule &rule, const SigningSecret &secret);
    void onPosted(OutgoingMessage message, const WebhookRule &rule, const WebhookPosted &posted);
    void record(const OutgoingMessage &message, const OutgoingAttempt &attempt);
    void putBack(OutgoingMessage message, OutgoingState state, TimePoint dueAt, const QString &note);
    void writeBack(const OutgoingMessage &message);
    void finished(const OutgoingMessage &message);
    void tell();
    void prune();

    const Settings &m_settings;
    const Clock &m_clock;
    std::function<double()> m_random;
    WebhookRules m_rules;
    OutgoingStore m_store;
    OutgoingSpool m_spool;
    WebhookSender m_sender;
    QHash<RuleId, OutgoingMessage> m_latest;
    QList<OutgoingEvent> m_early;      ///< told before the rules were read
    QList<std::function<void()>> m_unwritten; ///< what became of claimed messages; their lanes wait
    QString m_problem;
    Attempts m_attempts;
    int m_underWay = 0;
    int m_open = 0;
    int m_dropped = 0; ///< of m_early
    bool m_ready = false;
    bool m_claiming = false;
    bool m_claimAgain = false;
    QTimer m_timer;
    QTimer m_storageTimer;
    QTimer m_pruneTimer;
    QTimer m_tellTimer;
};

} // namespace novita
