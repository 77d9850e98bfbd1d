// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>
#include <QByteArray>
#include <QFile>
#include <QImage>
#include <QString>
#include <QtEndian>
#include <QTest>

#include <array>

/// One of the pictures that tests/data/imagefile/make_samples.py made.
inline QByteArray sample(const QString &name)
{
    QFile file(QStringLiteral(NOVITA_TEST_DATA "/imagefile/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A picture of some colours in the format of this name of QImageWriter.
inline QByteArray painted(const char *format, QSize size = QSize(32, 24), int quality = 90)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgb(x * 7 % 256, y * 11 % 256, (x + y) * 3 % 256));
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return buffer.data();
}

/// CRC-32 by a table of its own, so that the code under test is not checked by itself.
inline quint32 slowCrc(const QByteArray &bytes)
{
    static const std::array<quint32, 256> table = [] {
        std::array<quint32, 256> out{};
        for (quint32 i = 0; i < out.size(); ++i) {
            out[i] = i;
            for (int bit = 0; bit < 8; ++bit)
                out[i] = (out[i] >> 1) ^ ((out[i] & 1) != 0 ? 0xedb88320 : 0);
        }
        return out;
    }();
    quint32 crc = 0xffffffff;
    for (const char c : bytes)
        crc = (crc >> 8) ^ table[(crc ^ static_cast<quint8>(c)) & 0xff];
    return ~crc;
}

inline QByteArray bigEndian(quint32 value)
{
    QByteArray out(4, '\0');
    qToBigEndian(value, out.data());
    return out;
}

inline QByteArray pngChunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian(quint32(data.size())) + type + data + bigEndian(slowCrc(type + data));
}

inline constexpr qsizetype kAfterPngHeader = 8 + 12 + 13;

/// A PNG of 16 × 16 pixels with these chunks behind its header.
inline QByteArray pngWith(const QByteArray &chunks)
{
    return sample(QStringLiteral("plain.png")).insert(kAfterPngHeader, chunks);
}

/// A PNG that claims to have this size.
inline QByteArray pngClaiming(quint32 width, quint32 height, char depth = 8)
{
    const QByteArray plain = sample(QStringLiteral("plain.png"));
    const QByteArray header = bigEndian(width) + bigEndian(height) + QByteArray(1, depth) + QByteArray("\2\0\0\0", 4);
    return plain.first(8) + pngChunk("IHDR", header) + plain.sliced(kAfterPngHeader);
}
