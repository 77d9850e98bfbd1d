// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookrules.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/secrets/secretstore.h"
#include "core/webhooks/sha256.h"
#include "core/webhooks/webhookpayload.h"

#include <QPointer>

#include <algorithm>

namespace novita {

namespace {

const QLatin1String kKind("webhook");
const QLatin1String kEnvironmentId("environment");
constexpr qsizetype kEnvironmentIdBytes = 4;

/// What `call` shall end with when `step` failed; false: it has not.
template<typename T, typename U>
bool failed(const QPointer<Call<T>> &call, const Result<U> &step)
{
    if (step)
        return false;
    if (call)
        call->resolve(step.error());
    return true;
}

} // namespace

WebhookRules::WebhookRules(RuleLog &log, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent), m_log(log), m_secrets(secrets), m_clock(clock)
{
}

void WebhookRules::load()
{
    m_loading.reset(m_log.read(ProfileId(), kKind))->onFinished(this, [this](const Result<QList<RuleRecord>> &read) {
        m_error = read ? std::nullopt : std::optional(read.error());
        m_rules.removeIf([](const WebhookRule &rule) { return !rule.fromEnvironment; });
        for (const RuleRecord &record : read.valueOr({}))
            m_rules.append(WebhookRule::fromRecord(record));
        m_loaded = true;
        emit loaded();
        emit changed();
    });
}

const WebhookRule *WebhookRules::find(const RuleId &id) const
{
    const auto it = std::find_if(m_rules.begin(), m_rules.end(), [&id](const WebhookRule &rule) { return rule.id == id; });
    return it == m_rules.end() ? nullptr : &*it;
}

void WebhookRules::setEnvironment(const QUrl &target, const QString &secret)
{
    WebhookRule rule;
    // Of this target: what an earlier run left in the queue for another one must not be sent to this one.
    rule.id = RuleId(kEnvironmentId + QLatin1Char('-') + QString::fromLatin1(sha256({target.toEncoded()}).first(kEnvironmentIdBytes).toHex()));
    rule.name = QStringLiteral("WEBHOOK_URL");
    rule.target = target;
    rule.kinds = webhookpayload::sentKinds();
    rule.fromEnvironment = true;
    if (!secret.isEmpty()) {
        registerSecret(secret);
        const Result<SigningSecret> read = SigningSecret::fromText(secret);
        rule.isSigned = true;
        if (read)
            m_known.insert(rule.id, *read);
    }
    m_rules.removeIf([](const WebhookRule &known) { return known.fromEnvironment; });
    m_rules.prepend(rule);
    emit changed();
}

Call<Done> *WebhookRules::save(const WebhookRule &rule, const std::optional<QString> &secret)
{
    const auto refuse = [this](const QString &why) { return Call<Done>::settledWith(Error::make(ErrorKind::Validation, why), this); };
    if (rule.fromEnvironment)
        return refuse(tr("A rule from the environment cannot be changed here."));
    if (rule.id.isEmpty() && m_rules.size() >= kMostRules)
        return refuse(tr("There are too many rules."));
    WebhookRule next = rule;
    if (next.id.isEmpty())
        next.id = RuleLog::newId();
    if (!secret)
        return write(next);
    next.isSigned = !secret->isEmpty();
    if (next.isSigned) {
        if (const Result<SigningSecret> read = SigningSecret::fromText(*secret); !read)
            return Call<Done>::settledWith(read.error(), this);
        registerSecret(*secret);
    }
    if (next.isSigned)
        return writeWithSecret(next, *secret);
    Call<Done> *call = write(next);
    call->onFinished(this, [this, next](const Result<Done> &saved) {
        if (!saved)
            return;
        m_known.remove(next.id);
        forgetSecret(next);
    });
    return call;
}

/// The secret first: a rule that is to sign and has none would send nothing.
Call<Done> *WebhookRules::writeWithSecret(const WebhookRule &rule, const QString &secret)
{
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    m_secrets.read(rule.secretName())->onFinished(this, [this, rule, secret, out](const Result<std::optional<QString>> &before) {
        // Without a keychain there is nothing that could be written over: the secret lasts for this session.
        if (m_secrets.state() != KeychainState::Unavailable && failed(out, before))
            return;
        m_secrets.write(rule.secretName(), secret)->onFinished(this, [this, rule, out, before = before.valueOr(std::nullopt)](const Result<Done> &kept) {
            if (failed(out, kept))
                return;
            write(rule)->onFinished(this, [this, rule, out, before](const Result<Done> &saved) {
                m_known.remove(rule.id);
                if (!saved)
                    restoreSecret(rule, before);
                if (out)
                    out->resolve(saved);
            });
        });
    });
    return call;
}

void WebhookRules::restoreSecret(const WebhookRule &rule, const std::optional<QString> &before)
{
    if (!before) {
        forgetSecret(rule);
        return;
    }
    m_secrets.write(rule.secretName(), *before)->onFinished(this, [](const Result<Done> &done) {
        if (!done)
            qCWarning(lcNet) << "The secret of a rule that could not be saved stays in the keychain:" << done.error().toLogString();
    });
}

/// A secret that nobody signs with any more may stay where it is when the keychain refuses.
Call<Done> *WebhookRules::forgetSecret(const WebhookRule &rule)
{
    Call<Done> *call = m_secrets.remove(rule.secretName());
    call->onFinished(this, [](const Result<Done> &done) {
        if (!done)
            qCWarning(lcNet) << "The secret of a rule that does not sign any more stays in the keychain:" << done.error().toLogString();
    });
    return call;
}

Call<Done> *WebhookRules::write(const WebhookRule &rule)
{
    RuleRecord record;
    record.id = rule.id;
    record.kind = kKind;
    record.enabled = rule.enabled;
    record.body = rule.body();
    record.state = rule.state();
    record.version = rule.version;
    record.createdAt = m_clock.now();
    record.updatedAt = m_clock.now();
    auto *call = Call<Done>::create(this);
    m_log.save(record)->onFinished(this, [this, rule, out = QPointer(call)](const Result<qint64> &saved) {
        if (failed(out, saved))
            return;
        WebhookRule written = rule;
        written.version = *saved;
        adopt(written);
        if (out)
            out->resolve(Done{});
    });
    return call;
}

void WebhookRules::adopt(const WebhookRule &rule)
{
    const auto it = std::find_if(m_rules.begin(), m_rules.end(), [&rule](const WebhookRule &known) { return known.id == rule.id; });
    if (it == m_rules.end())
        m_rules.append(rule);
    else
        *it = rule;
    if (!rule.enabled)
        emit silenced(rule.id);
    emit changed();
}

Call<Done> *WebhookRules::remove(const RuleId &id)
{
    const WebhookRule *rule = find(id);
    if (!rule || rule->fromEnvironment)
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("There is no such rule.")), this);
    auto *call = Call<Done>::create(this);
    m_log.remove(id)->onFinished(this, [this, gone = *rule, out = QPointer(call)](const Result<Done> &removed) {
        if (failed(out, removed))
            return;
        m_rules.removeIf([&gone](const WebhookRule &known) { return known.id == gone.id; });
        m_known.remove(gone.id);
        emit silenced(gone.id);
        emit changed();
        if (!gone.isSigned) {
            if (out)
                out->resolve(Done{});
            return;
        }
        forgetSecret(gone)->onFinished(this, [this, out](const Result<Done> &forgotten) {
            const bool isGone = forgotten || m_secrets.state() == KeychainState::Unavailable;
            if (out)
                out->resolve(isGone ? Result<Done>(Done{}) : Result<Done>(Error::make(ErrorKind::Keychain, tr("The rule is deleted, but its secret is still in the keychain: %1").arg(forgotten.error().message))));
        });
    });
    return call;
}

