// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/http/requestparser.h"

#include <QObject>
#include <QPointer>
#include <QSocketNotifier>
#include <QTcpSocket>
#include <QTimer>

#include <atomic>
#include <memory>

class QSslConfiguration;
class QSslSocket;

namespace novita {

class HttpExchange;
class HttpOutbox;

/// Counters that the connections of a server share; atomic, since stats() reads them from other threads.
struct HttpCounters
{
    std::atomic<qint64> accepted{0}, open{0}, requests{0}, refused{0}, evicted{0}, tlsFailed{0};
};

/// What the connections of a server share. All of it outlives them.
struct HttpService
{
    HttpHandler &handler;
    const HttpLimits &limits;
    HttpCounters &counters;
    const QSslConfiguration *tls; ///< null: plain TCP
    HttpOutbox &outbox;
};

/// One client connection: reads a request, has it answered, reads the next. Internal to core/http; lives in the server's
/// thread. Deletes itself (deleteLater) when the socket is gone.
class HttpConnection final : public QObject
{
    Q_OBJECT

public:
    HttpConnection(qintptr descriptor, const HttpService &service, QObject *parent);
    ~HttpConnection() override;
    Q_DISABLE_COPY_MOVE(HttpConnection)

    /// May it be dropped for the connection cap? True while no request of it waits for its answer.
    bool isUnfinished() const { return m_phase != Phase::Handling && m_phase != Phase::Answering; }
    bool playsFault() const { return m_playsFault; } ///< its answer is late, slow or withheld on purpose
    bool neverFinished() const { return m_served == 0; } ///< has not sent one whole request yet
    void drop();         ///< ends it at once, without a word
    void finishAndClose(); ///< graceful stop: now when idle, otherwise after the answer

    HttpOutbox &outbox() const { return m_outbox; } ///< any thread

    // For HttpExchange, in this thread.
    void sendResponse(HttpResponse response);
    void beginStream(HttpResponse head);
    void writeStream(const QByteArray &piece);
    void finishStream();

private:
    enum class Phase {
        Idle,      ///< between requests, nothing read
        Head,      ///< part of a header read
        Body,
        Handling,  ///< the handler has it
        Answering, ///< a stream or a faulty answer is on its way
        Lingering, ///< we are done; what still comes in is thrown away
    };

    void startTls();
    void process();
    void listen(bool on); ///< to what the client sends, and to its end
    bool step(); ///< one advance of the parser; false when nothing more can be done now
    void enterBody();
    HttpRequest head() const; ///< of the request being read
    bool screened(const HttpRequest &head);
    void dispatch();
    std::shared_ptr<HttpExchange> openExchange(const HttpRequest &request); ///< from here on `request` waits for its answer
    void refuse(HttpRefusal refusal);
    void answered();
    void linger();
    void playFault(const QByteArray &head, const QByteArray &body, ResponseFault fault);
    void dribble(std::shared_ptr<QByteArray> rest, ResponseFault fault);
    void endFault(ResponseFault::End end);
    void put(const QByteArray &data);
    void onDeadline();
    void onBytesWritten();
    qint64 unsent() const; ///< bytes that wait to be taken by the kernel
    void arm(std::chrono::milliseconds deadline) { m_deadline.start(deadline); }

    std::unique_ptr<QTcpSocket> m_socket;
    QSslSocket *m_tls = nullptr; ///< m_socket, when it speaks TLS
    HttpHandler &m_handler;
    const HttpLimits &m_limits;
    HttpCounters &m_counters;
    HttpOutbox &m_outbox;
    RequestParser m_parser;
    QByteArray m_buffer;
    QPointer<QSocketNotifier> m_input; ///< of m_socket; null with TLS
    QTimer m_deadline;
    QTimer m_stall;
    std::weak_ptr<HttpExchange> m_openExchange;
    Phase m_phase = Phase::Idle;
    QByteArray m_acceptEncoding;
    bool m_headRequest = false;
    bool m_keepAlive = true;
    bool m_playsFault = false;
    int m_minorVersion = 1;
    int m_served = 0;
    qint64 m_discarded = 0; ///< bytes thrown away while lingering
    bool m_processing = false;
    bool m_inputMatters = false; ///< lingering with a request that was not read to its end
    bool m_shutdownSent = false;
};

} // namespace novita
