// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/pngfile.h"

#include "core/imagefile/byteaccess.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <optional>

#include <zlib.h>

namespace novita {

namespace {

constexpr qsizetype kSignatureBytes = 8;
constexpr qsizetype kChunkOverhead = 12;
constexpr quint32 kMostData = 0x7fffffff; // the standard's own limit
constexpr qsizetype kMostKeyBytes = 79;

quint32 checkSum(QByteArrayView typeAndData)
{
    return static_cast<quint32>(crc32_z(0, reinterpret_cast<const Bytef *>(typeAndData.data()), static_cast<size_t>(typeAndData.size())));
}

bool hasRightCheckSum(const QByteArray &bytes, const PngChunk &chunk)
{
    const QByteArrayView covered = QByteArrayView(bytes).sliced(chunk.offset + 4, chunk.length + 4);
    return checkSum(covered) == bigEndian32(bytes, chunk.end() - 4);
}

QByteArrayView dataOf(const QByteArray &bytes, const PngChunk &chunk)
{
    return QByteArrayView(bytes).sliced(chunk.dataOffset(), chunk.length);
}

/// The inflated data, or nothing when they are damaged or longer than `most`.
std::optional<QByteArray> inflated(QByteArrayView data, qsizetype most)
{
    z_stream stream{};
    if (data.size() > std::numeric_limits<int>::max() || inflateInit(&stream) != Z_OK)
        return std::nullopt;
    // zlib does not write through next_in; its interface merely predates const.
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    QByteArray out;
    int result = Z_OK;
    while (result == Z_OK && out.size() <= most) {
        const qsizetype had = out.size();
        const qsizetype piece = std::clamp<qsizetype>(had, 4096, 256 * 1024);
        out.resize(had + piece);
        stream.next_out = reinterpret_cast<Bytef *>(out.data() + had);
        stream.avail_out = static_cast<uInt>(piece);
        result = inflate(&stream, Z_NO_FLUSH);
        out.truncate(had + piece - static_cast<qsizetype>(stream.avail_out));
    }
    inflateEnd(&stream);
    if (result != Z_STREAM_END || out.size() > most)
        return std::nullopt;
    return out;
}

QString fromLatin1OrUtf8(QByteArrayView text)
{
    return text.isValidUtf8() ? QString::fromUtf8(text) : QString::fromLatin1(text);
}

/// The chunk's keyword, empty when it is not sound.
QByteArrayView keyOf(QByteArrayView data)
{
    const qsizetype end = data.indexOf('\0');
    return end >= 1 && end <= kMostKeyBytes ? data.first(end) : QByteArrayView();
}

std::optional<QString> compressedText(QByteArrayView afterKey)
{
    if (afterKey.isEmpty() || afterKey.front() != 0) // 0: deflate, the only method there is
        return std::nullopt;
    const std::optional<QByteArray> plain = inflated(afterKey.sliced(1), imagelimits::kTextBytes);
    return plain ? std::optional(fromLatin1OrUtf8(*plain)) : std::nullopt;
}

std::optional<QString> internationalText(QByteArrayView afterKey)
{
    if (afterKey.size() < 4)
        return std::nullopt;
    const bool compressed = afterKey[0] != 0;
    if (compressed && afterKey[1] != 0)
        return std::nullopt;
    const qsizetype languageEnd = afterKey.indexOf('\0', 2);
    const qsizetype translatedEnd = languageEnd < 0 ? -1 : afterKey.indexOf('\0', languageEnd + 1);
    if (translatedEnd < 0)
        return std::nullopt;
    const QByteArrayView text = afterKey.sliced(translatedEnd + 1);
    if (!compressed)
        return text.size() <= imagelimits::kTextBytes ? std::optional(QString::fromUtf8(text)) : std::nullopt;
    const std::optional<QByteArray> plain = inflated(text, imagelimits::kTextBytes);
    return plain ? std::optional(QString::fromUtf8(*plain)) : std::nullopt;
}

bool isTextType(quint32 type)
{
    return type == pngType("tEXt") || type == pngType("zTXt") || type == pngType("iTXt");
}

std::optional<ImageText> textOf(const QByteArray &bytes, const PngChunk &chunk)
{
    const QByteArrayView data = dataOf(bytes, chunk);
    const QByteArrayView key = keyOf(data);
    if (key.isEmpty() || chunk.length > 2 * imagelimits::kTextBytes || !hasRightCheckSum(bytes, chunk))
        return std::nullopt;
    const QByteArrayView rest = data.sliced(key.size() + 1);
    std::optional<QString> text;
    if (chunk.type == pngType("zTXt"))
        text = compressedText(rest);
    else if (chunk.type == pngType("iTXt"))
        text = internationalText(rest);
    else if (rest.size() <= imagelimits::kTextBytes)
        text = fromLatin1OrUtf8(rest);
    if (!text)
        return std::nullopt;
    return ImageText{QString::fromLatin1(key), *text};
}

/// Whether `tEXt` says this text to every reader: Latin-1 without its control characters, and not by chance a piece of UTF-8.
bool fitsPlainText(const QString &text)
{
    bool ascii = true;
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        const bool printable = unit == u'\n' || unit == u'\t' || (unit >= 0x20 && unit < 0x7f) || (unit >= 0xa0 && unit <= 0xff);
        if (!printable)
            return false;
        ascii = ascii && unit < 0x80;
    }
    return ascii || !QByteArrayView(text.toLatin1()).isValidUtf8();
}

QByteArray chunkOf(const char (&type)[5], const QByteArray &data)
{
    const QByteArray covered = QByteArray(type, 4) + data;
    return asBigEndian32(static_cast<quint32>(data.size())) + covered + asBigEndian32(checkSum(covered));
}

/// What the header chunk says; nothing when it is not sound.
bool readHeader(const QByteArray &bytes, const PngChunk &chunk, PngLayout &layout)
{
    if (chunk.type != pngType("IHDR") || chunk.length != 13 || !hasRightCheckSum(bytes, chunk))
        return false;
    const quint32 width = bigEndian32(bytes, chunk.dataOffset());
    const quint32 height = bigEndian32(bytes, chunk.dataOffset() + 4);
    if (width == 0 || height == 0 || width > kMostData || height > kMostData)
        return false;
    layout.size = QSize(static_cast<int>(width), static_cast<int>(height));
    layout.bitDepth = byteAt(bytes, chunk.dataOffset() + 8);
    return true;
}

} // namespace