Call<Done> *WebhookRules::setEnabled(const RuleId &id, bool enabled)
{
    const WebhookRule *rule = find(id);
    if (!rule)
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("There is no such rule.")), this);
    WebhookRule next = *rule;
    next.enabled = enabled;
    next.stopped.clear();
    if (!next.fromEnvironment)
        return write(next);
    adopt(next);
    return Call<Done>::settledWith(Done{}, this);
}

void WebhookRules::stop(const RuleId &id, const QString &reason)
{
    const WebhookRule *rule = find(id);
    if (!rule || !rule->enabled)
        return;
    WebhookRule next = *rule;
    next.enabled = false;
    next.stopped = reason;
    // At once: nothing more may be sent to a receiver that wants nothing more, whatever becomes of the record.
    adopt(next);
    if (next.fromEnvironment)
        return;
    write(next)->onFinished(this, [](const Result<Done> &saved) {
        if (!saved)
            qCWarning(lcNet) << "A rule that was switched off is not saved:" << saved.error().toLogString();
    });
}

Call<SigningSecret> *WebhookRules::secretOf(const WebhookRule &rule)
{
    const auto gone = [] { return Error::make(ErrorKind::Keychain, tr("The secret of this rule is not in the keychain. Enter it again.")); };
    if (!rule.isSigned)
        return Call<SigningSecret>::settledWith(SigningSecret(), this);
    if (m_known.contains(rule.id))
        return Call<SigningSecret>::settledWith(m_known.value(rule.id), this);
    if (rule.fromEnvironment)
        return Call<SigningSecret>::settledWith(Error::make(ErrorKind::Validation, tr("WEBHOOK_SECRET is no usable secret.")), this);
    auto *call = Call<SigningSecret>::create(this);
    m_secrets.read(rule.secretName())->onFinished(this, [this, gone, id = rule.id, out = QPointer(call)](const Result<std::optional<QString>> &read) {
        if (failed(out, read))
            return;
        const Result<SigningSecret> secret = *read ? SigningSecret::fromText(**read) : Result<SigningSecret>(gone());
        if (secret) {
            registerSecret(**read);
            m_known.insert(id, *secret);
        }
        if (out)
            out->resolve(secret);
    });
    return call;
}

} // namespace novita
