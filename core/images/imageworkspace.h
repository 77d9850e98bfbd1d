// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/retirement.h"
#include "core/database/databasestatus.h"
#include "core/gallery/picturefiles.h"
#include "core/net/reach.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace novita {

class ApiClient;
class Database;
class ImageQueue;
class ImageServers;
class InstanceStore;
class LanguageChat;
class LanguageModels;
class LooseFiles;
class ModelCatalogue;
class ModelPreviews;
class ModelService;
class PictureStore;
class PromptLog;
class SecretStore;
class Settings;
class VideoModels;

/// All that the image workspace consists of, for one data folder: the endpoint table, the queue with its backends, the gallery with its files, prompts and
/// styles; beside it, the language models and the chat. The one thing that pages are given.
///
/// Owner: composition root. Thread: the UI's; blocks nowhere but for its end (see Database).
class ImageWorkspace final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageWorkspace)

public:
    struct Parts
    {
        ApiClient &api;                 ///< with the session's key
        QNetworkAccessManager &links;   ///< for links: no key ever
        const Clock &clock;
        QString dataDir;                ///< images.sqlite, gallery/, previews/, endpoints/ and wildcards/, language/ and video/ lie in it
        std::function<double()> random; ///< values in [0, 1)
        std::function<Call<QUrl> *()> webhook; ///< see ImageRunParts
        /// What image servers of one's own need; without one of them there are none.
        Settings *settings = nullptr;
        SecretStore *secrets = nullptr;
        const InstanceStore *instances = nullptr;
    };

    explicit ImageWorkspace(const Parts &parts, QObject *parent = nullptr);
    ~ImageWorkspace() override;

    /// Another profile: its queue, its gallery. `reach`: where its links may lead.
    void open(const ProfileId &profile, Reach reach);
    void close();
    /// Of a profile that is removed: what was kept of its catalogue, its video and language models and its conversation goes. Its pictures, its jobs and its prompts
    /// stay. Closes it.
    void forget(const ProfileId &profile);
    /// What is written into files is as kImageMetadata says, now and as it changes. `settings` must outlive this object.
    void follow(Settings &settings);
    const ProfileId &profile() const { return m_profile; } ///< empty before open()

    ImageQueue &queue();
    PictureStore &pictures();
    LooseFiles &looseFiles();
    PromptLog &prompts();
    ModelService &models();
    ModelCatalogue &catalogue();
    ModelPreviews &previews(); ///< covers of the catalogue
    ImageServers *servers(); ///< null without what they need: see Parts
    LanguageModels &languageModels();
    LanguageChat &chat();
    const PictureFiles &files() const { return m_files; }
    const QString &wildcardsFolder() const { return m_wildcardsFolder; } ///< may not be there yet
    VideoModels &videoModels();
    /// With the video models that the cloud describes, which come and go with the profile: see endpointsChanged().
    const EndpointTable &endpoints() const { return m_endpoints; }
    const QStringList &endpointProblems() const { return m_endpointProblems; } ///< of files that a person has put into the folder
    /// What servers have said of their endpoints, as RetirementLog keeps it.
    const RetiredMarks &retired() const { return m_retired; }
    const DatabaseStatus &status() const;
    /// For whoever has changed pictures by pictures(): all that show some read them anew.
    void tellGalleryChanged() { emit galleryChanged(); }

signals:
    void profileChanged();
    /// Pictures were added or changed.
    void galleryChanged();
    void retiredChanged();
    /// The table is another, or the disk has said which video models it has: pointers into it are void.
    void endpointsChanged();
    void statusChanged(const novita::DatabaseStatus &status);

private:
    struct Members;

    void followVideoModels();
    void readMarks();
    void noteAnswer(const QString &endpoint, const std::optional<Error> &error);

    const Clock &m_clock;
    PictureFiles m_files;
    QString m_wildcardsFolder;
    EndpointTable m_endpoints;
    QStringList m_endpointProblems;
    const std::unique_ptr<Members> m; ///< after what it refers to
    RetiredMarks m_retired;
    QSet<QString> m_answered; ///< endpoints that have answered since open(): what the disk says of them is older
    CallGuard m_marksRead;
    ProfileId m_profile;
};

} // namespace novita
