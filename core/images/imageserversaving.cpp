// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageserverentry.h"

#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/secrets/secretstore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

// Adding, changing and removing image servers.

namespace novita {

Result<Done> ImageServers::write(const QList<ImageServer> &servers)
{
    return m_parts.settings.setValue(keys::kImageServers, imageServersToText(servers)); // reload() follows
}

/// Why `next` cannot be asked with the password that is kept.
std::optional<Error> ImageServers::passwordTrouble(const ImageServer &next, const std::optional<QString> &password) const
{
    const Entry *known = entry(next.id);
    if (!known || password || next.user.isEmpty() || next.isAtSamePlace(known->server))
        return std::nullopt;
    return Error::make(ErrorKind::Validation, tr("The server is at another address now: enter the password again."));
}

Error ImageServers::tooMany() const
{
    return Error::make(ErrorKind::Validation, tr("There are too many image servers: %1 at most.").arg(kMostServers));
}

void ImageServers::takePassword(const QString &id, const std::optional<QString> &password)
{
    Entry *known = password ? entry(id) : nullptr;
    if (!known)
        return;
    known->password = password->isEmpty() ? std::nullopt : password;
    known->passwordProblem.clear();
    known->reading.reset(); // it would be the one before
}

Call<QString> *ImageServers::save(const ImageServer &server, const std::optional<QString> &password)
{
    ImageServer next = server;
    if (const std::optional<Error> problem = server.problem())
        return Call<QString>::settledWith(*problem, this);
    if (const std::optional<Error> problem = passwordTrouble(server, password))
        return Call<QString>::settledWith(*problem, this);
    const Entry *before = entry(server.id);
    if (!before && m_entries.size() >= kMostServers)
        return Call<QString>::settledWith(tooMany(), this);
    const bool hadLogin = before && !before->server.user.isEmpty();
    if (next.id.isEmpty())
        next.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    auto *call = Call<QString>::create(this);
    const auto put = [this, next, password, out = QPointer<Call<QString>>(call)] {
        QList<ImageServer> all = servers();
        const auto known = std::find_if(all.begin(), all.end(), [&next](const ImageServer &one) { return one.id == next.id; });
        if (known == all.end() && all.size() >= kMostServers) { // others were quicker
            if (password)
                m_parts.secrets.remove(next.secretName());
            if (out)
                out->resolve(tooMany());
            return;
        }
        if (known == all.end())
            all.append(next);
        else
            *known = next;
        takePassword(next.id, password); // before anything is sent to where it is now
        const Result<Done> written = write(all);
        takePassword(next.id, password); // of a new one
        if (out)
            out->resolve(written ? Result<QString>(next.id) : Result<QString>(written.error()));
        review();
    };
    const bool takesAway = next.user.isEmpty() || (password && password->isEmpty());
    if (password && !takesAway) {
        registerSecret(*password);
        m_parts.secrets.write(next.secretName(), *password)->onFinished(this, [put, out = QPointer<Call<QString>>(call)](const Result<Done> &kept) {
            if (kept)
                put();
            else if (out)
                out->resolve(kept.error());
        });
        return call;
    }
    put();
    if (takesAway && hadLogin) {
        m_parts.secrets.remove(next.secretName())->onFinished(this, [](const Result<Done> &done) {
            if (!done)
                qCWarning(lcSecrets) << "The password of an image server that needs none any more stays in the keychain:" << done.error().toLogString();
        });
    }
    return call;
}

Call<Done> *ImageServers::remove(const QString &id)
{
    QList<ImageServer> all = servers();
    const auto known = std::find_if(all.begin(), all.end(), [&id](const ImageServer &one) { return one.id == id; });
    if (known == all.end())
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("There is no such image server.")), this);
    const ImageServer gone = *known;
    all.erase(known);
    if (const Result<Done> written = write(all); !written)
        return Call<Done>::settledWith(written.error(), this);
    if (gone.user.isEmpty())
        return Call<Done>::settledWith(Done{}, this);
    auto *call = Call<Done>::create(this);
    m_parts.secrets.remove(gone.secretName())->onFinished(this, [this, out = QPointer<Call<Done>>(call)](const Result<Done> &done) {
        const bool isGone = done || m_parts.secrets.state() == KeychainState::Unavailable;
        if (out)
            out->resolve(isGone ? Result<Done>(Done{}) : Result<Done>(Error::make(ErrorKind::Keychain, tr("The server is removed, but its password is still in the keychain: %1").arg(done.error().message))));
    });
    return call;
}

} // namespace novita
