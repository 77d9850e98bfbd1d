// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/languagemodels.h"

#include "core/base/logging.h"
#include "core/language/keptfiles.h"
#include "core/net/apiclient.h"

#include <utility>

namespace novita {

namespace {

QString fileName(const ProfileId &profile)
{
    return KeptFiles::nameFor(QStringLiteral("models"), profile.toString());
}

ModelListReason reasonOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::BreakerOpen:
    case ErrorKind::QueueFull:
        return ModelListReason::Offline;
    case ErrorKind::Protocol:
        return ModelListReason::Unreadable;
    case ErrorKind::Tls:
        return ModelListReason::Settings;
    case ErrorKind::Unauthorized:
        return ModelListReason::KeyRejected;
    case ErrorKind::Validation:
        return error.httpStatus == 0 ? ModelListReason::Settings : ModelListReason::Refused;
    default:
        return ModelListReason::Refused;
    }
}

} // namespace

LanguageModels::LanguageModels(ApiClient &client, KeptFiles &files, const Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_files(files), m_clock(clock), m_service(client)
{
    connect(&client, &ApiClient::statusChanged, this, [this] {
        // A key that was rejected is asked with again only when it is another one.
        if (m_reason == ModelListReason::KeyRejected && !m_client.hasKey())
            fallBack(ModelListReason::NoKey, m_error);
        if (m_reason == ModelListReason::NoKey && m_client.hasKey() && !isReading())
            read(false);
    });
}

LanguageModels::~LanguageModels() = default;

void LanguageModels::open(const ProfileId &profile)
{
    close();
    m_profile = profile;
    m_keptReading.reset(m_files.read(fileName(profile), modellistfile::kMostBytes, &modellistfile::read))
        ->onFinished(this, [this](const Result<std::optional<KeptModelList>> &kept) {
            if (!kept)
                qCWarning(lcCloud) << "The kept list of language models is not used:" << kept.error().toLogString();
            m_kept = kept ? kept->value_or(KeptModelList()) : KeptModelList();
            present();
        });
}

void LanguageModels::close()
{
    m_reading.reset();
    m_keptReading.reset();
    m_profile = {};
    m_source = ModelListSource::None;
    m_reason = ModelListReason::None;
    m_error.reset();
    m_kept.reset();
    m_liveAt.reset();
    m_isPartial = false;
    m_plainNames.clear();
    m_store.reset();
    emit changed();
}

void LanguageModels::read(bool anew)
{
    if (m_profile.isEmpty() || isReading())
        return;
    if (!m_client.hasKey())
        return fallBack(ModelListReason::NoKey, std::nullopt);
    ReadOptions options;
    options.fresh = anew;
    m_reading.reset(m_service.models(options))->onFinished(this, [this](const Result<RowList<LanguageModel>> &result) { answered(result); });
    emit changed();
}

void LanguageModels::answered(const Result<RowList<LanguageModel>> &result)
{
    if (!result) {
        if (result.error().isCanceled())
            emit changed();
        else
            fallBack(reasonOf(result.error()), result.error());
        return;
    }
    const QList<LanguageModel> models = modellistfile::usable(*result);
    if (models.isEmpty())
        return fallBack(result->partial ? ModelListReason::Unreadable : ModelListReason::Empty, std::nullopt);
    m_liveAt = m_clock.now();
    m_isPartial = result->partial || result->size() > modellistfile::kMostModels;
    m_kept = KeptModelList{*m_liveAt, models};
    m_reason = ModelListReason::None;
    m_error.reset();
    m_source = ModelListSource::Live;
    m_keptReading.reset();
    adopt(models);
    m_files.write(fileName(m_profile), [kept = *m_kept] { return modellistfile::written(kept); })->onFinished(this, [](const Result<Done> &done) {
        if (!done)
            qCWarning(lcCloud) << "The list of language models is not kept:" << done.error().toLogString();
    });
    emit changed();
}

void LanguageModels::adopt(const QList<LanguageModel> &models)
{
    m_plainNames.clear();
    m_plainNames.reserve(models.size());
    for (const LanguageModel &model : models) {
        const QString plain = plainModelName(model.id.toString()).toLower();
        if (!m_plainNames.contains(plain)) // the first of a name stands for it
            m_plainNames.insert(plain, model.id);
    }
    m_store.replaceAll(models);
    m_store.markRefreshed(m_clock.now());
}

void LanguageModels::fallBack(ModelListReason reason, const std::optional<Error> &error)
{
    m_reason = reason;
    m_error = error;
    present();
}

/// A list that the cloud gave in this run stays; else what the disk has, once it was looked at.
void LanguageModels::present()
{
    if (m_source != ModelListSource::Live && m_kept) {
        if (!m_kept->models.isEmpty()) {
            m_source = ModelListSource::Kept;
            adopt(m_kept->models);
        } else if (m_reason != ModelListReason::None) {
            m_source = ModelListSource::BuiltIn;
            adopt(builtInLanguageModels());
        }
    }
    emit changed();
}

std::optional<TimePoint> LanguageModels::dated() const
{
    if (m_source == ModelListSource::Live)
        return m_liveAt;
    return m_source == ModelListSource::Kept ? std::optional(m_kept->at) : std::nullopt;
}

const LanguageModel *LanguageModels::find(const QString &id) const
{
    if (const LanguageModel *exact = m_store.find(LanguageModelId(id)))
        return exact;
    const QString plain = plainModelName(id).toLower();
    const auto found = plain.isEmpty() ? m_plainNames.constEnd() : m_plainNames.constFind(plain);
    return found == m_plainNames.constEnd() ? nullptr : m_store.find(*found);
}

} // namespace novita
