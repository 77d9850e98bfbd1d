// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "core/sandbox/sandboxrequestlog.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>

#include <memory>
#include <optional>

namespace novita {

/// How a simulated cloud is set up.
struct SandboxOptions
{
    quint64 seed = 1;          ///< same seed, same clock, same requests: same answers, byte for byte
    int instances = 0;         ///< instances that are there from the start, in a mix of states, regions and billing modes; 0-100000
    double timeScale = 1.0;    ///< state changes take 1/timeScale of their realistic time (create → running is about 60 s at 1)
    QStringList keys = {};     ///< accepted API keys; empty: any of 8 characters or more that does not begin with "wrong"
    quint16 port = 0;          ///< on 127.0.0.1; 0 takes a free one
    int maxConnections = 512;
    bool servesEndpoints = false; ///< what runs in instances answers on loopback ports; the addresses then differ from run to run
    bool ambientActivity = false; ///< the instances that were there from the start also change by themselves, for demonstrations
    QStringList retired = {};     ///< ids of endpoints that answer API_NOT_FOUND from the start; "*": all; "dated": those whose last day is over
    QString webUiCredentials = {}; ///< "user:password" that WebUI servers ask for; empty: none
    std::optional<Money> balance = {}; ///< opening balance; unset: enough for three days of what runs, and at least 250 USD
    const Clock *clock = nullptr; ///< must outlive the server and be thread-safe; nullptr: the machine's clock
};

/// The Novita GPU cloud, simulated faithfully enough that a client cannot tell, on 127.0.0.1 and a thread of its own.
///
/// Serves `<apiRoot>/gpu-instance/openapi/v1/…`, `<apiRoot>/openapi/v1/…` and the control surface `<apiRoot>/_sandbox/…`.
/// Every method may be called from any thread, except start(), stop() and the destructor, which belong to the creator's.
class SandboxServer final
{
public:
    explicit SandboxServer(SandboxOptions options = {});
    ~SandboxServer(); ///< stop()s
    Q_DISABLE_COPY_MOVE(SandboxServer)

    /// Builds the world and listens. The port, or ErrorKind::Network when it is taken, ErrorKind::Validation for bad options.
    Result<quint16> start();
    void stop();
    quint16 port() const;   ///< 0 when not started
    QUrl apiRoot() const;   ///< "http://127.0.0.1:PORT", without a slash at the end

    /// Faults in the form of `POST /_sandbox/faults`; see core/sandbox/sandboxfaults.h. Validation error for a malformed one.
    Result<Done> addFault(const QJsonObject &fault);
    Result<Done> setFaults(const QJsonArray &faults); ///< replaces all; on error nothing changes
    void clearFaults();
    QJsonArray faults() const; ///< what is still in force, with the counts that are left

    /// What was received, oldest first; bounded, the oldest go first.
    QList<SandboxRequest> requests() const;
    /// Violations of the API contract by any request since the start or the last clearRequests(): "createInstance: unknown property env".
    QStringList violations() const;
    void clearRequests();

    void advance(Milliseconds by); ///< moves the world's time forward
    TimePoint worldNow() const;

    QStringList instanceIds() const;                      ///< of all that are not removed, newest first
    QString instanceStatus(const QString &id) const;      ///< "running"; empty when unknown or removed
    /// Announces the reclaim of a spot instance (any running one when `id` is empty) as the cloud would; `notice` overrides its hour.
    Result<Done> reclaimSpot(const QString &id = {}, std::optional<Milliseconds> notice = {});

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