Result<PngLayout> readPngLayout(const QByteArray &bytes)
{
    PngLayout layout;
    bool imageData = false;
    qsizetype at = kSignatureBytes;
    while (bytes.size() - at >= kChunkOverhead) {
        const quint32 length = bigEndian32(bytes, at);
        if (length > kMostData || qsizetype(length) > bytes.size() - at - kChunkOverhead)
            break;
        const PngChunk chunk{bigEndian32(bytes, at + 4), at, qsizetype(length)};
        if (layout.chunks.isEmpty() && !readHeader(bytes, chunk, layout))
            break;
        if (layout.chunks.size() == imagelimits::kParts)
            return Error::protocol(ProtocolFault::TooLarge, QCoreApplication::translate("ImageFile",
                                                                      "The picture is made of more parts than this program reads."));
        layout.chunks.append(chunk);
        at = chunk.end();
        imageData = imageData || chunk.type == pngType("IDAT");
        layout.animated = layout.animated || chunk.type == pngType("acTL");
        layout.signedContent = layout.signedContent || chunk.type == pngType("caBX");
        if (chunk.type == pngType("IEND")) {
            layout.complete = imageData;
            break;
        }
    }
    if (layout.chunks.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "The picture is damaged: its beginning says PNG, but it has no header."));
    return layout;
}

QList<ImageText> readPngTexts(const QByteArray &bytes, const PngLayout &layout)
{
    QList<ImageText> texts;
    qsizetype total = 0;
    qsizetype tried = 0; // chunks that come to nothing cost time, too
    for (const PngChunk &chunk : layout.chunks) {
        if (!isTextType(chunk.type))
            continue;
        if (++tried > imagelimits::kTexts)
            break;
        std::optional<ImageText> text = textOf(bytes, chunk);
        if (!text)
            continue;
        total += text->text.size();
        if (total > imagelimits::kAllTextBytes)
            break;
        texts.append(std::move(*text));
    }
    return texts;
}

QByteArrayView pngChunkData(const QByteArray &bytes, const PngLayout &layout, quint32 type)
{
    for (const PngChunk &chunk : layout.chunks) {
        if (chunk.type == type)
            return dataOf(bytes, chunk);
    }
    return {};
}

QByteArray pngTextChunk(const ImageText &text)
{
    const QByteArray key = text.key.toLatin1();
    Q_ASSERT(!key.isEmpty() && key.size() <= kMostKeyBytes);
    QString clean = text.text;
    clean.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\r', u'\n').remove(QChar(u'\0'));
    if (text.key != QLatin1String(kPngXmpKey) && fitsPlainText(clean))
        return chunkOf("tEXt", key + '\0' + clean.toLatin1());
    // Not compressed, no method, no language, no translated keyword.
    return chunkOf("iTXt", key + QByteArray(5, '\0') + clean.toUtf8());
}

QByteArray pngWithTexts(const QByteArray &bytes, const PngLayout &layout, const QList<ImageText> &texts)
{
    Q_ASSERT(layout.complete);
    const auto isReplaced = [&](const PngChunk &chunk) {
        if (!isTextType(chunk.type))
            return false;
        const QString key = QString::fromLatin1(keyOf(dataOf(bytes, chunk)));
        return std::any_of(texts.begin(), texts.end(), [&](const ImageText &text) { return text.key == key; });
    };
    QByteArray out = bytes.first(kSignatureBytes);
    bool inserted = false;
    for (const PngChunk &chunk : layout.chunks) {
        if (chunk.type == pngType("IDAT") && !inserted) {
            for (const ImageText &text : texts)
                out += pngTextChunk(text);
            inserted = true;
        }
        if (!isReplaced(chunk))
            out += QByteArrayView(bytes).sliced(chunk.offset, chunk.end() - chunk.offset);
    }
    return out + bytes.sliced(layout.chunks.constLast().end());
}

QByteArray pngWithoutMetadata(const QByteArray &bytes, const PngLayout &layout)
{
    Q_ASSERT(layout.complete);
    QByteArray out = bytes.first(kSignatureBytes);
    for (const PngChunk &chunk : layout.chunks) {
        const bool metadata = isTextType(chunk.type) || chunk.type == pngType("eXIf") || chunk.type == pngType("tIME") || chunk.type == pngType("caBX");
        if (!metadata)
            out += QByteArrayView(bytes).sliced(chunk.offset, chunk.end() - chunk.offset);
    }
    return out;
}

} // namespace novita
