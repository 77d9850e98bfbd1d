// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/videomodels.h"

#include "core/base/logging.h"
#include "core/cloud/endpoints/schemaform.h"
#include "core/net/apiclient.h"
#include "core/net/apirequest.h"

#include <QPointer>

#include <memory>
#include <utility>

namespace novita {

namespace {

QString fileName(const ProfileId &profile)
{
    return KeptFiles::nameFor(QStringLiteral("videomodels"), profile.toString());
}

} // namespace

VideoModels::VideoModels(QNetworkAccessManager &links, const ApiClient &api, const QString &folder, const Clock &clock,
                         QObject *parent)
    : QObject(parent)
    , m_downloader(links)
    , m_api(api)
    , m_clock(clock)
    , m_files(folder)
{
    m_pool.setMaxThreadCount(1);
}

VideoModels::~VideoModels()
{
    m_pool.waitForDone();
}

void VideoModels::open(const ProfileId &profile, Reach reach)
{
    close();
    m_profile = profile;
    m_downloader.setReach(reach);
    readDisk();
}

void VideoModels::close()
{
    m_keptReading.reset();
    m_reading.reset();
    m_failedAt.reset();
    m_profile = {};
    m_list = {};
    m_isRead = false;
    m_isWanted = false;
    emit changed();
}

Call<Done> *VideoModels::forget(const ProfileId &profile)
{
    return m_files.forget(profile.toString());
}

void VideoModels::readDisk()
{
    m_keptReading.reset(m_files.read(fileName(m_profile), videomodels::kMostKeptBytes, &videomodels::readKept))
        ->onFinished(this, [this](const Result<std::optional<VideoModelList>> &kept) {
            if (!kept)
                qCWarning(lcCloud) << "The kept list of video models is not used:" << kept.error().toLogString();
            if (kept && *kept)
                m_list = **kept;
            m_isRead = true;
            emit changed();
            if (std::exchange(m_isWanted, false))
                prepare();
        });
}

bool VideoModels::isFresh() const
{
    const Milliseconds age = m_clock.now() - m_list.readAt;
    return age >= Milliseconds(0) && age < kFresh; // a clock that was set back makes nothing fresh
}

bool VideoModels::mayDescribe(const QString &endpointId) const
{
    return !m_profile.isEmpty() && isVideoModelId(endpointId) && !isFresh();
}

void VideoModels::prepare()
{
    m_isWanted = !m_isRead;
    if (m_profile.isEmpty() || !m_isRead || m_reading.isBusy())
        return;
    if (isFresh() || (m_failedAt && m_clock.steadyNow() - *m_failedAt < kAfterError))
        return;
    ApiRequest request;
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/v3/admin/video-unify-api/config");
    const QUrl url = requestUrl(m_api.config().apiRoot, request);
    m_reading.reset(m_downloader.fetch(url, {videomodels::kMostBytes, kPatience}))
        ->onFinished(this, [this](const Result<Download> &answer) { fetched(answer); });
}

void VideoModels::fetched(const Result<Download> &answer)
{
    if (!answer) {
        if (!answer.error().isCanceled())
            adopt(answer.error());
        return;
    }
    auto *call = Call<VideoModelList>::create(this);
    m_reading.reset(call)->onFinished(this, [this](const Result<VideoModelList> &read) {
        if (read || !read.error().isCanceled())
            adopt(read);
    });
    m_pool.start([this, out = QPointer(call), bytes = answer->bytes, now = m_clock.now(), older = m_list] {
        Result<VideoModelList> read = videomodels::decode(bytes, now);
        if (read)
            read = videomodels::merged(*read, older);
        // The pool does not outlive this object: posting to it is safe here.
        QMetaObject::invokeMethod(
            this,
            [out, result = std::make_shared<Result<VideoModelList>>(std::move(read))] {
                if (out)
                    out->resolve(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

void VideoModels::adopt(const Result<VideoModelList> &read)
{
    if (!read) {
        m_failedAt = m_clock.steadyNow();
        qCInfo(lcCloud) << "The video models are not described:" << read.error().toLogString();
        emit failed(read.error());
        return;
    }
    m_failedAt.reset();
    m_list = *read;
    m_files.write(fileName(m_profile), [list = m_list] { return videomodels::written(list); })
        ->onFinished(this, [](const Result<Done> &done) {
            if (!done)
                qCWarning(lcCloud) << "The list of video models is not kept:" << done.error().toLogString();
        });
    emit changed();
}

} // namespace novita
