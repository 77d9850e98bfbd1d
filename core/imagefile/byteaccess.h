// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtEndian>

namespace novita {

// Numbers inside a file's bytes. The caller has checked that they are there.

inline quint32 bigEndian32(QByteArrayView bytes, qsizetype at)
{
    Q_ASSERT(at >= 0 && at + 4 <= bytes.size());
    return qFromBigEndian<quint32>(bytes.data() + at);
}

inline quint16 bigEndian16(QByteArrayView bytes, qsizetype at)
{
    Q_ASSERT(at >= 0 && at + 2 <= bytes.size());
    return qFromBigEndian<quint16>(bytes.data() + at);
}

inline quint32 littleEndian32(QByteArrayView bytes, qsizetype at)
{
    Q_ASSERT(at >= 0 && at + 4 <= bytes.size());
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

inline quint16 littleEndian16(QByteArrayView bytes, qsizetype at)
{
    Q_ASSERT(at >= 0 && at + 2 <= bytes.size());
    return qFromLittleEndian<quint16>(bytes.data() + at);
}

inline quint8 byteAt(QByteArrayView bytes, qsizetype at)
{
    Q_ASSERT(at >= 0 && at < bytes.size());
    return static_cast<quint8>(bytes[at]);
}

inline QByteArray asBigEndian32(quint32 value)
{
    QByteArray out(4, Qt::Uninitialized);
    qToBigEndian(value, out.data());
    return out;
}

inline QByteArray asLittleEndian32(quint32 value)
{
    QByteArray out(4, Qt::Uninitialized);
    qToLittleEndian(value, out.data());
    return out;
}

} // namespace novita
