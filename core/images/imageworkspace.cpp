// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageworkspace.h"

#include "core/cloud/backends/novitabackend.h"
#include "core/base/logging.h"
#include "core/cloud/services/modelservice.h"
#include "core/database/database.h"
#include "core/gallery/imageskind.h"
#include "core/gallery/inputfiles.h"
#include "core/gallery/loosefiles.h"
#include "core/gallery/picturestore.h"
#include "core/gallery/promptlog.h"
#include "core/images/gallerykeeper.h"
#include "core/images/imagequeue.h"
#include "core/images/imageservers.h"
#include "core/images/joboptions.h"
#include "core/images/metadatasetting.h"
#include "core/images/modelcatalogue.h"
#include "core/images/modelpreviews.h"
#include "core/images/retirementlog.h"
#include "core/images/videomodels.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/language/keptfiles.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"

#include <QThreadPool>
#include <QTimer>

namespace novita {

namespace {

constexpr Seconds kSweepDelay{60};

} // namespace

struct ImageWorkspace::Members
{
    Members(const Parts &parts, const PictureFiles &files, const EndpointTable &endpoints)
        : database(parts.clock, nullptr, imagesKind())
        , pictures(database)
        , looseFiles(database, files)
        , inputFiles(database, files)
        , prompts(database)
        , models(parts.api)
        , catalogue(models, database, parts.clock)
        , previews(parts.links, parts.dataDir + QStringLiteral("/previews"))
        , videoModels(parts.links, parts.api, parts.dataDir + QStringLiteral("/video"), parts.clock)
        , retirements(database)
        , backend(parts.api)
        , keeper(parts.links, parts.clock, files)
        , languageFiles(parts.dataDir + QStringLiteral("/language"))
        , languageModels(parts.api, languageFiles, parts.clock)
        , chat({parts.api, languageModels, languageFiles, parts.clock})
        , queue({.images = database,
                 .keeper = keeper,
                 .endpoint = [&endpoints](const QString &id) { return endpoints.find(id); },
                 .clock = parts.clock,
                 .random = parts.random,
                 .webhook = parts.webhook,
                 .awaited = [this](const QString &id) { return videoModels.mayDescribe(id); }})
    {
        if (parts.settings && parts.secrets && parts.instances)
            servers = std::make_unique<ImageServers>(ImageServers::Parts{*parts.settings, *parts.secrets, *parts.instances, parts.api, parts.links, queue, parts.clock});
    }

