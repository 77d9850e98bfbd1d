// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/localapiservice.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/secrets/secretstore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookreceiver.h"

#include <QHostAddress>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

HttpLimits limits()
{
    HttpLimits limits;
    limits.connections = 32;
    limits.bodyBytes = ApiDoor::kOtherBytes;
    limits.lengthRequired = false; // "curl -X POST" announces nothing when there is nothing to send
    limits.stopGrace = std::chrono::milliseconds(250); // the window waits for it
    return limits;
}

} // namespace

LocalApiService::LocalApiService(const LocalApiParts &parts, SecretStore &secrets, QObject *parent)
    : QObject(parent), m_parts(parts), m_secrets(secrets), m_gate(parts.clock), m_door(m_gate, m_orders, parts.clock), m_desk(parts)
{
    m_desk.setServerFigures([this] { return serverStats(); });
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LocalApiService::retry);
}

LocalApiService::~LocalApiService()
{
    stop();
}

void LocalApiService::start(const LocalApiRun &run)
{
    m_run = run;
    m_started = true;
    registerSecret(m_run.token);
    connect(&m_parts.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kLocalApiEnabled.name || key == keys::kLocalApiPort.name)
            apply();
    });
    connect(&m_secrets, &SecretStore::stateChanged, this, [this](KeychainState state) {
        if (state == KeychainState::Ok && m_state == LocalApiState::Failed && m_problem && m_problem->kind == ErrorKind::Keychain)
            apply();
    });
    apply();
}

void LocalApiService::retry()
{
    if (m_state == LocalApiState::Failed)
        apply();
}

bool LocalApiService::isWanted() const
{
    return m_started && (m_run.port || m_parts.settings.value(keys::kLocalApiEnabled));
}

quint16 LocalApiService::port() const
{
    if (m_server && m_server->port() != 0)
        return m_server->port();
    return m_run.port.value_or(static_cast<quint16>(m_parts.settings.value(keys::kLocalApiPort)));
}

void LocalApiService::apply()
{
    const quint16 wanted = m_run.port.value_or(static_cast<quint16>(m_parts.settings.value(keys::kLocalApiPort)));
    if (isWanted() && m_state == LocalApiState::Listening && m_wantedPort == wanted) {
        emit changed();
        return;
    }
    m_starting.reset();
    m_retry.stop();
    stop();
    if (!isWanted()) {
        setState(LocalApiState::Off);
        return;
    }
    m_wantedPort = wanted;
    setState(LocalApiState::Starting);
    m_starting.reset(token())->onFinished(this, [this](const Result<QString> &token) {
        if (token)
            listen(*token);
        else
            setState(LocalApiState::Failed, token.error());
    });
}

void LocalApiService::listen(const QString &token)
{
    m_gate.setToken(token.toLatin1());
    m_gate.setPort(m_wantedPort);
    m_desk.open(m_orders);
    m_server = std::make_unique<HttpServer>(m_door, limits());
    const Result<quint16> port = m_server->listen(QHostAddress(QHostAddress::LocalHost), m_wantedPort);
    if (!port) {
        stop();
        m_retry.start(std::exchange(m_retryIn, std::min(2 * m_retryIn, kLongestRetry)));
        setState(LocalApiState::Failed, port.error());
        return;
    }
    m_retryIn = kFirstRetry;
    m_gate.setPort(*port);
    setState(LocalApiState::Listening);
}

void LocalApiService::stop()
{
    m_desk.close();
    m_server.reset();
}

void LocalApiService::setState(LocalApiState state, const std::optional<Error> &problem)
{
    m_state = state;
    m_problem = problem;
    if (problem)
        qCWarning(lcHttp).noquote() << "The local API does not listen:" << problem->toLogString();
    else if (state == LocalApiState::Listening)
        qCInfo(lcHttp) << "The local API listens on port" << port();
    emit changed();
}

