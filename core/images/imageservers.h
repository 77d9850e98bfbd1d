// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/webui.h"
#include "core/images/imageserver.h"
#include "core/net/reach.h"

#include <QHash>
#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace novita {

class ApiClient;
class ImageQueue;
class InstanceStore;
class SecretStore;
class Settings;
class WebUiBackend;

enum class ImageServerState : std::uint8_t {
    Ready,   ///< its address is known; whether it answers shows when it is asked
    Finding, ///< the instance, its address or the password is being read
    Stopped, ///< its instance does not run
    Gone,    ///< its instance is not among those of the account, or has no such port
    Locked,  ///< the password cannot be had
    Refused, ///< it may not be asked at this address
};

/// A server as it stands now.
struct ImageServerView
{
    ImageServer server;
    ImageServerState state = ImageServerState::Finding;
    QString sentence;        ///< what is the matter; empty when it is ready
    QUrl address;            ///< when it is known
    bool isReadable = false; ///< isReadableOnTheWay(address)
    QString backend;         ///< ImageJob::backend of its jobs
    bool operator==(const ImageServerView &) const = default;
};

/// How far a test came.
struct ImageServerReport
{
    enum class Step : std::uint8_t { Address, Connection, Login, Api, Done };
    Step failed = Step::Done;  ///< the one that failed, or Done
    std::optional<Error> error;
    WebUiLists lists;          ///< when none failed
};

/// The image servers that a person has added, in the settings, with their passwords in the keychain. Each is a backend of the queue, by the id
/// WebUiBackend::backendId(), for as long as it is in the list; one on an instance follows the instance: it takes jobs while that runs, wherever its port
/// then answers.
///
/// Thread: the one that made it; never blocks.
class ImageServers final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageServers)

public:
    static constexpr int kMostServers = 32;

    struct Parts
    {
        Settings &settings;
        SecretStore &secrets;
        const InstanceStore &instances;
        ApiClient &api;                 ///< for the ports of an instance
        QNetworkAccessManager &network; ///< for the servers: no key ever
        ImageQueue &queue;
        const Clock &clock;
    };

    explicit ImageServers(const Parts &parts, QObject *parent = nullptr);
    ~ImageServers() override;

    /// Where addresses of instances may lead: another profile.
    void setReach(Reach reach);

    QList<ImageServerView> all() const;
    std::optional<ImageServerView> find(const QString &id) const;
    /// By ImageJob::backend.
    std::optional<ImageServerView> findBackend(const QString &backend) const;

    /// Adds one without an id, or replaces the one with it. `password`: unset leaves what there is, empty takes it away. Unset for another place
    /// (ImageServer::isAtSamePlace()) is ErrorKind::Validation: a password goes nowhere that it was not entered for. When the keychain refuses, nothing
    /// has changed. Delivers its id.
    Call<QString> *save(const ImageServer &server, const std::optional<QString> &password);
    /// Its jobs wait for a server that is not there, but for the one under way, which is lost.
    Call<Done> *remove(const QString &id);
    /// Asks it as it would be asked, saved or not. `password`: unset takes the one that is kept, as save() does. An Error only when canceled.
    Call<ImageServerReport> *test(const ImageServer &server, const std::optional<QString> &password);

    /// What its jobs may name, as it said last in this run; nullopt before.
    std::optional<WebUiLists> lists(const QString &id) const;
    /// Asks for them; listsChanged() follows, also when it does not answer: listsProblem() says why then.
    void readLists(const QString &id);
    QString listsProblem(const QString &id) const;

    /// nullptr for an unknown one.
    WebUiBackend *backend(const QString &id) const;

signals:
    /// The list, or how one of them stands.
    void changed();
    void listsChanged(const QString &id);

private:
    struct Entry;
    struct KnownPorts
    {
        std::optional<TimePoint> startedAt;
        QList<PortMapping> ports;
        std::optional<TimePoint> askedAt;
        QString problem;
    };

    void reload();
    void review();
    void readPassword(Entry &entry);
    ImageServerView resolve(const Entry &entry);
    ImageServerView resolveOnInstance(const ImageServer &server);
    void askForPorts(const InstanceId &id);
    std::optional<Error> passwordTrouble(const ImageServer &next, const std::optional<QString> &password) const;
    Error tooMany() const;
    Result<Done> write(const QList<ImageServer> &servers);
    QList<ImageServer> servers() const;
    Entry *entry(const QString &id) const;

    const Parts m_parts;
    Reach m_reach = Reach::Internet;
    std::vector<std::unique_ptr<Entry>> m_entries;
    QHash<InstanceId, KnownPorts> m_ports;
    quint64 m_account = 0;
};

} // namespace novita
