// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include "core/sandbox/media/sandboxmedia.h"

#include <QCryptographicHash>

// What the cloud keeps elsewhere: results behind signed links, as S3 serves them, and uploads.

namespace novita {

namespace {

HttpResponse storageError(int status, const char *code, const char *message)
{
    return HttpResponse::text(status, QByteArray("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>") + code + "</Code><Message>" + message + "</Message></Error>",
                              "application/xml");
}

QByteArray mediaTypeOf(const MediaTask &task)
{
    return (task.isFilm && task.outputType != QLatin1String("gif") ? "video/" : "image/") + task.outputType.toLatin1();
}

/// Nothing when the link is good.
std::optional<HttpResponse> linkProblem(const ApiCall &call, const MediaTask &task, int index)
{
    if (task.lifetime.count() == 0)
        return {};
    if (call.request.queryValues(QStringLiteral("X-Amz-Signature")).value(0) != call.media->signatureOf(task.id, index))
        return storageError(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
    if (call.world.now() >= task.finished() + task.lifetime)
        return storageError(403, "AccessDenied", "Request has expired");
    return {};
}

HttpResponse resultFile(ApiCall &call)
{
    if (call.request.headers.contains("Authorization"))
        return storageError(400, "InvalidArgument", "Only one auth mechanism allowed");
    const QStringList parts = call.request.path.split(u'/', Qt::SkipEmptyParts); // _results, id, "0.png"
    const MediaTask *task = parts.size() == 3 ? call.media->tasks().find(parts.at(1)) : nullptr;
    bool isNumber = false;
    const int index = parts.value(2).section(u'.', 0, 0).toInt(&isNumber);
    if (!task || !isNumber || index < 0 || index >= task->count || !task->failure.isEmpty() || call.world.now() < task->finished()
        || parts.at(2) != QStringLiteral("%1.%2").arg(index).arg(task->outputType))
        return storageError(404, "NoSuchKey", "The specified key does not exist.");
    if (auto problem = linkProblem(call, *task, index))
        return *problem;
    FilmOrder order = task->film;
    order.picture.seed = seedOf(*task, index);
    call.defer = [order, isFilm = task->isFilm, type = task->outputType.toLatin1(), mediaType = mediaTypeOf(*task), media = call.media](const DeferredAnswer &answer) {
        media->answerInBackground(answer, [order, isFilm, type, mediaType] {
            return HttpResponse::text(200, isFilm ? encodeFilm(order, type) : encodePicture(paintPicture(order.picture), type), mediaType);
        });
    };
    return {};
}

/// Nothing reads uploads by their id any more; it is given out all the same.
HttpResponse upload(ApiCall &call)
{
    const QString kind = call.request.path.section(u'/', 2);
    if (kind != QLatin1String("image") && kind != QLatin1String("video"))
        return apiError(404, QStringLiteral("API_NOT_FOUND"), QStringLiteral("path not found"));
    const QByteArray hash = QCryptographicHash::hash(call.request.body, QCryptographicHash::Sha256);
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("assets_id"), QString::fromLatin1(hash.left(18).toBase64(QByteArray::Base64UrlEncoding))}});
}

} // namespace

QList<ApiOperation> resultOperations()
{
    return {{"GET", "/_results/*", "resultFile", resultFile, ApiFamily::Open}, {"PUT", "/assets/*", "uploadAsset", upload, ApiFamily::Open}};
}

} // namespace novita
