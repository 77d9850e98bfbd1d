// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpserver.h"
#include "core/sandbox/media/sandboxmedia.h"
#include "core/sandbox/sandboxendpoints.h"
#include "core/sandbox/sandboxfaults.h"
#include "core/sandbox/sandboxrequestlog.h"
#include "core/sandbox/sandboxroutes.h"
#include "core/sandbox/sandboxserver.h"
#include "core/sandbox/sandboxworld.h"

#include <QObject>
#include <QTimer>

#include <mutex>

namespace novita {

/// Turns requests into operations of the world: key check, faults, dispatch, request log, log streams, control surface.
/// Lives in the server's thread. Everything between a lock of `mutex` and its release may be used from other threads too.
class SandboxService final : public QObject, public HttpHandler
{
    Q_OBJECT

public:
    SandboxService(const SandboxOptions &options, const Clock &clock);
    Q_DISABLE_COPY_MOVE(SandboxService)

    qint64 bodyLimit(const HttpRequest &head, const HttpLimits &limits) const override;
    void handle(const HttpRequest &request, HttpResponder responder) override;
    void run(const QString &origin); ///< in the server's thread, once the port is known: timers begin
    void halt();                     ///< in the server's thread: ends streams and timers

    Result<Done> setFaults(const QList<SandboxFault> &faults, bool replace); ///< mutex held
    void clearFaults();                                                      ///< mutex held

    mutable std::mutex mutex;
    SandboxWorld world;
    SandboxFaults faults;
    SandboxRequestLog log;
    SandboxMedia media;

private:
    struct LogStream
    {
        HttpResponder responder;
        QString instanceId;
        bool system = false;
        qint64 line = 0;
    };

    /// An answer, now or (with `defer`) later.
    struct Outcome
    {
        HttpResponse response;
        std::function<void(const DeferredAnswer &)> defer = {};
        QList<SandboxFault> faults = {};
    };

    Outcome answer(const HttpRequest &request, SandboxRequest &entry);
    Outcome perform(const HttpRequest &request, SandboxRequest &entry, const ApiOperation &operation, const QList<SandboxFault> &met);
    HttpResponse noOperation(SandboxRequest &entry, const QList<const ApiOperation *> &samePath) const;
    HttpResponse control(const HttpRequest &request);
    HttpResponse controlFaults(const HttpRequest &request);
    HttpResponse controlUtilisation(const HttpRequest &request);
    bool acceptsKey(const QByteArray &authorization, QString *form) const;
    void tickMedia();
    void wakeMedia(); ///< lets its timer run while it has something to do
    void answerWebUi(const HttpRequest &request, const HttpResponder &responder);
    void applyStandingFaults(); ///< those that hold as long as they are there
    HttpResponse controlEndpoints(const HttpRequest &request);
    void openLogStream(const HttpRequest &request, const HttpResponder &responder);
    QByteArray logLine(const LogStream &stream) const;
    void tick();

    const SandboxOptions m_options;
    const QList<ApiOperation> m_operations;
    QString m_origin;
    QTimer m_timer;
    QTimer m_mediaTimer; ///< runs while an answer is under way
    TimePoint m_lastActivity;
    QList<LogStream> m_streams;
    SandboxEndpoints m_endpoints;
};

} // namespace novita
