// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/exifblock.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QStringEncoder>

#include <array>
#include <memory>
#include <vector>

#include <exiv2/error.hpp>
#include <exiv2/exif.hpp>
#include <exiv2/value.hpp>

namespace novita {

namespace {

constexpr char kUserComment[] = "Exif.Photo.UserComment";
constexpr qsizetype kCharsetBytes = 8;
constexpr QByteArrayView kUnicode("UNICODE\0", kCharsetBytes);

struct TextTag
{
    const char *exiv2Key;
    const char *name;
};

constexpr std::array kTextTags{
    TextTag{"Exif.Image.ImageDescription", "ImageDescription"}, TextTag{"Exif.Image.Make", "Make"},
    TextTag{"Exif.Image.Model", "Model"},                       TextTag{"Exif.Image.Software", "Software"},
    TextTag{"Exif.Image.Artist", "Artist"},                     TextTag{"Exif.Image.Copyright", "Copyright"},
    TextTag{"Exif.Photo.MakerNote", "MakerNote"},
};

/// Exiv2 writes warnings about damaged files to standard error, where they are no use to anyone.
void silenceLibrary()
{
    static const bool done = [] {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        return true;
    }();
    Q_UNUSED(done)
}

Exiv2::ByteOrder decode(QByteArrayView tiff, Exiv2::ExifData &exif)
{
    silenceLibrary();
    return Exiv2::ExifParser::decode(exif, reinterpret_cast<const Exiv2::byte *>(tiff.data()), static_cast<uint32_t>(tiff.size()));
}

/// The bytes of a value as they lie in the file.
QByteArray rawBytes(const Exiv2::Exifdatum &datum)
{
    if (datum.size() <= 0 || datum.size() > imagelimits::kTextBytes)
        return {};
    const Exiv2::Value &value = datum.value();
    // A comment changes the order of its bytes when asked for another than it was read in.
    const auto *comment = dynamic_cast<const Exiv2::CommentValue *>(&value);
    QByteArray bytes(static_cast<qsizetype>(value.size()), '\0');
    const long copied = value.copy(reinterpret_cast<Exiv2::byte *>(bytes.data()), comment ? comment->byteOrder_ : Exiv2::bigEndian);
    bytes.truncate(static_cast<qsizetype>(copied));
    return bytes;
}

QString fromUtf8OrLatin1(QByteArrayView bytes)
{
    QString text = bytes.isValidUtf8() ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
    while (text.endsWith(QChar(u'\0')))
        text.chop(1);
    return text;
}

QString fromUtf16(QByteArrayView bytes)
{
    if (bytes.startsWith("\xff\xfe"))
        return QStringDecoder(QStringDecoder::Utf16LE)(bytes);
    if (bytes.startsWith("\xfe\xff"))
        return QStringDecoder(QStringDecoder::Utf16BE)(bytes);
    // Any text of this kind has ASCII in it: the half that is zero then is the high one.
    qsizetype firstHalfZero = 0;
    qsizetype secondHalfZero = 0;
    for (qsizetype i = 0; i + 1 < bytes.size(); i += 2) {
        firstHalfZero += bytes[i] == 0 ? 1 : 0;
        secondHalfZero += bytes[i + 1] == 0 ? 1 : 0;
    }
    return QStringDecoder(secondHalfZero > firstHalfZero ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE)(bytes);
}

QString commentText(QByteArrayView bytes)
{
    if (bytes.size() < kCharsetBytes)
        return fromUtf8OrLatin1(bytes);
    const QByteArrayView charset = bytes.first(kCharsetBytes);
    const QByteArrayView text = bytes.sliced(kCharsetBytes);
    if (charset.startsWith("UNICODE"))
        return fromUtf16(text);
    const bool named = charset.startsWith("ASCII") || charset == QByteArrayView("\0\0\0\0\0\0\0\0", kCharsetBytes);
    return fromUtf8OrLatin1(named ? text : bytes);
}

QByteArray commentBytes(const QString &text)
{
    QStringEncoder encoder(QStringEncoder::Utf16BE, QStringConverter::Flag::Default);
    return kUnicode.toByteArray() + QByteArray(encoder(text));
}

} // namespace

QList<ImageText> readExifTexts(QByteArrayView tiff)
{
    QList<ImageText> texts;
    if (tiff.isEmpty() || tiff.size() > imagelimits::kExifBytes)
        return texts;
    try {
        Exiv2::ExifData exif;
        decode(tiff, exif);
        for (const Exiv2::Exifdatum &datum : exif) {
            const std::string key = datum.key();
            if (texts.size() == imagelimits::kTexts)
                break;
            if (key == kUserComment)
                texts.append({QStringLiteral("UserComment"), commentText(rawBytes(datum))});
            else if (key == "Exif.Image.XPComment")
                texts.append({QStringLiteral("XPComment"), QStringDecoder(QStringDecoder::Utf16LE)(rawBytes(datum))});
            for (const TextTag &tag : kTextTags) {
                if (key == tag.exiv2Key)
                    texts.append({QString::fromLatin1(tag.name), fromUtf8OrLatin1(rawBytes(datum))});
            }
        }
    } catch (const std::exception &) {
        // A damaged block has no texts; the picture may still be good.
        texts.clear();
    }
    return texts;
}

Result<QByteArray> exifWithUserComment(QByteArrayView tiff, const QString &text)
{
    const auto refuse = [](const char *sentence, const QString &detail = {}) {
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("ImageFile", sentence), detail);
    };
    if (tiff.size() > imagelimits::kExifBytes)
        return refuse(QT_TRANSLATE_NOOP("ImageFile", "The picture's EXIF data are too large to be added to."));
    const QByteArray comment = commentBytes(text);
    try {
        Exiv2::ExifData exif;
        Exiv2::ByteOrder order = Exiv2::bigEndian;
        if (!tiff.isEmpty()) {
            order = decode(tiff, exif);
            if (order == Exiv2::invalidByteOrder)
                return refuse(QT_TRANSLATE_NOOP("ImageFile", "The picture's EXIF data are damaged and cannot be added to."));
        }
        // As plain bytes: as a comment, Exiv2 would store it in the block's byte order.
        const Exiv2::DataValue value(reinterpret_cast<const Exiv2::byte *>(comment.constData()), static_cast<long>(comment.size()));
        exif[kUserComment].setValue(&value);
        Exiv2::Blob blob;
        Exiv2::ExifParser::encode(blob, order, exif);
        const QByteArray encoded(reinterpret_cast<const char *>(blob.data()), static_cast<qsizetype>(blob.size()));

        // Exiv2 leaves out what does not fit into 64 kB without a word.
        Exiv2::ExifData written;
        decode(encoded, written);
        const auto found = written.findKey(Exiv2::ExifKey(kUserComment));
        if (found == written.end() || rawBytes(*found) != comment)
            return refuse(QT_TRANSLATE_NOOP("ImageFile", "The text is longer than EXIF can hold."));
        return encoded;
    } catch (const std::exception &error) {
        return refuse(QT_TRANSLATE_NOOP("ImageFile", "The picture's EXIF data are damaged and cannot be added to."),
                      QString::fromLocal8Bit(error.what()));
    }
}

int exifOrientation(QByteArrayView tiff)
{
    if (tiff.isEmpty() || tiff.size() > imagelimits::kExifBytes)
        return 1;
    try {
        Exiv2::ExifData exif;
        decode(tiff, exif);
        const auto found = exif.findKey(Exiv2::ExifKey("Exif.Image.Orientation"));
        const long orientation = found == exif.end() || found->count() != 1 ? 1 : found->toLong();
        return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
    } catch (const std::exception &) {
        return 1;
    }
}

QByteArray exifWithOrientationOnly(int orientation)
{
    Q_ASSERT(orientation >= 1 && orientation <= 8);
    // Big-endian TIFF; its folder at 8 with one entry: tag 0x0112, one short number; no further folder.
    QByteArray block("MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0", 19);
    block += static_cast<char>(orientation);
    return block + QByteArray(6, '\0');
}

} // namespace novita
