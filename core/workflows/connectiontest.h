// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/resources.h"
#include "core/net/apiclient.h"
#include "core/net/apiclientconfig.h"

#include <QNetworkAccessManager>
#include <QObject>

namespace novita {

/// What the connection test found.
struct ConnectionReport
{
    Balance balance;  ///< empty when the server knows no balance
    int clusters = 0;
};

/// Tries a key against an API root with two cheap reads, on a client of its own: the session's breaker, limiter and cache
/// see nothing of it. Deletes itself once it has answered.
class ConnectionTest final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionTest)

public:
    /// Runs the test. The call belongs to `parent`; canceling it ends the test. Errors are sentences for a person.
    static Call<ConnectionReport> *run(const ApiClientConfig &config, const QString &key, const Clock &clock, QObject *parent);

private:
    ConnectionTest(const ApiClientConfig &config, const QString &key, const Clock &clock, QObject *parent);
    void begin(Call<ConnectionReport> *call);
    void decide(Call<ConnectionReport> &call) const;

    QNetworkAccessManager m_network; ///< before the client, which must not outlive it
    ApiClient m_client;
    std::optional<Result<Balance>> m_balance;
    std::optional<Result<RowList<Cluster>>> m_clusters;
};

} // namespace novita
