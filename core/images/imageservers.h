// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/images/imageserverview.h"
#include "core/net/reach.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace novita {

class ApiClient;
class Clock;
class ImageQueue;
class InstanceAddresses;
class InstanceStore;
class SecretStore;
class Settings;
class WebUiBackend;
struct WebUiTarget;

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
    /// Asks it as it would be asked, saved or not; once its address is known, where that has to be read first. `password`: unset takes the one that is kept, as save() does. What comes of it is known of the server that is saved just so. An Error only when canceled.
    Call<ImageServerReport> *test(const ImageServer &server, const std::optional<QString> &password);

    /// What its jobs may name, as it said last in this run; nullopt before.
    std::optional<WebUiLists> lists(const QString &id) const;
    ServerListsState listsState(const QString &id) const; ///< Unasked for an unknown one
    /// Asks for them; listsChanged() follows, now and when it has answered or has not: listsProblem() says why then.
    void readLists(const QString &id);
    QString listsProblem(const QString &id) const;

    /// What the server reads out of a picture of how it was made, as it says it; `body` of pictureQuestion(). ErrorKind::NotFound: no such server.
    Call<QString> *readPicture(const QString &id, const QByteArray &body);
    /// Of the bytes of a picture's file, which may be large: for a worker. Any thread.
    static QByteArray pictureQuestion(const QByteArray &file);

    /// nullptr for an unknown one.
    WebUiBackend *backend(const QString &id) const;

signals:
    /// The list, or how one of them stands.
    void changed();
    void listsChanged(const QString &id);

private:
    struct Entry;
    struct Tested;

    void reload();
    void review();
    bool aim(Entry &entry, const std::optional<WebUiTarget> &target, const QString &trouble);
    void readPassword(Entry &entry);
    ImageServerView resolve(const Entry &entry);
    Call<ImageServerReport> *testOnceFound(const ImageServer &server, const std::optional<QString> &password);
    static void note(Entry &entry, const Result<WebUiLists> &lists);
    void tookLists(const QString &id, const Result<WebUiLists> &lists);
    std::optional<Error> passwordTrouble(const ImageServer &next, const std::optional<QString> &password) const;
    void takePassword(const QString &id, const std::optional<QString> &password);
    Error tooMany() const;
    Result<Done> write(const QList<ImageServer> &servers);
    QList<ImageServer> servers() const;
    Entry *entry(const QString &id) const;

    const Parts m_parts;
    const std::unique_ptr<InstanceAddresses> m_addresses;
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::unique_ptr<Tested> m_tested; ///< the last one
    bool m_isReviewing = false;
};

} // namespace novita