    Database database; // first: it outlives all that asks it
    PictureStore pictures;
    LooseFiles looseFiles;
    InputFiles inputFiles;
    PromptLog prompts;
    ModelService models;
    ModelCatalogue catalogue;
    ModelPreviews previews;
    VideoModels videoModels;
    RetirementLog retirements;
    NovitaBackend backend;
    GalleryKeeper keeper;
    KeptFiles languageFiles;
    LanguageModels languageModels;
    LanguageChat chat;
    ImageQueue queue;
    std::unique_ptr<ImageServers> servers; ///< backends of the queue
};

ImageWorkspace::ImageWorkspace(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_clock(parts.clock)
    , m_files(parts.dataDir + QStringLiteral("/gallery"))
    , m_wildcardsFolder(parts.dataDir + QStringLiteral("/wildcards"))
    , m_endpoints(EndpointTable::builtIn())
    , m_endpointProblems(m_endpoints.addFolder(parts.dataDir + QStringLiteral("/endpoints")))
    , m(std::make_unique<Members>(parts, m_files, m_endpoints))
{
    connect(&m->database, &Database::statusChanged, this, &ImageWorkspace::statusChanged);
    connect(&m->queue, &ImageQueue::finished, this, &ImageWorkspace::galleryChanged);
    connect(&m->queue, &ImageQueue::finished, &m->catalogue, [this](const ImageJob &job) {
        if (job.state == ImageJobState::Done)
            m->catalogue.noteUsed(job.recipe);
    });
    connect(&m->queue, &ImageQueue::endpointAnswered, this, &ImageWorkspace::noteAnswer);
    connect(&m->videoModels, &VideoModels::changed, this, &ImageWorkspace::followVideoModels);
    connect(&m->queue, &ImageQueue::endpointAwaited, &m->videoModels, &VideoModels::prepare);
    connect(&m->videoModels, &VideoModels::failed, &m->queue, [this] {
        // What waits for the list asks for it once more. Not a coarse timer: one that comes early finds that it may not be asked yet.
        QTimer::singleShot(VideoModels::kAfterError, Qt::PreciseTimer, &m->queue, &ImageQueue::followEndpoints);
    });
    m->keeper.setEstimate([this](const ImageJob &job) {
        const EndpointSpec *spec = job.backend == NovitaBackend::backendId() ? m_endpoints.find(job.endpoint) : nullptr; // others have no list prices
        return spec ? estimate(*spec, {job.endpoint, job.recipe}, joboptions::fromJson(job.options)) : GenerationEstimate();
    });
    m->queue.addBackend(m->backend);
    m->database.open(parts.dataDir + QStringLiteral("/images.sqlite"));
    m->looseFiles.sweep();
    // Once a start, and not before what is shown first.
    QTimer::singleShot(kSweepDelay, this, [this] { m->inputFiles.sweep(m_clock.now()); });
    // The disk is slow, and nobody waits for it.
    QThreadPool::globalInstance()->start([files = m_files, now = m_clock.now()] { files.sweep(now); });
}

ImageWorkspace::~ImageWorkspace()
{
    m->queue.close();
}

void ImageWorkspace::open(const ProfileId &profile, Reach reach)
{
    m_profile = profile;
    m->keeper.setReach(reach);
    m->previews.setReach(reach);
    if (m->servers)
        m->servers->setReach(reach);
    m->queue.open(profile);
    m->catalogue.open(profile);
    readMarks();
    m->languageModels.open(profile);
    m->chat.open(profile);
    emit profileChanged();
    m->videoModels.open(profile, reach); // last: what is still to be written of the other profile names its endpoints
}

void ImageWorkspace::close()
{
    m_profile = {};
    m->queue.close();
    m->catalogue.close();
    readMarks();
    m->chat.close();
    m->languageModels.close();
    emit profileChanged();
    m->videoModels.close();
}

void ImageWorkspace::forget(const ProfileId &profile)
{
    if (profile == m_profile)
        close();
    m->catalogue.forget(profile);
    m->retirements.forget(profile);
    for (Call<Done> *forgetting : {m->languageFiles.forget(profile.toString()), m->videoModels.forget(profile)}) {
        forgetting->onFinished(this, [](const Result<Done> &gone) {
            if (!gone)
                qCWarning(lcDatabase) << "Something of a removed profile is still there:" << gone.error().toLogString();
        });
    }
}

void ImageWorkspace::follow(Settings &settings)
{
    const auto apply = [this, &settings] { m->keeper.setWriteOptions(writeOptionsFor(settings.value(keys::kImageMetadata))); };
    apply();
    connect(&settings, &Settings::changed, this, [apply](const QString &key) {
        if (key == keys::kImageMetadata.name)
            apply();
    });
}

void ImageWorkspace::followVideoModels()
{
    m_endpoints.setVideoModels(m->videoModels.list().endpoints());
    emit endpointsChanged();
    m->queue.followEndpoints();
}

void ImageWorkspace::readMarks()
{
    m_marksRead.reset();
    m_answered.clear();
    m_retired.clear();
    emit retiredChanged();
    if (m_profile.isEmpty())
        return;
    m_marksRead.reset(m->retirements.marks(m_profile, m_clock.now()))->onFinished(this, [this](const Result<RetiredMarks> &marks) {
        if (!marks || marks->isEmpty())
            return;
        for (const RetiredMark &mark : *marks) {
            if (!m_answered.contains(mark.endpoint))
                m_retired.insert(mark.endpoint, mark);
        }
        emit retiredChanged();
    });
}

void ImageWorkspace::noteAnswer(const QString &endpoint, const std::optional<Error> &error)
{
    const std::optional<RetiredMark> mark = error ? markRetired(endpoint, *error, m_clock.now()) : std::nullopt;
    if (error && !mark)
        return;
    m_answered.insert(endpoint);
    if (mark) {
        m_retired.insert(endpoint, *mark);
        m->retirements.save(m_profile, *mark);
    } else {
        m_retired.remove(endpoint);
        m->retirements.forget(m_profile, endpoint);
    }
    m_retired.removeIf([this](const auto &one) { return RetirementLog::isOver(one.value(), m_clock.now()); });
    emit retiredChanged();
}

ImageQueue &ImageWorkspace::queue()
{
    return m->queue;
}

PictureStore &ImageWorkspace::pictures()
{
    return m->pictures;
}

LooseFiles &ImageWorkspace::looseFiles()
{
    return m->looseFiles;
}

PromptLog &ImageWorkspace::prompts()
{
    return m->prompts;
}

ModelService &ImageWorkspace::models()
{
    return m->models;
}

ModelCatalogue &ImageWorkspace::catalogue()
{
    return m->catalogue;
}

ModelPreviews &ImageWorkspace::previews()
{
    return m->previews;
}

ImageServers *ImageWorkspace::servers()
{
    return m->servers.get();
}

VideoModels &ImageWorkspace::videoModels()
{
    return m->videoModels;
}

LanguageModels &ImageWorkspace::languageModels()
{
    return m->languageModels;
}

LanguageChat &ImageWorkspace::chat()
{
    return m->chat;
}

const DatabaseStatus &ImageWorkspace::status() const
{
    return m->database.status();
}

} // namespace novita
