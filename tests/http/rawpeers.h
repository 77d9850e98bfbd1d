// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace novita {

/// As many file descriptors as the system lets this process have; returns how many that are.
inline rlim_t raiseDescriptorLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

/// Pages of this process in memory, in bytes.
inline qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

/// A blocking socket without any buffer in this process: thousands of them cost nothing that residentBytes() would see.
class Peer
{
public:
    explicit Peer(quint16 port) : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = m_descriptor >= 0 && ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    }
    ~Peer()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Peer(Peer &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)), m_connected(other.m_connected) {}
    Peer &operator=(Peer &&) = delete;

    bool isConnected() const { return m_connected; }
    /// False when the other side does not take it: reset, or nothing taken for two seconds.
    bool send(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const ssize_t sent = isReady(POLLOUT, 2000) ? ::send(m_descriptor, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
            if (sent <= 0)
                return false;
            bytes = bytes.sliced(sent);
        }
        return true;
    }
    bool isReady(short what, int ms) const
    {
        pollfd entry{m_descriptor, what, 0};
        return ::poll(&entry, 1, ms) > 0;
    }
    /// What comes until `count` bytes are there, the end, a reset, or `ms` of silence.
    QByteArray receive(qsizetype count, int ms = 5000)
    {
        QByteArray got;
        char piece[4096];
        while (got.size() < count && isReady(POLLIN, ms)) {
            const ssize_t read = ::recv(m_descriptor, piece, sizeof piece, 0);
            if (read <= 0)
                break;
            got.append(piece, read);
        }
        return got;
    }

private:
    int m_descriptor;
    bool m_connected = false;
};

} // namespace novita
