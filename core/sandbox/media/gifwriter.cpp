// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/gifwriter.h"

#include <QHash>

#include <algorithm>

namespace novita {

namespace {

constexpr int kColourBits = 8;
constexpr int kClear = 1 << kColourBits;
constexpr int kEnd = kClear + 1;
constexpr int kMostCodes = 4096;
constexpr qsizetype kBlockBytes = 255;

void put16(QByteArray &out, int value)
{
    out.append(char(value & 0xff)).append(char((value >> 8) & 0xff));
}

/// LZW codes of growing width, packed from the lowest bit up.
class CodeStream
{
public:
    void put(int code, int width)
    {
        m_bits |= quint32(code) << m_count;
        for (m_count += width; m_count >= 8; m_count -= 8, m_bits >>= 8)
            m_bytes.append(char(m_bits & 0xff));
    }
    QByteArray finish()
    {
        if (m_count > 0)
            m_bytes.append(char(m_bits & 0xff));
        return m_bytes;
    }

private:
    QByteArray m_bytes;
    quint32 m_bits = 0;
    int m_count = 0;
};

QByteArray compressed(const QByteArray &pixels)
{
    CodeStream stream;
    QHash<int, int> codes; // (prefix, colour) → code
    int next = kEnd + 1;
    int width = kColourBits + 1;
    stream.put(kClear, width);
    int prefix = -1;
    for (const char pixel : pixels) {
        const int colour = uchar(pixel);
        if (prefix < 0) {
            prefix = colour;
            continue;
        }
        const int key = prefix << 8 | colour;
        if (const auto known = codes.constFind(key); known != codes.constEnd()) {
            prefix = *known;
            continue;
        }
        stream.put(prefix, width);
        if (next < kMostCodes) {
            if (next == 1 << width)
                ++width;
            codes.insert(key, next++);
        } else {
            stream.put(kClear, width);
            codes.clear();
            next = kEnd + 1;
            width = kColourBits + 1;
        }
        prefix = colour;
    }
    if (prefix >= 0)
        stream.put(prefix, width);
    stream.put(kEnd, next == 1 << width && width < 12 ? width + 1 : width);
    return stream.finish();
}

QByteArray indexed(const QImage &frame)
{
    QByteArray pixels;
    pixels.reserve(qsizetype(frame.width()) * frame.height());
    const auto level = [](int value) { return (value * 5 + 127) / 255; };
    for (int y = 0; y < frame.height(); ++y) {
        for (int x = 0; x < frame.width(); ++x) {
            const QRgb pixel = frame.pixel(x, y);
            pixels.append(char(level(qRed(pixel)) * 36 + level(qGreen(pixel)) * 6 + level(qBlue(pixel))));
        }
    }
    return pixels;
}

} // namespace

QByteArray gifOf(const QList<QImage> &frames, int framesPerSecond)
{
    const QSize size = frames.first().size();
    QByteArray out("GIF89a");
    put16(out, size.width());
    put16(out, size.height());
    out.append(char(0xf7)).append(char(0)).append(char(0)); // a palette of 256 for all frames
    for (int i = 0; i < 256; ++i) {
        const int colour = std::min(i, 215);
        out.append(char(colour / 36 * 51)).append(char(colour / 6 % 6 * 51)).append(char(colour % 6 * 51));
    }
    out += QByteArray("\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00", 19);
    for (const QImage &frame : frames) {
        out += QByteArray("\x21\xf9\x04\x00", 4);
        put16(out, std::max(2, 100 / framesPerSecond));
        out += QByteArray("\x00\x00\x2c", 3);
        put16(out, 0);
        put16(out, 0);
        put16(out, size.width());
        put16(out, size.height());
        out.append(char(0)).append(char(kColourBits));
        const QByteArray codes = compressed(indexed(frame));
        for (qsizetype at = 0; at < codes.size(); at += kBlockBytes) {
            const QByteArray block = codes.mid(at, kBlockBytes);
            out.append(char(block.size())).append(block);
        }
        out.append(char(0));
    }
    return out.append(';');
}

} // namespace novita
