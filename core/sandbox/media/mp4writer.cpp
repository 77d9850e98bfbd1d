// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/mp4writer.h"

#include <QtEndian>

#include <initializer_list>

namespace novita {

namespace {

constexpr quint32 kTimeScale = 600; // divides by every usual frame rate
constexpr quint32 kUnity = 0x10000;

QByteArray number32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray number16(quint16 value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray numbers(std::initializer_list<quint32> values)
{
    QByteArray bytes;
    for (const quint32 value : values)
        bytes += number32(value);
    return bytes;
}

QByteArray box(const char *type, const QByteArray &content)
{
    return number32(quint32(content.size()) + 8) + QByteArray(type, 4) + content;
}

/// A box that begins with a version, 0, and 24 flags.
QByteArray fullBox(const char *type, quint32 flags, const QByteArray &content)
{
    return box(type, number32(flags) + content);
}

QByteArray identityMatrix()
{
    return numbers({kUnity, 0, 0, 0, kUnity, 0, 0, 0, 0x40000000});
}

/// A descriptor of ISO/IEC 14496-1; all of ours are shorter than 128 bytes.
QByteArray descriptor(quint8 tag, const QByteArray &content)
{
    return QByteArray(1, char(tag)) + QByteArray(1, char(content.size())) + content;
}

QByteArray sampleEntry(const QSize &size)
{
    // Object type 0x6c says JPEG, stream type 4 visual: a video whose decoder every player has.
    const QByteArray config = QByteArray("\x6c\x11\x00\x00\x00", 5) + numbers({0, 0});
    const QByteArray esds = fullBox("esds", 0, descriptor(3, number16(1) + QByteArray(1, '\0') + descriptor(4, config) + descriptor(6, "\x02")));
    const QByteArray entry = QByteArray(6, '\0') + number16(1) + QByteArray(16, '\0') + number16(quint16(size.width())) + number16(quint16(size.height()))
        + numbers({0x480000, 0x480000, 0}) + number16(1) + QByteArray(32, '\0') + number16(24) + number16(0xffff) + esds;
    return box("mp4v", entry);
}

QByteArray sampleTable(const QByteArrayList &jpegs, const QSize &size, quint32 frameTime, quint32 firstOffset)
{
    const auto count = quint32(jpegs.size());
    QByteArray sizes;
    for (const QByteArray &jpeg : jpegs)
        sizes += number32(quint32(jpeg.size()));
    return box("stbl", fullBox("stsd", 0, number32(1) + sampleEntry(size)) + fullBox("stts", 0, numbers({1, count, frameTime}))
                           + fullBox("stsc", 0, numbers({1, 1, count, 1})) + fullBox("stsz", 0, numbers({0, count}) + sizes)
                           + fullBox("stco", 0, numbers({1, firstOffset})));
}

QByteArray movie(const QByteArrayList &jpegs, const QSize &size, quint32 frameTime, quint32 firstOffset)
{
    const quint32 duration = frameTime * quint32(jpegs.size());
    const QByteArray mvhd = fullBox("mvhd", 0, numbers({0, 0, kTimeScale, duration, kUnity}) + number16(0x100) + QByteArray(10, '\0') + identityMatrix()
                                                   + QByteArray(24, '\0') + number32(2));
    const QByteArray tkhd = fullBox("tkhd", 3, numbers({0, 0, 1, 0, duration, 0, 0, 0, 0}) + identityMatrix()
                                                   + numbers({quint32(size.width()) << 16, quint32(size.height()) << 16}));
    const QByteArray mdhd = fullBox("mdhd", 0, numbers({0, 0, kTimeScale, duration}) + number16(0x55c4) + number16(0)); // language: undetermined
    const QByteArray hdlr = fullBox("hdlr", 0, number32(0) + "vide" + QByteArray(12, '\0') + QByteArray("video\0", 6));
    const QByteArray dinf = box("dinf", fullBox("dref", 0, number32(1) + fullBox("url ", 1, {})));
    const QByteArray minf = box("minf", fullBox("vmhd", 1, QByteArray(8, '\0')) + dinf + sampleTable(jpegs, size, frameTime, firstOffset));
    return box("moov", mvhd + box("trak", tkhd + box("mdia", mdhd + hdlr + minf)));
}

} // namespace

QByteArray mp4Of(const QByteArrayList &jpegs, const QSize &size, int framesPerSecond)
{
    const QByteArray head = box("ftyp", "isom" + number32(0x200) + "isomiso2mp41");
    const quint32 frameTime = kTimeScale / quint32(framesPerSecond);
    // The movie box has one length whatever the offset in it: written twice, the second time with the right one.
    const QByteArray first = movie(jpegs, size, frameTime, 0);
    const QByteArray index = movie(jpegs, size, frameTime, quint32(head.size() + first.size()) + 8);
    return head + index + box("mdat", jpegs.join());
}

} // namespace novita
