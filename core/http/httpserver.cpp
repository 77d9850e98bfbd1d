// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpserver.h"

#include "core/base/logging.h"
#include "core/http/acceptor.h"
#include "core/http/httpmessage.h"
#include "core/http/tlsfiles.h"

#include <QCoreApplication>
#include <QThread>

namespace novita {

std::optional<HttpResponse> HttpHandler::screen(const HttpRequest &)
{
    return std::nullopt;
}

HttpResponse HttpHandler::refusal(int status, const QByteArray &reason) const
{
    return HttpResponse::text(status, reason + '\n');
}

void HttpHandler::bodyRefused(const HttpRequest &, int) {}

qint64 HttpHandler::bodyLimit(const HttpRequest &, const HttpLimits &limits) const
{
    return limits.bodyBytes;
}

struct HttpServer::Private
{
    HttpHandler &handler;
    HttpLimits limits;
    Threading threading;
    HttpCounters counters;
    std::unique_ptr<QThread> thread;
    Acceptor *acceptor = nullptr; ///< with Threading::Own it lives in, and dies with, the thread
    quint16 port = 0;
};

HttpServer::HttpServer(HttpHandler &handler, HttpLimits limits, Threading threading)
    : d(new Private{handler, limits, threading, {}, {}, nullptr, 0})
{
}

HttpServer::~HttpServer()
{
    stop();
}

Result<quint16> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    return start(address, port, {});
}

Result<quint16> HttpServer::listen(const QHostAddress &address, quint16 port, const TlsFiles &tls)
{
    const Result<QSslConfiguration> configuration = loadTls(tls);
    if (!configuration.ok())
        return configuration.error();
    return start(address, port, *configuration);
}

Result<quint16> HttpServer::start(const QHostAddress &address, quint16 port, const std::optional<QSslConfiguration> &tls)
{
    if (d->acceptor)
        return Error::make(ErrorKind::Network, QCoreApplication::translate("HttpServer", "The server is listening already, on port %1").arg(d->port));
    auto *acceptor = new Acceptor(d->handler, d->limits, d->counters, tls);
    QString problem;
    const auto bind = [&] {
        if (!acceptor->listen(address, port))
            problem = acceptor->errorString();
    };
    if (d->threading == Threading::Own) {
        d->thread = std::make_unique<QThread>();
        d->thread->setObjectName(QStringLiteral("http"));
        acceptor->moveToThread(d->thread.get());
        QObject::connect(d->thread.get(), &QThread::finished, acceptor, &QObject::deleteLater);
        QObject::connect(acceptor, &Acceptor::drained, d->thread.get(), &QThread::quit, Qt::DirectConnection);
        d->thread->start();
        QMetaObject::invokeMethod(acceptor, bind, Qt::BlockingQueuedConnection);
    } else {
        bind();
    }
    d->acceptor = acceptor;
    if (!problem.isEmpty()) {
        stop();
        return Error::make(ErrorKind::Network,
                           QCoreApplication::translate("HttpServer", "Cannot listen on %1, port %2: %3").arg(address.toString()).arg(port).arg(problem));
    }
    d->port = acceptor->serverPort();
    qCDebug(lcHttp) << "listening on" << address.toString() << d->port;
    return d->port;
}

void HttpServer::stop()
{
    if (!d->acceptor)
        return;
    if (d->thread) {
        QMetaObject::invokeMethod(d->acceptor, &Acceptor::drain, Qt::QueuedConnection);
        d->thread->wait();
        d->thread.reset();
    } else {
        delete d->acceptor;
    }
    d->acceptor = nullptr;
    d->port = 0;
}

bool HttpServer::isListening() const
{
    return d->port != 0;
}

quint16 HttpServer::port() const
{
    return d->port;
}

HttpServerStats HttpServer::stats() const
{
    return {d->counters.accepted, d->counters.open, d->counters.requests, d->counters.refused, d->counters.evicted,
            d->counters.tlsFailed};
}

} // namespace novita
