// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"
#include "tests/support/fakenam.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <map>

namespace novita {

/// Just enough of a cloud behind a FakeNam for tests of one workflow: instances in a map, and an answer for each request.
class FakeCloud
{
public:
    FakeNam nam;
    std::map<QString, QJsonObject> instances; ///< by id
    /// Answers in place of the cloud when it returns one; runs before the request takes effect.
    std::function<std::optional<FakeAnswer>(const QString &path, const FakeRequest &request)> intercept;
    /// As `intercept`, but the request has taken effect.
    std::function<std::optional<FakeAnswer>(const QString &path, const FakeRequest &request)> loseReply;

    FakeCloud()
    {
        nam.setResponder([this](const FakeRequest &request) { return answer(request); });
    }

    void put(const QString &id, const QString &status, const QString &name = {}, const QString &billing = QStringLiteral("onDemand"))
    {
        instances[id] = QJsonObject{{QStringLiteral("id"), id},
                                    {QStringLiteral("name"), name.isEmpty() ? QStringLiteral("n-") + id : name},
                                    {QStringLiteral("status"), status},
                                    {QStringLiteral("billingMode"), billing},
                                    {QStringLiteral("productId"), QStringLiteral("4090")},
                                    {QStringLiteral("kind"), QStringLiteral("gpu")},
                                    {QStringLiteral("gpuNum"), QStringLiteral("1")}};
    }
    void setStatus(const QString &id, const QString &status) { instances[id].insert(QStringLiteral("status"), status); }

    int count(const QString &pathEnd) const
    {
        int found = 0;
        for (const FakeRequest &request : nam.requests())
            found += request.path().endsWith(pathEnd);
        return found;
    }

private:
    static FakeAnswer json(const QJsonObject &object) { return FakeAnswer::payload(QJsonDocument(object).toJson(QJsonDocument::Compact)); }

    FakeAnswer answer(const FakeRequest &request)
    {
        const QString path = request.path().section(QStringLiteral("/v1/"), 1);
        if (intercept) {
            if (const auto other = intercept(path, request))
                return *other;
        }
        const FakeAnswer regular = serve(path, request);
        if (loseReply) {
            if (const auto other = loseReply(path, request))
                return *other;
        }
        return regular;
    }

    FakeAnswer serve(const QString &path, const FakeRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        const QString id = body.value(QStringLiteral("instanceId")).toString();
        if (path == QLatin1String("gpu/instances"))
            return list();
        if (path == QLatin1String("gpu/instance")) {
            const QString wanted = request.request.url().query().section(QStringLiteral("instanceId="), 1).section(QLatin1Char('&'), 0, 0);
            return instances.contains(wanted) ? json(instances.at(wanted)) : missing();
        }
        if (path == QLatin1String("gpu/instance/create")) {
            const QString made = QStringLiteral("new%1").arg(++m_made);
            put(made, QStringLiteral("toCreate"), body.value(QStringLiteral("name")).toString());
            instances[made].insert(QStringLiteral("productId"), body.value(QStringLiteral("productId")));
            return json({{QStringLiteral("id"), made}});
        }
        static const QHash<QString, QString> next{{QStringLiteral("gpu/instance/start"), QStringLiteral("toStart")},
                                                  {QStringLiteral("gpu/instance/stop"), QStringLiteral("toStop")},
                                                  {QStringLiteral("gpu/instance/restart"), QStringLiteral("toRestart")},
                                                  {QStringLiteral("gpu/instance/delete"), QStringLiteral("toRemove")}};
        if (next.contains(path)) {
            if (!instances.contains(id))
                return missing();
            setStatus(id, next.value(path));
            return FakeAnswer::payload("{}");
        }
        return FakeAnswer::payload(R"({"data":[],"total":0})");
    }

    FakeAnswer list() const
    {
        QJsonArray rows;
        for (const auto &[id, row] : instances)
            rows.append(row);
        return json({{QStringLiteral("instances"), rows}, {QStringLiteral("total"), rows.size()}});
    }
    static FakeAnswer missing() { return FakeAnswer::payload(R"({"code":404,"reason":"RESOURCE_NOT_FOUND","message":"instance not found"})", 404); }

    int m_made = 0;
};

} // namespace novita
