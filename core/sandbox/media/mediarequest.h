// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/http/httpmessage.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

/// The body of a request to an endpoint of the table, taken apart. `values` is keyed and written as Recipe::values is, without the pictures.
struct MediaRequest
{
    QJsonObject values;
    QHash<QString, QByteArrayList> pictures; ///< by field: files; for one that was sent as an address, the address
    QString outputType;                      ///< "png", "mp4"…
    bool nsfwCheck = false;
    QUrl webhook;
    QJsonObject webhookEcho;                 ///< as it was sent
    std::optional<bool> webhookTest;         ///< the outcome that is to be pretended

    QByteArray picture(QLatin1String field) const { return pictures.value(field).value(0); }
    int count(const EndpointSpec &spec) const; ///< results that were asked for
};

/// Reads bodies the way the cloud does: null is absent, numbers may come as decimal text, what it does not know is passed over. The first
/// thing that is out of range refuses the request; every departure from the contract is noted in `violations`.
class MediaRequestReader
{
public:
    MediaRequestReader(const EndpointSpec &spec, const QJsonObject &body, QStringList &violations);

    const MediaRequest &request() const { return m_request; }
    /// Set when the body cannot be taken.
    const std::optional<HttpResponse> &refusal() const { return m_refusal; }

private:
    void readOptions();
    void readWebhook();
    QJsonObject readFields(const QList<FieldSpec> &fields, const QJsonObject &object, const QString &path);
    QJsonValue readField(const FieldSpec &field, const QJsonObject &object, const QString &path);
    QJsonValue readText(const FieldSpec &field, const QJsonValue &sent, const QString &place);
    QJsonValue readNumber(const FieldSpec &field, const QJsonValue &sent, const QString &place);
    QJsonValue readChoice(const FieldSpec &field, const QJsonValue &sent, const QString &place);
    QJsonValue readBoolean(const FieldSpec &field, const QJsonValue &sent, const QString &place);
    QJsonValue readSize(const FieldSpec &field, const QJsonObject &object, const QString &path);
    void checkSize(const FieldSpec &field, int width, int height, const QString &place);
    QJsonValue readList(const FieldSpec &field, const QJsonValue &sent, const QString &place);
    void readPictures(const FieldSpec &field, const QJsonValue &sent, const QString &place);
    std::optional<QByteArray> pictureFile(const FieldSpec &field, const QString &text, const QString &place);
    void checkPicture(const FieldSpec &field, const QByteArray &file, const QString &place);
    void comparePictures();
    void noteUnknown();

    void refuse(const QString &message) { refuse(QStringLiteral("INVALID_REQUEST_BODY"), message); }
    void refuse(const QString &reason, const QString &message);

    const EndpointSpec &m_spec;
    QJsonObject m_body;
    QStringList &m_violations;
    MediaRequest m_request;
    std::optional<HttpResponse> m_refusal;
};

} // namespace novita
