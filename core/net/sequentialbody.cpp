// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/sequentialbody.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace novita {

SequentialBody::SequentialBody(QByteArray data, QObject *parent) : QIODevice(parent), m_data(std::move(data))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 SequentialBody::bytesAvailable() const
{
    return m_data.size() - m_position + QIODevice::bytesAvailable();
}

qint64 SequentialBody::readData(char *target, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_data.size() - m_position);
    if (size <= 0)
        return -1;
    std::memcpy(target, m_data.constData() + m_position, static_cast<size_t>(size));
    m_position += size;
    return size;
}

} // namespace novita
