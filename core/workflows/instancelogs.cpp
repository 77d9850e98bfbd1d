// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/instancelogs.h"

#include <utility>

namespace novita {

LogFeed::LogFeed(std::unique_ptr<LogStream> stream, const QUrl &address, QObject *parent)
    : QObject(parent), m_stream(std::move(stream)), m_address(address)
{
    connect(m_stream.get(), &LogStream::received, this, [this](const QByteArray &bytes) {
        // The cloud may tell all of it once more, or only what is new: nobody has written down which.
        if (m_stream->connections() > m_marked) {
            m_marked = m_stream->connections();
            if (!m_text.isEmpty())
                m_text.addMark(tr("— connected again; lines from before may come again —"));
        }
        m_text.feed(bytes, m_stream->isEventStream());
        emit grown();
    });
    connect(m_stream.get(), &LogStream::stateChanged, this, [this] {
        if (m_stream->state() == LogStream::State::Waiting || m_stream->state() == LogStream::State::Ended) {
            m_text.endPiece();
            emit grown();
        }
        emit stateChanged();
    });
    m_stream->open(address);
}

void LogFeed::clear()
{
    m_text.clear();
    emit grown();
}

InstanceLogs::InstanceLogs(const Clock &clock, std::function<double()> random) : m_clock(clock), m_random(std::move(random))
{
    m_network.setAutoDeleteReplies(false);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

std::unique_ptr<LogFeed> InstanceLogs::open(const QUrl &address)
{
    return std::make_unique<LogFeed>(std::make_unique<LogStream>(m_network, m_reach, m_clock, m_random), address);
}

} // namespace novita
