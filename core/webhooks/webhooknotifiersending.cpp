// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/sendpolicy.h"
#include "core/webhooks/webhooknotifier.h"

#include <algorithm>
#include <utility>

// From the claim of a message to what is written down of its attempt.

namespace novita {

namespace {

/// A monotonic timer stands still while the computer sleeps; the deadlines in the file do not.
constexpr Milliseconds kLongestNap{30000};

} // namespace

void WebhookNotifier::pump()
{
    if (m_claiming || !m_ready || m_underWay >= kParallel) {
        m_claimAgain = m_claimAgain || m_claiming;
        return;
    }
    m_claiming = true;
    m_store.claim(m_clock.now(), kParallel - m_underWay)->onFinished(this, [this](const Result<OutgoingStore::Claim> &claim) {
        m_claiming = false;
        if (claim)
            onClaim(*claim);
        else if (!m_storageTimer.isActive())
            m_storageTimer.start();
        if (std::exchange(m_claimAgain, false))
            pump();
    });
}

void WebhookNotifier::onClaim(const OutgoingStore::Claim &claim)
{
    if (m_open != claim.open)
        tell();
    m_open = claim.open;
    m_underWay += static_cast<int>(claim.messages.size());
    for (const OutgoingMessage &message : claim.messages)
        begin(message);
    m_timer.stop();
    if (claim.nextDue)
        m_timer.start(std::clamp(std::chrono::duration_cast<Milliseconds>(*claim.nextDue - m_clock.now()), Milliseconds(0), kLongestNap));
}

void WebhookNotifier::begin(const OutgoingMessage &message)
{
    const WebhookRule *rule = m_rules.find(message.rule);
    if (!rule || (!rule->enabled && !message.isTest())) {
        putBack(message, OutgoingState::Dropped, message.dueAt, tr("The rule was switched off or removed."));
        return;
    }
    m_rules.secretOf(*rule)->onFinished(this, [this, message, rule = *rule](const Result<SigningSecret> &secret) {
        if (secret)
            send(message, rule, *secret);
        else if (message.isTest())
            putBack(message, OutgoingState::Failed, message.dueAt, secret.error().message);
        else
            putBack(message, OutgoingState::Waiting, m_clock.now() + kKeychainRetry, secret.error().message);
    });
}

void WebhookNotifier::send(const OutgoingMessage &message, const WebhookRule &rule, const SigningSecret &secret)
{
    m_sender.post({rule.target, message.id, message.body, secret})->onFinished(this, [this, message, rule](const Result<WebhookPosted> &posted) {
        if (posted)
            onPosted(message, rule, *posted);
    });
}

void WebhookNotifier::onPosted(OutgoingMessage message, const WebhookRule &rule, const WebhookPosted &posted)
{
    OutgoingAttempt attempt{posted.at, rule.loggedTarget(), posted.address, rule.isSigned, posted.status, posted.took, posted.problem, posted.answer};
    const SendDecision decision = decideSend(posted, message.attempts + 1, message.tries, m_random());
    const TimePoint now = m_clock.now();
    message.status = posted.status;
    message.took = posted.took;
    message.note = posted.problem;
    message.attempts += 1;
    switch (decision.next) {
    case SendDecision::Next::Delivered:
        message.state = OutgoingState::Delivered;
        ++m_attempts.delivered;
        break;
    case SendDecision::Next::Retry:
        message.state = OutgoingState::Waiting;
        ++m_attempts.retried;
        break;
    case SendDecision::Next::Failed:
    case SendDecision::Next::Gone:
        message.state = OutgoingState::Failed;
        ++m_attempts.failed;
        break;
    }
    if (message.isOpen())
        message.dueAt = now + decision.wait;
    else
        message.endedAt = now;
    record(message, attempt);
    const WebhookRule *current = decision.next == SendDecision::Next::Gone ? m_rules.find(rule.id) : nullptr;
    // Meanwhile the rule may have been given another target, which has said nothing.
    if (current && current->enabled && current->target == rule.target) {
        const QString reason = tr("The target answered 410: it wants nothing more.");
        m_rules.stop(rule.id, reason);
        emit ruleStopped(rule, reason);
    }
}

void WebhookNotifier::record(const OutgoingMessage &message, const OutgoingAttempt &attempt)
{
    m_store.record(message, attempt)->onFinished(this, [this, message, attempt](const Result<Done> &recorded) {
        if (recorded || recorded.error().kind == ErrorKind::NotFound)
            finished(message);
        else
            writeLater(recorded.error(), [this, message, attempt] { record(message, attempt); });
    });
}

void WebhookNotifier::putBack(OutgoingMessage message, OutgoingState state, TimePoint dueAt, const QString &note)
{
    message.state = state;
    message.dueAt = dueAt;
    message.note = note;
    if (!message.isOpen())
        message.endedAt = m_clock.now();
    writeBack(message);
}

void WebhookNotifier::writeBack(const OutgoingMessage &message)
{
    m_store.putBack(message)->onFinished(this, [this, message](const Result<Done> &written) {
        if (written)
            finished(message);
        else
            writeLater(written.error(), [this, message] { writeBack(message); });
    });
}

void WebhookNotifier::finished(const OutgoingMessage &message)
{
    --m_underWay;
    fileWorks();
    if (!message.isOpen()) {
        m_latest.insert(message.rule, message);
        m_latest[message.rule].body.clear();
        emit ended(message);
    }
    tell();
    pump();
}

} // namespace novita
