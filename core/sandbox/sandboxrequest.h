// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/sandbox/sandboxworld.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <optional>

namespace novita {

/// The cloud's error envelope: {"code", "reason", "message", "metadata"}.
HttpResponse apiError(int status, const QString &reason, const QString &message);
/// 400 VALIDATOR_PARAM.
HttpResponse validatorError(const QString &message);
/// 404 RESOURCE_NOT_FOUND, as instances have it; other things answer 400.
HttpResponse instanceNotFound();
/// 400 for a command that does not fit the state.
HttpResponse invalidStateChange();
/// The success that says nothing: {}.
HttpResponse emptyOk();

/// What a handler of the API gets: the world and the request, and where it notes departures from the contract.
struct ApiCall
{
    SandboxWorld &world;
    const HttpRequest &request;
    QJsonObject body;
    QStringList &violations;
    QString origin; ///< "http://127.0.0.1:PORT", for addresses that lead back to this server
};

/// One operation of the contract.
struct ApiOperation
{
    const char *method;
    const char *path;
    const char *operationId;
    std::function<HttpResponse(ApiCall &)> run;
};

/// Reads the members of a JSON request the way the cloud does: unknown members are passed over, numbers may come as decimal
/// text, null is absent. The first thing that is not acceptable makes a refusal; every departure from the contract, forgiven
/// or not, is noted as a violation.
class BodyReader
{
public:
    BodyReader(ApiCall &call, const QJsonObject &object, QString path = {});

    struct Text
    {
        bool required = false;
        int max = 0;          ///< characters; 0: any number
        QStringList oneOf;    ///< empty: anything
    };
    QString text(const QString &key, const Text &rule);
    QString text(const QString &key) { return text(key, {}); }
    qint64 integer(const QString &key, bool required, qint64 min, qint64 max, qint64 fallback = 0);
    bool boolean(const QString &key, bool required = false);
    QJsonArray array(const QString &key, bool required = false, qsizetype maxItems = 0);
    QJsonObject object(const QString &key, bool required = false);
    bool has(const QString &key) const { return !m_object.value(key).isNull() && !m_object.value(key).isUndefined(); }
    /// Members that are known without being read.
    void know(const QString &key) { m_known.append(key); }
    void noteUnknown(); ///< call once all members have been read

    void refuse(const QString &message); ///< VALIDATOR_PARAM; the first one counts
    void absorb(const BodyReader &nested) { if (!m_refusal) m_refusal = nested.m_refusal; }
    bool failed() const { return m_refusal.has_value(); }
    HttpResponse refusal() const { return *m_refusal; }

private:
    QJsonValue take(const QString &key, bool required);
    QString name(const QString &key) const { return m_path + key; }

    ApiCall &m_call;
    QJsonObject m_object;
    QString m_path;
    QStringList m_known;
    std::optional<HttpResponse> m_refusal;
};

/// Reads the query of a GET likewise; unknown names are passed over and noted.
class QueryReader
{
public:
    explicit QueryReader(ApiCall &call) : m_call(call), m_items(call.request.queryItems()) {}

    QString text(const QString &key, const QStringList &oneOf = {}, bool required = false);
    QStringList texts(const QString &key); ///< repeated, or joined by commas
    std::optional<qint64> integer(const QString &key, qint64 min = 0);
    bool boolean(const QString &key); ///< every spelling that Go reads; any but "true" and "false" is noted
    void noteUnknown();

    void refuse(const QString &message);
    bool failed() const { return m_refusal.has_value(); }
    HttpResponse refusal() const { return *m_refusal; }

private:
    ApiCall &m_call;
    QList<std::pair<QString, QString>> m_items;
    QStringList m_known;
    std::optional<HttpResponse> m_refusal;
};

/// A window on a list of `total` rows.
struct PageWindow
{
    qsizetype begin = 0;
    qsizetype end = 0;
    qint64 size = 20;
    qint64 number = 0; ///< as asked for
};
/// Reads `numberKey` and pageSize. `base` is what the first page is called; a smaller number means the first page too.
PageWindow readPage(QueryReader &query, const QString &numberKey, qint64 base, qint64 defaultSize = 20);
/// The rows that `page` has of a list of `total`.
PageWindow windowOn(PageWindow page, qint64 base, qsizetype total);

inline constexpr int kMaxPorts = 15; ///< of one instance, tools included
/// {port, type} parsed from "8080/http, 5432/tcp"; rules of gpu-notes section 8. Refuses through `reader`.
QList<SandboxInstance::Port> parsePortSpec(BodyReader &reader, ApiCall &call, const QString &spec);
/// Range and reserved ports; false after a refusal.
bool checkPort(BodyReader &reader, qint64 port, const QString &type);
/// [{key, value}] with the contract's lengths.
QList<std::pair<QString, QString>> parseEnvs(BodyReader &reader, ApiCall &call, const QJsonArray &envs);
QJsonArray envsJson(const QList<std::pair<QString, QString>> &envs);

} // namespace novita
