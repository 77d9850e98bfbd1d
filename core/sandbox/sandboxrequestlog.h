// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace novita {

/// One request as the simulated cloud saw it. Secrets are blotted out before it gets here.
struct SandboxRequest
{
    qint64 number = 0;      ///< counts from 1 since the start
    TimePoint time;         ///< world time of arrival
    QString method;
    QString path;
    QString query;          ///< decoded "a=1&b=2"
    QJsonValue body;        ///< redacted JSON; undefined when there was none; a text of what it was when it was no JSON
    QString authorization;  ///< "bearer", "bare", "missing" or "rejected"; never the key
    QString userAgent;
    QString correlationId;  ///< X-Correlation-ID
    QString operation;      ///< operationId of the contract ("createInstance"); empty for an unknown path
    QStringList violations; ///< where the request departs from the contract, also where the cloud forgives it
    QString fault;          ///< kind of the fault that was played, or empty
    int status = 0;         ///< as sent; 0 when no answer left

    QJsonObject toJson() const;
};

/// Bounded memory of requests. Not thread-safe.
class SandboxRequestLog
{
public:
    explicit SandboxRequestLog(qsizetype capacity = 5000) : m_capacity(capacity) {}

    void append(SandboxRequest request); ///< numbers it; drops the oldest beyond the capacity
    void clear();
    const QList<SandboxRequest> &requests() const { return m_requests; }
    QStringList violations() const; ///< "operation: violation", in order, of all that are kept
    QJsonArray toJson() const;

private:
    qsizetype m_capacity;
    qint64 m_lastNumber = 0;
    QList<SandboxRequest> m_requests;
};

} // namespace novita
