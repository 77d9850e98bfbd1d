// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/displaytext.h"
#include "core/cloud/services/listanswer.h"
#include "core/cloud/types/imagemodel.h"
#include "core/cloud/types/imagetask.h"
#include "core/cloud/types/languagemodel.h"
#include "core/cloud/types/syncimage.h"
#include "core/cloud/types/webui.h"
#include "fuzztarget.h"

#include <QByteArray>
#include <QJsonArray>

#include <algorithm>
#include <limits>

using namespace novita;

// What the cloud, or an image server of somebody's own, answers about pictures and models. Whatever it is, what is
// decoded keeps the bounds that its headers promise, and what is not is told in a sentence.

namespace {

bool isLine(const QString &text, qsizetype most)
{
    return text.size() <= most && displayLine(text, most) == text;
}

void check(const MediaLink &link)
{
    require(isLine(link.type, 16), "a type of a file is a short word");
    require(!link.lifetime || link.lifetime->count() > 0, "a life that lasts");
    require(!link.nsfwLikelihood || (*link.nsfwLikelihood >= 0 && *link.nsfwLikelihood <= 100),
            "a likelihood in percent");
}

void checkAddress(const QUrl &address)
{
    require(address.isValid() && !address.host().isEmpty() && address.userInfo().isEmpty(),
            "an address leads somewhere, and names no user");
    require(address.scheme() == QLatin1String("https") || address.scheme() == QLatin1String("http"), "on the web");
}

void check(const ImageTask &task)
{
    for (const auto *links : {&task.images, &task.videos, &task.audios}) {
        require(links->size() <= ImageTask::kMostLinks, "number of files");
        for (const MediaLink &link : *links) {
            check(link);
            if (!link.address.isEmpty()) // something was made that cannot be fetched
                checkAddress(link.address);
        }
    }
    require(isLine(task.type, 64) && isLine(task.statusText, 64) && isLine(task.reason, 500),
            "texts of a task are lines");
    require(!task.progress || (*task.progress >= 0 && *task.progress <= 100), "progress in percent");
    require(!task.eta || (task.eta->count() > 0 && task.eta->count() <= 86400), "a time within a day");
    require(!task.seed || *task.seed >= 0, "a seed is no guess");
    require(task.seeds.size() <= ImageTask::kMostLinks &&
                std::all_of(task.seeds.begin(), task.seeds.end(), [](qint64 seed) { return seed >= 0; }),
            "seeds");
    for (const qint64 at : {qint64(-1), qint64(0), qint64(1), std::numeric_limits<qint64>::max()})
        require(!task.seedOf(at) || at >= 0, "a picture that there is");
}

void checkTasks(const QJsonValue &json)
{
    DecodeLog log;
    const ImageTask task = decodeImageTask(JsonReader(json.toObject(), log));
    require(log.fatal.has_value() == task.id.isEmpty(), "a task has its id");
    check(task);
    DecodeLog eventLog;
    if (const std::optional<ImageTask> told = decodeTaskEvent(json.toObject(), eventLog)) {
        require(eventLog.fatal.has_value() == told->id.isEmpty(), "so has one that is told");
        check(*told);
    }
    DecodeLog acceptedLog;
    require(decodeTaskAccepted(json, acceptedLog).isEmpty() == acceptedLog.fatal.has_value(),
            "what was accepted can be asked for");
}

void checkPictures(const QJsonValue &json)
{
    DecodeLog log;
    const SyncImageAnswer answer = decodeSyncImageAnswer(json, log);
    require(answer.images.size() <= ImageTask::kMostLinks && answer.prompt.size() <= 8192, "number of pictures");
    require(log.fatal || !answer.images.isEmpty() || !answer.prompt.isEmpty(), "a picture or a prompt");
    for (const SyncImage &image : answer.images) {
        check(image.link);
        require(image.bytes.isEmpty() != image.link.address.isEmpty(), "bytes, or where they are");
        if (image.bytes.isEmpty())
            checkAddress(image.link.address);
    }
    DecodeLog serverLog;
    const WebUiAnswer server = decodeWebUiAnswer(json, serverLog);
    require(serverLog.fatal || !server.images.isEmpty() || !server.text.isEmpty(), "a picture or a text");
    for (const WebUiAnswer::Image &image : server.images)
        require(!image.bytes.isEmpty() && (!image.seed || *image.seed >= 0), "a picture with what it was made of");
}

void checkModels(const QList<ImageModel> &models)
{
    for (const ImageModel &model : models) {
        require(!model.id.isEmpty() && model.tags.size() <= ImageModel::kMostTags, "a model");
        require(model.fileName.size() <= 300 && model.apiName.size() <= 300, "names that a request can carry");
        require(model.cover.isEmpty() || model.cover.isValid(), "a preview that can be asked for");
        require(isLine(model.label(), 256), "a line to show");
    }
}

void checkLists(const QJsonValue &json)
{
    DecodeLog log;
    const ListPage<ImageModel> page = decodeRows<ImageModel>(json, log, {QLatin1String("models")}, &decodeImageModel);
    require(page.rows.size() <= PageWalk::kMostRows, "number of models");
    checkModels(page.rows);
    DecodeLog wordsLog;
    const RowList<LanguageModel> words =
        decodeWhole<LanguageModel>(json, wordsLog, {QLatin1String("data")}, &decodeLanguageModel);
    for (const LanguageModel &model : words) {
        require(!model.id.isEmpty() && isLine(model.title, 256) && isLine(model.description, 500) &&
                    model.capabilities.size() <= 16,
                "a language model");
        require(!model.contextSize || *model.contextSize > 0, "a context");
        require(!model.inputPrice || !model.inputPrice->isNegative(), "nobody pays us");
        const std::optional<Money> cost = model.costOf(std::numeric_limits<qint64>::max(), -1);
        require(!cost || !cost->isNegative(), "nor for as many tokens as can be counted");
    }
}

void checkServer(const QJsonValue &json, const QByteArray &bytes)
{
    for (const ImageModelType type : {ImageModelType::Checkpoint, ImageModelType::Lora, ImageModelType::Vae}) {
        DecodeLog log;
        const QList<ImageModel> models = decodeWebUiModels(json, type, log);
        require(models.size() <= kMostWebUiRows, "number of models of a server");
        checkModels(models);
    }
    DecodeLog log;
    for (const QString &name : decodeWebUiNames(json, log))
        require(!name.isEmpty() && isLine(name, 300), "a name that can be shown and sent back");
    DecodeLog progressLog;
    const WebUiProgress progress = decodeWebUiProgress(json, progressLog);
    require(progress.percent >= 0 && progress.percent <= 100 && progress.task.size() <= 300, "how far it is");
    require(!progress.eta || (progress.eta->count() > 0 && progress.eta->count() <= 86400), "how long it takes");
    DecodeLog optionsLog;
    const WebUiOptions options = decodeWebUiOptions(json, optionsLog);
    require(isLine(options.checkpoint, 300) && isLine(options.vae, 300) &&
                (!options.clipSkip || (*options.clipSkip >= 1 && *options.clipSkip <= 12)),
            "settings");
    DecodeLog infoLog;
    require(decodeWebUiPngInfo(json, infoLog).size() <= 64 * 1024, "what a picture says");
    for (const int status : {404, 422, 502}) {
        const Error error = webUiError(status, bytes, true, status % 2 == 0);
        require(isLine(error.message, 500) && !error.message.isEmpty() && error.httpStatus == status,
                "a refusal has a sentence");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<QJsonValue> json = parseJson(bytes);
    checkServer(json.valueOr({}), bytes);
    if (!json)
        return 0;
    checkTasks(*json);
    checkPictures(*json);
    checkLists(*json);
    return 0;
}
