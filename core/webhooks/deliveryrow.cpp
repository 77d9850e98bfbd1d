// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliveryrow.h"

#include <QDataStream>
#include <QtEndian>

namespace novita {

namespace {

constexpr int kStreamVersion = QDataStream::Qt_6_0; ///< stands for the form of the bytes: files of before must stay readable
constexpr qint64 kNoDelivery = -1;

} // namespace

QByteArray headerLines(const QList<HttpHeaders::Field> &headers)
{
    qsizetype size = 0;
    for (const HttpHeaders::Field &field : headers)
        size += field.name.size() + field.value.size() + 4;
    QByteArray out;
    out.reserve(size);
    for (const HttpHeaders::Field &field : headers)
        out.append(field.name).append(": ").append(field.value).append("\r\n"); // the server lets no line end into a value
    return out;
}

QList<HttpHeaders::Field> headersFromLines(const QByteArray &lines)
{
    QList<HttpHeaders::Field> fields;
    for (qsizetype at = 0; at < lines.size();) {
        const qsizetype end = lines.indexOf("\r\n", at);
        const qsizetype colon = lines.indexOf(": ", at);
        if (end < 0 || colon < 0 || colon > end)
            break;
        fields.append({lines.mid(at, colon - at), lines.mid(colon + 2, end - colon - 2)});
        at = end + 2;
    }
    return fields;
}

QByteArray replayKeyBytes(const QList<ReplayKey> &keys)
{
    QByteArray bytes(keys.size() * ReplayKey::kBytes, Qt::Uninitialized);
    char *out = bytes.data();
    for (const ReplayKey &key : keys) {
        qToBigEndian(key.high, out);
        qToBigEndian(key.low, out + sizeof(quint64));
        out += ReplayKey::kBytes;
    }
    return bytes;
}

QList<ReplayKey> replayKeysFromBytes(const QByteArray &bytes)
{
    QList<ReplayKey> keys;
    for (qsizetype at = 0; at + ReplayKey::kBytes <= bytes.size(); at += ReplayKey::kBytes)
        keys.append({qFromBigEndian<quint64>(bytes.constData() + at), qFromBigEndian<quint64>(bytes.constData() + at + sizeof(quint64))});
    return keys;
}

QByteArray encodeRow(const DeliveryRow &row)
{
    const Delivery &delivery = row.delivery;
    QByteArray bytes;
    bytes.reserve(delivery.body.size() + row.headers.size() + 512);
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(kStreamVersion);
    stream << delivery.id << qint64(delivery.receivedAt.time_since_epoch().count()) << quint8(delivery.result) << quint8(delivery.scheme) << delivery.bytes
           << delivery.duplicateOf.value_or(kNoDelivery) << delivery.path.toUtf8() << delivery.address.toUtf8() << delivery.reason.toUtf8()
           << delivery.kind.toUtf8() << delivery.subject.toUtf8() << row.headers << delivery.body << replayKeyBytes(row.keys);
    return bytes;
}

std::optional<DeliveryRow> decodeRow(const QByteArray &bytes)
{
    DeliveryRow row;
    Delivery &delivery = row.delivery;
    QDataStream stream(bytes);
    stream.setVersion(kStreamVersion);
    qint64 at = 0, duplicateOf = kNoDelivery;
    quint8 result = 0, scheme = 0;
    QByteArray path, address, reason, kind, subject, keys;
    stream >> delivery.id >> at >> result >> scheme >> delivery.bytes >> duplicateOf >> path >> address >> reason >> kind >> subject >> row.headers
        >> delivery.body >> keys;
    if (stream.status() != QDataStream::Ok || !stream.atEnd() || result > quint8(kLastDeliveryResult) || scheme > quint8(kLastDeliveryScheme))
        return std::nullopt;
    delivery.receivedAt = TimePoint(Milliseconds(at));
    delivery.result = static_cast<DeliveryResult>(result);
    delivery.scheme = static_cast<DeliveryScheme>(scheme);
    if (duplicateOf != kNoDelivery)
        delivery.duplicateOf = duplicateOf;
    delivery.path = QString::fromUtf8(path);
    delivery.address = QString::fromUtf8(address);
    delivery.reason = QString::fromUtf8(reason);
    delivery.kind = QString::fromUtf8(kind);
    delivery.subject = QString::fromUtf8(subject);
    row.keys = replayKeysFromBytes(keys);
    return row;
}

} // namespace novita
