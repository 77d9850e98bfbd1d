// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhooksecrets.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/secrets/secretstore.h"
#include "core/webhooks/webhookreceiver.h"

#include <QRegularExpression>

namespace novita {

namespace {

bool isToken(const QString &text)
{
    static const QRegularExpression &token = *new QRegularExpression(QStringLiteral("^[A-Za-z0-9_-]{22,128}$"));
    return token.match(text).hasMatch();
}

Error badToken()
{
    return Error::make(ErrorKind::Validation, WebhookSecrets::tr("A path token has 22 to 128 letters, digits, - or _."));
}

} // namespace

WebhookSecrets::WebhookSecrets(SecretStore &store, const WebhookOverrides &overrides, QObject *parent) : QObject(parent), m_store(store)
{
    readOverrides(overrides);
    connect(&m_store, &SecretStore::stateChanged, this, [this](KeychainState state) {
        if (state == KeychainState::Ok && m_keychainError)
            load();
    });
}

void WebhookSecrets::readOverrides(const WebhookOverrides &overrides)
{
    QStringList problems;
    if (!overrides.secret.isEmpty()) {
        // A variable that is not usable must not fall back to another secret: the sender signs with the one of the variable.
        m_secretFromEnvironment = true;
        registerSecret(overrides.secret);
        if (const Result<SigningSecret> secret = SigningSecret::fromText(overrides.secret))
            m_texts[Current] = overrides.secret;
        else
            problems.append(tr("WEBHOOK_SECRET is not usable: %1").arg(secret.error().message));
    }
    if (!overrides.pathToken.isEmpty()) {
        m_tokenFromEnvironment = true;
        registerSecret(overrides.pathToken);
        if (isToken(overrides.pathToken))
            m_texts[Token] = overrides.pathToken;
        else
            problems.append(tr("WEBHOOK_PATH_TOKEN is not usable: %1").arg(badToken().message));
    }
    m_environmentProblem = problems.join(QLatin1Char(' '));
}

QLatin1String WebhookSecrets::nameOf(Slot slot)
{
    constexpr std::array<QLatin1String, SlotCount> names{kSecretName, kPreviousName, kTokenName};
    return names.at(slot);
}

QString WebhookSecrets::problem() const
{
    if (!m_environmentProblem.isEmpty())
        return m_environmentProblem;
    return m_keychainError ? m_keychainError->message : QString();
}

void WebhookSecrets::load()
{
    if (m_reading > 0 || (m_loaded && !m_keychainError))
        return;
    m_keychainError.reset();
    for (const Slot slot : {Current, Previous, Token}) {
        if (isOverridden(slot))
            continue;
        ++m_reading;
        m_store.read(nameOf(slot))->onFinished(this, [this, slot](const Result<std::optional<QString>> &result) { takeRead(slot, result); });
    }
    m_loaded = m_reading == 0;
    emit changed();
}

void WebhookSecrets::takeRead(Slot slot, const Result<std::optional<QString>> &result)
{
    --m_reading;
    if (!result) {
        qCWarning(lcSecrets) << "a webhook secret cannot be read:" << result.error().toLogString();
        m_keychainError = result.error();
    } else {
        apply(slot, result->value_or(QString()));
    }
    if (m_reading > 0)
        return;
    m_loaded = true;
    emit changed();
    runNext();
}

void WebhookSecrets::apply(Slot slot, const QString &text)
{
    registerSecret(text);
    const bool usable = slot == Token ? isToken(text) : SigningSecret::fromText(text).ok();
    m_texts[slot] = usable ? text : QString();
}

SecretState WebhookSecrets::stateOf(Slot slot) const
{
    const bool isSet = !m_texts[slot].isEmpty();
    return {isSet, isSet && isOverridden(slot), isSet && !isOverridden(slot) && m_store.isSessionOnly(nameOf(slot))};
}

SecretState WebhookSecrets::secretState() const { return stateOf(Current); }
SecretState WebhookSecrets::previousState() const { return stateOf(Previous); }
SecretState WebhookSecrets::tokenState() const { return stateOf(Token); }
QString WebhookSecrets::pathToken() const { return m_texts[Token]; }

SigningSecret WebhookSecrets::current() const
{
    return SigningSecret::fromText(m_texts[Current]).valueOr(SigningSecret());
}

SigningSecrets WebhookSecrets::signing() const
{
    SigningSecrets out;
    for (const Slot slot : {Current, Previous}) {
        if (const Result<SigningSecret> secret = SigningSecret::fromText(m_texts[slot]))
            out.append(*secret);
    }
    return out;
}

Call<Done> *WebhookSecrets::refuse(const Error &error)
{
    return Call<Done>::settledWith(error, this);
}

Call<Done> *WebhookSecrets::setSecret(const QString &text)
{
    if (const Result<SigningSecret> secret = SigningSecret::fromText(text); !secret)
        return refuse(secret.error());
    return change([text] { return std::vector<Change>{{Previous, {}}, {Current, text}}; });
}

Call<Done> *WebhookSecrets::rotateSecret(const QString &text)
{
    if (const Result<SigningSecret> secret = SigningSecret::fromText(text); !secret)
        return refuse(secret.error());
    // The old one is kept before the new one is written: at no moment is a delivery of either refused.
    return change([this, text] {
        const QString old = m_texts[Current] == text ? QString() : m_texts[Current];
        return std::vector<Change>{{Previous, old}, {Current, text}};
    });
}

Call<Done> *WebhookSecrets::dropPrevious()
{
    return change([] { return std::vector<Change>{{Previous, {}}}; });
}

Call<Done> *WebhookSecrets::removeSecret()
{
    return change([] { return std::vector<Change>{{Previous, {}}, {Current, {}}}; });
}

Call<Done> *WebhookSecrets::setPathToken(const QString &token)
{
    if (!isToken(token))
        return refuse(badToken());
    return change([token] { return std::vector<Change>{{Token, token}}; });
}

Call<Done> *WebhookSecrets::removePathToken()
{
    return change([] { return std::vector<Change>{{Token, {}}}; });
}

/// `changes` is asked when its turn has come: what it depends on may be changed by the one before it.
Call<Done> *WebhookSecrets::change(std::function<std::vector<Change>()> changes)
{
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    m_waiting.push_back([this, out, changes = std::move(changes)] {
        if (m_keychainError && m_store.state() != KeychainState::Unavailable)
            end(out, *m_keychainError);
        else
            runSteps(out, changes());
    });
    // A rotation must know what there is to keep.
    if (!m_loaded || m_keychainError)
        load();
    runNext();
    return call;
}

void WebhookSecrets::runNext()
{
    if (m_waiting.empty() || m_changing || m_reading > 0)
        return;
    m_changing = true;
    const std::function<void()> next = std::move(m_waiting.front());
    m_waiting.erase(m_waiting.begin());
    next();
}

void WebhookSecrets::end(const QPointer<Call<Done>> &call, const Result<Done> &result)
{
    m_changing = false;
    emit changed();
    if (call)
        call->resolve(result);
    runNext();
}

void WebhookSecrets::runSteps(const QPointer<Call<Done>> &call, std::vector<Change> steps)
{
    if (steps.empty()) {
        end(call, Done{});
        return;
    }
    const Change step = steps.front();
    if (isOverridden(step.slot)) {
        end(call, Error::make(ErrorKind::Validation, tr("This secret comes from the environment for this run; end the program and take the variable away to change it.")));
        return;
    }
    steps.erase(steps.begin());
    // Without a keychain there is only what was given for this session, and to take away what is not there would be refused.
    if (step.text.isEmpty() && m_texts[step.slot].isEmpty() && m_store.state() == KeychainState::Unavailable) {
        runSteps(call, std::move(steps));
        return;
    }
    registerSecret(step.text);
    Call<Done> *write = step.text.isEmpty() ? m_store.remove(nameOf(step.slot)) : m_store.write(nameOf(step.slot), step.text);
    write->onFinished(this, [this, call, step, steps = std::move(steps)](const Result<Done> &result) {
        if (!result) {
            end(call, result);
            return;
        }
        apply(step.slot, step.text);
        runSteps(call, steps);
    });
}

Call<QString> *WebhookSecrets::revealSecret()
{
    return Call<QString>::settledWith(m_texts[Current].isEmpty() ? Result<QString>(Error::make(ErrorKind::NotFound, tr("There is no signing secret yet.")))
                                                                 : Result<QString>(m_texts[Current]), this);
}

Call<QString> *WebhookSecrets::revealPathToken()
{
    return Call<QString>::settledWith(m_texts[Token].isEmpty() ? Result<QString>(Error::make(ErrorKind::NotFound, tr("There is no path token yet.")))
                                                               : Result<QString>(m_texts[Token]), this);
}

} // namespace novita
