// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/jsonreader.h"
#include "core/cloud/types/imagemodel.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

// What a Stable Diffusion WebUI server says: the API of AUTOMATIC1111 below /sdapi/v1. All of it comes from a stranger's machine:
// names are single lines, lists are cut at kMostWebUiRows.

namespace novita {

inline constexpr qsizetype kMostWebUiRows = 2000;

/// How the server is getting on with whatever it does now, no matter who asked for it.
struct WebUiProgress
{
    bool isBusy = false;
    int percent = 0;              ///< 0-100
    std::optional<Seconds> eta;   ///< nullopt when it tells none
    QString task;                 ///< of the job at work where the server tells it, as it was sent in `force_task_id`
    QString job;                  ///< what it calls what it does: "scripts_txt2img", "task(abc)"; one line
};

/// How one job is getting on, by the name that was sent in `force_task_id`; all of them false: the server does not know it.
struct WebUiTaskProgress
{
    bool isActive = false;
    bool isQueued = false;
    bool isCompleted = false;
    int percent = 0;            ///< 0-100, of an active one
    std::optional<Seconds> eta; ///< nullopt when it tells none
};

/// The settings of the server that matter to a job that names none of its own.
struct WebUiOptions
{
    QString checkpoint; ///< title of the one that is loaded
    QString vae;
    std::optional<int> clipSkip;
    bool operator==(const WebUiOptions &) const = default;
};

/// What jobs of a server may name.
struct WebUiLists
{
    QList<ImageModel> models;  ///< checkpoints, LoRAs, VAEs and embeddings; requestName() is what the server takes
    QStringList samplers;
    QStringList schedulers;
    QStringList upscalers;
    WebUiOptions options;

    bool operator==(const WebUiLists &) const = default;
};

/// The pictures of a job.
struct WebUiAnswer
{
    struct Image
    {
        QByteArray bytes;           ///< of the file; not looked into
        std::optional<qint64> seed;
    };
    QList<Image> images;
    QString text;                   ///< of image → prompt
};

/// Grids and maps that a server puts beside the pictures are left out, as `info` tells them apart. Fatal when there is neither picture nor
/// text, base64 is broken, or it is more than SyncImageAnswer::kMostBytes. Takes its time: not for the UI's thread.
WebUiAnswer decodeWebUiAnswer(const QJsonValue &answer, DecodeLog &log);

WebUiProgress decodeWebUiProgress(const QJsonValue &answer, DecodeLog &log);
/// Fatal when it says nothing of a task.
WebUiTaskProgress decodeWebUiTaskProgress(const QJsonValue &answer, DecodeLog &log);
WebUiOptions decodeWebUiOptions(const QJsonValue &answer, DecodeLog &log);
/// The names of a list of samplers, schedulers or upscalers.
QStringList decodeWebUiNames(const QJsonValue &answer, DecodeLog &log);
/// sd-models, loras or sd-vae.
QList<ImageModel> decodeWebUiModels(const QJsonValue &answer, ImageModelType type, DecodeLog &log);
/// The names that are loaded, of embeddings.
QList<ImageModel> decodeWebUiEmbeddings(const QJsonValue &answer, DecodeLog &log);
/// What png-info reads out of a picture; empty when there is nothing in it.
QString decodeWebUiPngInfo(const QJsonValue &answer, DecodeLog &log);

/// An answer that is no success as an Error. Texts of the server are bounded and redacted. `write`: of a request that makes something, where a
/// failing gateway (502 to 504) leaves open what became of it. `named`: a user and a password were sent.
Error webUiError(int status, const QByteArray &body, bool write, bool named);

} // namespace novita
