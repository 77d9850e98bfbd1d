// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"
#include "core/cloud/endpoints/fieldspec.h"
#include "core/cloud/endpoints/imagemode.h"

#include <QDate>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace novita {

/// How an endpoint wants its body and gives its answer (media-notes 2).
enum class EndpointFamily : std::uint8_t {
    SdAsync,      ///< {extra, request: {…}} → task id
    FlatAsync,    ///< flat → task id
    Sync,         ///< flat → the pictures themselves
    Video,        ///< flat plus extra → task id
    UnifiedVideo, ///< {model, callback, …} → task id
    WebUi,        ///< flat, of a Stable Diffusion WebUI server → pictures in base64
};

enum class OutputKind : std::uint8_t { Images, Video, Text };
/// Where the result is.
enum class OutputDelivery : std::uint8_t {
    Task,   ///< links in the task's result
    Urls,   ///< links in the answer
    Inline, ///< the bytes in base64, or the text, in the answer
};

/// What comes back, and where one may say in which format.
struct OutputSpec
{
    OutputKind kind = OutputKind::Images;
    OutputDelivery delivery = OutputDelivery::Task;
    QStringList types;     ///< "png", "webp", "jpeg"; empty = no choice
    QString typeWire;      ///< place in the whole body
    QString serverType;    ///< what comes without it
    QString countField;    ///< name of the field that says how many; empty = one
};

/// Places in the whole body; empty = the endpoint cannot.
struct NsfwSpec
{
    QString enableWire;
    QString levelWire;
    int mostLevel = 0;
    std::optional<Money> pricePerImage;
};

enum class WebhookForm : std::uint8_t { None, Object, Address };

struct WebhookSpec
{
    WebhookForm form = WebhookForm::None; ///< Object: {"url", "test_mode"}
    QString wire;
};

/// A list price: `amount` per picture, times width × height × steps over `pixels` × `steps` where these are not 0.
struct PriceSpec
{
    Money amount;
    qint64 pixels = 0;
    qint64 steps = 0;
    QString source;
    QDate date;
};

struct RateLimitSpec
{
    int perMinute = 0;
    bool countsImages = false; ///< pictures, else requests
};

enum class EndpointAvailability : std::uint8_t {
    Listed,   ///< in the provider's documentation at the date
    Unlisted, ///< dropped from it without a dated notice: may or may not answer
    Retired,  ///< the provider has named a last day
};

/// What is known of an endpoint's life, and from where.
struct AvailabilityFact
{
    EndpointAvailability status = EndpointAvailability::Unlisted;
    QDate date;          ///< Retired: the day it ends; else when it was last seen (may be invalid)
    QString source;      ///< address or name of the page
    QString replacement; ///< what the provider names instead; empty = nothing
    QString note;
};

/// One endpoint of the table. A value; made by the loader, which checks it.
struct EndpointSpec
{
    QString id;                      ///< "txt2img"
    QString title;
    EndpointFamily family = EndpointFamily::FlatAsync;
    QString path;                    ///< below the API root: "/v3/async/txt2img"; always POST
    QList<ImageMode> modes;          ///< at least one
    QList<FieldSpec> fields;
    QJsonObject constants;           ///< members of the body that never change
    OutputSpec output;
    NsfwSpec nsfw;
    WebhookSpec webhook;
    std::optional<PriceSpec> price;
    std::optional<RateLimitSpec> rate;
    AvailabilityFact availability;
    QString file;                    ///< where it was read from

    const FieldSpec *field(QAnyStringView name) const;
    bool serves(ImageMode mode) const { return modes.contains(mode); }
    bool givesTask() const { return output.delivery == OutputDelivery::Task; }
};

QString endpointFamilyName(EndpointFamily family); ///< as in endpoint files: "sd-async"
/// The object of the body that the fields' places count from: "request" for SdAsync, else the body itself (empty).
QString familyRoot(EndpointFamily family);

} // namespace novita
