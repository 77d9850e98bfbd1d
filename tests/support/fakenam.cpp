// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakenam.h"

#include <QTimer>

#include <algorithm>
#include <cstring>

namespace novita {

namespace {

QByteArray verbOf(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::GetOperation: return "GET";
    case QNetworkAccessManager::PostOperation: return "POST";
    case QNetworkAccessManager::PutOperation: return "PUT";
    case QNetworkAccessManager::DeleteOperation: return "DELETE";
    default: return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    }
}

QNetworkReply::NetworkError errorForStatus(int status)
{
    if (status < 400)
        return QNetworkReply::NoError;
    switch (status) {
    case 401: return QNetworkReply::AuthenticationRequiredError;
    case 403: return QNetworkReply::ContentAccessDenied;
    case 404: return QNetworkReply::ContentNotFoundError;
    case 500: return QNetworkReply::InternalServerError;
    case 503: return QNetworkReply::ServiceUnavailableError;
    default: return status >= 500 ? QNetworkReply::UnknownServerError : QNetworkReply::UnknownContentError;
    }
}

} // namespace

FakeAnswer FakeAnswer::payload(const QByteArray &body, int status)
{
    FakeAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

FakeAnswer FakeAnswer::transportError(QNetworkReply::NetworkError error)
{
    FakeAnswer answer;
    answer.status = 0;
    answer.error = error;
    return answer;
}

FakeAnswer FakeAnswer::hanging()
{
    FakeAnswer answer;
    answer.hangs = true;
    return answer;
}

FakeAnswer FakeAnswer::delayed(const QByteArray &body, std::chrono::milliseconds delay)
{
    FakeAnswer answer = payload(body);
    answer.delay = delay;
    return answer;
}

FakeAnswer FakeAnswer::withHeader(const QByteArray &name, const QByteArray &value) const
{
    FakeAnswer answer = *this;
    answer.headers.append({name, value});
    return answer;
}

FakeReply::FakeReply(const FakeRequest &request, const FakeAnswer &answer, QObject *parent) : QNetworkReply(parent)
{
    setRequest(request.request);
    setUrl(request.request.url());
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!answer.hangs)
        this->answer(answer);
}

void FakeReply::answer(const FakeAnswer &answer)
{
    m_answer = answer;
    QTimer::singleShot(answer.delay, this, &FakeReply::complete);
}

void FakeReply::complete()
{
    if (isFinished())
        return;
    for (const RawHeaderPair &header : std::as_const(m_answer.headers))
        setRawHeader(header.first, header.second);
    if (m_answer.status > 0)
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
    const NetworkError code = m_answer.error != NoError ? m_answer.error : errorForStatus(m_answer.status);
    if (code != NoError)
        setError(code, QStringLiteral("scripted error"));
    emit metaDataChanged();
    if (!m_answer.body.isEmpty())
        emit readyRead();
    if (isFinished())
        return;
    setFinished(true);
    emit finished();
}

void FakeReply::abort()
{
    if (isFinished())
        return;
    if (m_onAbort)
        m_onAbort();
    setError(OperationCanceledError, QStringLiteral("aborted"));
    setFinished(true);
    emit finished();
}

qint64 FakeReply::bytesAvailable() const
{
    return m_answer.body.size() - m_position + QIODevice::bytesAvailable();
}

qint64 FakeReply::readData(char *target, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_answer.body.size() - m_position);
    if (size <= 0)
        return -1;
    std::memcpy(target, m_answer.body.constData() + m_position, static_cast<size_t>(size));
    m_position += size;
    return size;
}

QNetworkReply *FakeNam::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body)
{
    FakeRequest record;
    record.verb = verbOf(operation, request);
    record.request = request;
    if (body) {
        record.bodyIsSequential = body->isSequential();
        record.body = body->readAll();
    }
    FakeAnswer answer = FakeAnswer::payload("{}");
    if (!m_script.empty()) {
        answer = m_script.front();
        m_script.pop_front();
    } else if (m_responder) {
        answer = m_responder(record);
    }
    m_requests.push_back(record);
    auto *reply = new FakeReply(record, answer, this);
    reply->setAbortListener([self = QPointer<FakeNam>(this)] {
        if (self)
            ++self->m_aborted;
    });
    m_replies.emplace_back(reply);
    return reply;
}

} // namespace novita