QString LocalApiService::sentence() const
{
    switch (m_state) {
    case LocalApiState::Off: return tr("The local API is off.");
    case LocalApiState::Starting: return tr("The keychain is being asked for the token.");
    case LocalApiState::Listening:
        return isForThisRun() ? tr("Listens on 127.0.0.1:%1, for this run (--local-api-port).").arg(port()) : tr("Listens on 127.0.0.1:%1.").arg(port());
    case LocalApiState::Failed: break;
    }
    const QString reason = m_problem ? m_problem->message : QString();
    const QString sentence = tr("The local API could not be started. %1").arg(reason).trimmed();
    return m_retry.isActive() ? tr("%1 It is tried again by itself.").arg(sentence) : sentence;
}

QString LocalApiService::curlExample() const
{
    return QStringLiteral("curl -H \"Authorization: Bearer $LOCAL_API_TOKEN\" http://127.0.0.1:%1/api/instances").arg(port());
}

bool LocalApiService::isTokenSessionOnly() const
{
    return !isTokenFromEnvironment() && m_secrets.isSessionOnly(kSecretName);
}

Call<QString> *LocalApiService::token()
{
    if (isTokenFromEnvironment()) {
        if (!ApiGate::isToken(m_run.token))
            return Call<QString>::settledWith(Error::make(ErrorKind::Validation,
                                                          tr("LOCAL_API_TOKEN must have %1 to %2 characters of A-Z, a-z, 0-9 and -._~+/.")
                                                              .arg(ApiGate::kShortestToken)
                                                              .arg(ApiGate::kLongestToken)),
                                              this);
        return Call<QString>::settledWith(m_run.token, this);
    }
    if (!m_token.isEmpty())
        return Call<QString>::settledWith(m_token, this);
    auto *call = Call<QString>::create(this);
    m_waiting.emplace_back(call);
    if (m_waiting.size() > 1)
        return call;
    m_secrets.read(kSecretName)->onFinished(this, [this](const Result<std::optional<QString>> &read) {
        if (!m_token.isEmpty()) { // set by hand meanwhile
            endWaiting(m_token);
        } else if (!read && m_secrets.state() != KeychainState::Unavailable) {
            endWaiting(read.error()); // locked, say: what is kept there is not to be replaced
        } else if (read && *read && ApiGate::isToken(**read)) {
            m_token = **read;
            registerSecret(m_token);
            endWaiting(m_token);
        } else if (m_keeping == 0) { // otherwise one that was set by hand is on its way, and ends the waiting
            keep(WebhookConfig::generateToken(), {});
        }
    });
    return call;
}

void LocalApiService::endWaiting(const Result<QString> &token)
{
    for (const QPointer<Call<QString>> &call : std::exchange(m_waiting, {})) {
        if (call)
            call->resolve(token);
    }
}

Call<Done> *LocalApiService::setToken(const QString &token)
{
    if (isTokenFromEnvironment())
        return Call<Done>::settledWith(Error::make(ErrorKind::Validation, tr("The token of this run comes from LOCAL_API_TOKEN.")), this);
    if (!ApiGate::isToken(token)) {
        const QString sentence = tr("A token has %1 to %2 characters of A-Z, a-z, 0-9 and -._~+/.").arg(ApiGate::kShortestToken).arg(ApiGate::kLongestToken);
        return Call<Done>::settledWith(Error::make(ErrorKind::Validation, sentence), this);
    }
    auto *call = Call<Done>::create(this);
    keep(token, [guard = QPointer(call)](const Result<Done> &kept) {
        if (guard)
            guard->resolve(kept);
    });
    return call;
}

Call<Done> *LocalApiService::renewToken()
{
    return setToken(WebhookConfig::generateToken());
}

void LocalApiService::keep(const QString &token, std::function<void(const Result<Done> &)> kept)
{
    registerSecret(token);
    ++m_keeping;
    m_secrets.write(kSecretName, token)->onFinished(this, [this, token, kept = std::move(kept)](const Result<Done> &written) {
        --m_keeping;
        if (written) {
            m_token = token;
            if (m_state == LocalApiState::Listening)
                m_gate.setToken(token.toLatin1());
        }
        if (m_keeping == 0)
            endWaiting(written ? Result<QString>(m_token) : Result<QString>(written.error()));
        if (kept)
            kept(written);
        emit changed();
    });
}

} // namespace novita
