// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/sandboxserver.h"
#include "sandboxclient.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <memory>

namespace novita {

using L = QLatin1String;

inline QJsonObject object(const char *json)
{
    QJsonParseError error;
    const QJsonObject parsed = QJsonDocument::fromJson(json, &error).object();
    Q_ASSERT(error.error == QJsonParseError::NoError);
    return parsed;
}

inline QJsonObject withId(const QString &id, QJsonObject body = {})
{
    body.insert(QStringLiteral("instanceId"), id);
    return body;
}

inline const char *const kGpuBody = R"({"name":"trainer-a","productId":"4090.16c62g","gpuNum":1,"rootfsSize":60,"imageUrl":"docker.io/library/ubuntu:22.04",
    "ports":"8080/http,5432/tcp","envs":[{"key":"HF_HOME","value":"/data"}],"tools":[{"name":"Jupyter","port":"8888","type":"http"}],
    "clusterId":"us-ca-6","kind":"gpu","billingMode":"spot"})";

/// A simulated cloud with 25 instances and a client of it. To be derived from.
class SandboxBench
{
protected:
    void begin()
    {
        m_server = std::make_unique<SandboxServer>(SandboxOptions{.seed = 1, .instances = 25});
        QVERIFY(m_server->start().ok());
        m_client = std::make_unique<SandboxClient>(m_server->apiRoot());
    }
    void end()
    {
        m_client.reset();
        m_server.reset();
    }

    QString create(const QJsonObject &body = object(kGpuBody))
    {
        const SandboxAnswer answer = m_client->post(QStringLiteral("v1/gpu/instance/create"), body);
        return answer.json().value(L("id")).toString();
    }
    QString createRunning(const QJsonObject &body = object(kGpuBody))
    {
        const QString id = create(body);
        m_server->advance(Seconds(120));
        return m_server->instanceStatus(id) == L("running") ? id : QString();
    }
    QJsonObject detail(const QString &id) { return m_client->get(QStringLiteral("v1/gpu/instance?instanceId=") + id).json(); }
    SandboxAnswer command(const char *verb, const QJsonObject &body) { return m_client->post(QStringLiteral("v1/gpu/instance/") + L(verb), body); }

    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;
};

} // namespace novita
