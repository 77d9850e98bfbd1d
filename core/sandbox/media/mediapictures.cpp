// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/mediarequest.h"

#include "core/sandbox/media/painter.h"

#include <QJsonArray>

#include <algorithm>

// The part of MediaRequestReader that looks at pictures in a body.

namespace novita {

void MediaRequestReader::readPictures(const FieldSpec &field, const QJsonValue &sent, const QString &place)
{
    // One picture may come as a list of one, and a list as one picture: the cloud takes both.
    const QJsonArray list = sent.isArray() ? sent.toArray() : QJsonArray{sent};
    const int most = field.type == FieldType::Images ? field.mostItems : 1;
    const int least = field.type == FieldType::Images && field.when.modes.isEmpty() ? field.leastItems : 0;
    if (list.size() > most || list.size() < least) {
        refuse(QStringLiteral("%1 must be %2 to %3 pictures").arg(place).arg(least).arg(most));
        return;
    }
    QByteArrayList files;
    for (const QJsonValue &one : list) {
        if (!one.isString() || one.toString().isEmpty()) {
            refuse(QStringLiteral("%1 must be a picture").arg(place));
            return;
        }
        const std::optional<QByteArray> file = pictureFile(field, one.toString(), place);
        if (!file)
            return;
        files.append(*file);
    }
    m_request.pictures.insert(field.name, files);
}

std::optional<QByteArray> MediaRequestReader::pictureFile(const FieldSpec &field, const QString &text, const QString &place)
{
    const QString reason = QStringLiteral("INVALID_IMAGE_FORMAT");
    const auto takes = [&](ImageForm form) { return field.accepts.contains(form); };
    if (text.startsWith(QLatin1String("http://")) || text.startsWith(QLatin1String("https://"))) {
        if (!takes(ImageForm::Url)) {
            refuse(reason, QStringLiteral("%1 must be base64, not an address").arg(place));
            return {};
        }
        return text.toUtf8();
    }
    qsizetype begin = 0;
    if (text.startsWith(QLatin1String("data:"))) {
        begin = text.indexOf(u',') + 1;
        if (!takes(ImageForm::DataUri) || begin == 0 || !text.left(begin).endsWith(QLatin1String(";base64,"))) {
            refuse(reason, QStringLiteral("%1 must be plain base64, without a data: prefix").arg(place));
            return {};
        }
    } else if (!takes(ImageForm::Base64)) {
        refuse(reason, takes(ImageForm::DataUri) ? QStringLiteral("%1 must be a data URI or an address").arg(place) : QStringLiteral("%1 must be an address").arg(place));
        return {};
    }
    const auto decoded = QByteArray::fromBase64Encoding(text.mid(begin).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) {
        refuse(reason, QStringLiteral("%1 is no base64").arg(place));
        return {};
    }
    checkPicture(field, *decoded, place);
    return *decoded;
}

void MediaRequestReader::checkPicture(const FieldSpec &field, const QByteArray &file, const QString &place)
{
    const ImageLimits &limits = field.image;
    if (limits.mostBytes && file.size() > *limits.mostBytes)
        return refuse(QStringLiteral("IMAGE_FILE_EXCEEDS_MAX_SIZE"), QStringLiteral("%1 has more than %2 bytes").arg(place).arg(*limits.mostBytes));
    const PictureFacts facts = pictureFacts(file);
    if (facts.format.isEmpty() || (!limits.formats.isEmpty() && !limits.formats.contains(QString::fromLatin1(facts.format))))
        return refuse(QStringLiteral("INVALID_IMAGE_FORMAT"), QStringLiteral("%1 is no picture that can be read").arg(place));
    const int longer = std::max(facts.size.width(), facts.size.height()), shorter = std::min(facts.size.width(), facts.size.height());
    const qint64 pixels = qint64(longer) * shorter;
    if (longer > limits.mostSide.value_or(longer) || pixels > std::min(limits.mostPixels.value_or(kMostPixels), kMostPixels))
        return refuse(QStringLiteral("IMAGE_EXCEEDS_MAX_RESOLUTION"), QStringLiteral("%1 has %2 x %3 pixels").arg(place).arg(facts.size.width()).arg(facts.size.height()));
    if (shorter < limits.leastSide.value_or(1) || double(longer) / shorter > limits.mostAspect.value_or(1e9))
        refuse(QStringLiteral("INVALID_IMAGE_SIZE"), QStringLiteral("%1 has %2 x %3 pixels").arg(place).arg(facts.size.width()).arg(facts.size.height()));
}

void MediaRequestReader::comparePictures()
{
    for (const FieldSpec &field : m_spec.fields) {
        if (field.sameSizeAs.isEmpty() || !m_request.pictures.contains(field.name) || !m_request.pictures.contains(field.sameSizeAs))
            continue;
        const QSize own = pictureFacts(m_request.pictures.value(field.name).value(0)).size;
        const QSize other = pictureFacts(m_request.pictures.value(field.sameSizeAs).value(0)).size;
        if (!own.isEmpty() && !other.isEmpty() && own != other)
            refuse(QStringLiteral("INVALID_IMAGE_SIZE"), QStringLiteral("%1 must be as large as %2").arg(field.wire.first(), field.sameSizeAs));
    }
}

} // namespace novita
