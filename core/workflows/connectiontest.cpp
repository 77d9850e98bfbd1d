// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/connectiontest.h"

#include "core/cloud/services/gpuservices.h"

namespace novita {

namespace {

constexpr Milliseconds kPatience{15000};

/// The same error in words that say what to do about it.
Error explained(Error error, const QUrl &root)
{
    const QString said = error.message;
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        error.message = ConnectionTest::tr("%1 did not accept this API key. Check that it was copied whole; keys are made at novita.ai under Settings, Key management.")
                            .arg(root.host());
        break;
    case ErrorKind::Forbidden: error.message = ConnectionTest::tr("%1 does not let this API key read the account. Use a key with more rights.").arg(root.host()); break;
    case ErrorKind::Network: error.message = ConnectionTest::tr("No connection to %1. Check the network, the address and the proxy.").arg(root.host()); break;
    case ErrorKind::Timeout: error.message = ConnectionTest::tr("%1 did not answer in time.").arg(root.host()); break;
    case ErrorKind::Tls:
        error.message = ConnectionTest::tr("The certificate of %1 was refused, so the connection is not safe. Behind a company proxy, "
                                           "name its CA file in the network settings.").arg(root.host());
        break;
    case ErrorKind::Protocol:
        if (error.fault == ProtocolFault::Redirect) {
            error.message = ConnectionTest::tr("%1 sends requests on to another address, which is not followed. Enter the final "
                                               "address as the API root.").arg(root.host());
            break;
        }
        [[fallthrough]];
    case ErrorKind::NotFound: error.message = ConnectionTest::tr("%1 answers, but not like the Novita API. Check the API root.").arg(root.host()); break;
    case ErrorKind::Server: error.message = ConnectionTest::tr("The server at %1 has an internal failure. Try again later.").arg(root.host()); break;
    case ErrorKind::RateLimited: error.message = ConnectionTest::tr("The server asks for fewer requests. Try again in a minute."); break;
    default: return error;
    }
    if (!said.isEmpty())
        error.detail = error.detail.isEmpty() ? said : said + QLatin1Char('\n') + error.detail;
    return error;
}

} // namespace

ConnectionTest::ConnectionTest(const ApiClientConfig &config, const QString &key, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_client(m_network, clock, [] { return 0.5; })
{
    ApiClientConfig quick = config;
    quick.maxRetries = 0;
    quick.timeout = std::min(quick.timeout, kPatience);
    m_client.setConfig(quick);
    m_client.setKey(key);
}

Call<ConnectionReport> *ConnectionTest::run(const ApiClientConfig &config, const QString &key, const Clock &clock, QObject *parent)
{
    auto *call = Call<ConnectionReport>::create(parent);
    if (key.isEmpty()) {
        call->resolve(Error::make(ErrorKind::Unauthorized, tr("Enter an API key first.")));
        return call;
    }
    auto *test = new ConnectionTest(config, key, clock, parent);
    call->setCanceler([guard = QPointer<ConnectionTest>(test)] {
        if (guard)
            guard->deleteLater();
    });
    test->begin(call);
    return call;
}

void ConnectionTest::begin(Call<ConnectionReport> *call)
{
    const ReadOptions options{RequestPriority::Interactive, true, 0};
    const QPointer<Call<ConnectionReport>> guarded(call);
    const auto step = [this, guarded] {
        if (guarded && m_balance && m_clusters)
            decide(*guarded);
        if (m_balance && m_clusters)
            deleteLater();
    };
    AccountService(m_client).balance(options)->onFinished(this, [this, step](const Result<Balance> &balance) {
        m_balance = balance;
        step();
    });
    ResourceService(m_client).clusters(options)->onFinished(this, [this, step](const Result<RowList<Cluster>> &clusters) {
        m_clusters = clusters;
        step();
    });
}

void ConnectionTest::decide(Call<ConnectionReport> &call) const
{
    // Not every server of this API keeps accounts; what tells a right key from a wrong one is the GPU API.
    const Result<RowList<Cluster>> &clusters = *m_clusters;
    const Result<Balance> &balance = *m_balance;
    const QUrl &root = m_client.config().apiRoot;
    if (!clusters)
        call.resolve(explained(clusters.error(), root));
    else if (!balance && balance.error().kind != ErrorKind::NotFound)
        call.resolve(explained(balance.error(), root));
    else
        call.resolve(ConnectionReport{balance.valueOr({}), static_cast<int>(clusters->size())});
}

} // namespace novita
