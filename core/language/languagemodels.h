// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/services/languageservice.h"
#include "core/cloud/stores/entitystore.h"
#include "core/cloud/types/languagemodel.h"
#include "core/language/modellistfile.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace novita {

class ApiClient;
class KeptFiles;

using LanguageModelStore = EntityStore<LanguageModel>;

/// Where the list of language models comes from.
enum class ModelListSource {
    None,    ///< nothing yet
    Live,    ///< from the cloud, in this run
    Kept,    ///< the last good one, from the disk
    BuiltIn, ///< the five that are always there
};

/// Why it is not live.
enum class ModelListReason {
    None,       ///< it is, or it is not known yet
    NoKey,      ///< no API key is set
    KeyRejected,
    Settings,   ///< the API root, proxy or CA file of the settings does not allow to ask
    Refused,    ///< the service does not give it to this key
    Offline,    ///< the service could not be reached, or has trouble
    Empty,      ///< the service named no model
    Unreadable, ///< the answer made no sense
};

/// The language models of the profile: live, else the last good list with its date, else the built-in five. What is there is never taken away by a
/// failure. Thread: the UI's; blocks nowhere.
class LanguageModels final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LanguageModels)

public:
    /// All must outlive it.
    LanguageModels(ApiClient &client, KeptFiles &files, const Clock &clock, QObject *parent = nullptr);
    ~LanguageModels() override;

    /// Another profile; its kept list shows until read() has a newer one.
    void open(const ProfileId &profile);
    void close();

    /// Asks the cloud; one question at a time. `anew`: an answer of the last hour will not do. Without a key it does so by itself once there is one.
    void read(bool anew);

    LanguageModelStore &store() { return m_store; }
    /// By its id, else by what plainModelName() leaves of it, in any case; in a time that does not depend on how many there are. Valid until the list changes.
    const LanguageModel *find(const QString &id) const;

    ModelListSource source() const { return m_source; }
    ModelListReason reason() const { return m_reason; }
    /// Behind the reason; nullopt without one.
    const std::optional<Error> &error() const { return m_error; }
    /// When the cloud gave the list; nullopt for the built-in one.
    std::optional<TimePoint> dated() const;
    bool isReading() const { return m_reading.isBusy(); }
    /// The live list had rows that made no sense, or more than are kept.
    bool isPartial() const { return m_source == ModelListSource::Live && m_isPartial; }

signals:
    /// Source, reason, date or reading; the rows are told by the store.
    void changed();

private:
    void answered(const Result<RowList<LanguageModel>> &result);
    void adopt(const QList<LanguageModel> &models);
    void fallBack(ModelListReason reason, const std::optional<Error> &error);
    void present();

    ApiClient &m_client;
    KeptFiles &m_files;
    const Clock &m_clock;
    LanguageService m_service;
    LanguageModelStore m_store;
    ProfileId m_profile;
    ModelListSource m_source = ModelListSource::None;
    ModelListReason m_reason = ModelListReason::None;
    std::optional<Error> m_error;
    std::optional<KeptModelList> m_kept; ///< nullopt until the file was read
    std::optional<TimePoint> m_liveAt;
    bool m_isPartial = false;
    QHash<QString, LanguageModelId> m_plainNames; ///< in small letters
    CallGuard m_reading;
    CallGuard m_keptReading;
};

} // namespace novita
