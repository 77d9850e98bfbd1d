// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpserver.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <map>

namespace novita {

struct HttpRequest;
struct HttpResponse;

/// A small cloud that keeps to the contract in all that is promised and departs from the simulated cloud in all that is
/// left open: numbers where that one sends strings, empty and 204 answers to actions, instances wrapped into an object,
/// pages that count from 1, null for empty lists, no balance. An instance arrives in its new state after it was read twice.
/// Serves on 127.0.0.1 in the caller's thread.
class DialectCloud final : public HttpHandler
{
public:
    DialectCloud();
    ~DialectCloud() override;

    QUrl apiRoot() const;
    void addInstances(int count, const QString &status);
    QString statusOf(const QString &id) const;
    int size() const { return static_cast<int>(m_instances.size()); }
    /// "POST /gpu-instance/openapi/v1/gpu/instance/create", oldest first.
    const QStringList &requests() const { return m_requests; }

    void handle(const HttpRequest &request, HttpResponder responder) override;

private:
    struct Machine
    {
        QJsonObject row;
        QString status;
        int reads = 0;
    };

    HttpResponse answer(const HttpRequest &request);
    HttpResponse listPage(const HttpRequest &request);
    HttpResponse detail(const QString &id);
    HttpResponse create(const QJsonObject &body);
    HttpResponse act(const QString &verb, const QJsonObject &body);
    HttpResponse products(const HttpRequest &request) const;
    QJsonObject look(Machine &machine);

    HttpServer m_server;
    std::map<QString, Machine> m_instances;
    QStringList m_requests;
    int m_made = 0;
};

} // namespace novita
