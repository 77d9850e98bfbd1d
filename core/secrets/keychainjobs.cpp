// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keychainjobs.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QLibrary>

namespace novita::keychainjobs {

namespace {

Error failure(const QKeychain::Job &job)
{
    const QString sentence = job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser
        ? QCoreApplication::translate("KeychainJobs", "The keychain refused access.")
        : QCoreApplication::translate("KeychainJobs", "The keychain failed.");
    return Error::make(ErrorKind::Keychain, sentence, job.errorString());
}

// No parent: the backends keep a bare pointer to a running job, so it may only go when it has finished.
template<typename Job, typename T, typename OnDone>
void start(Job *job, const QString &key, Call<T> *call, OnDone onDone)
{
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, call, [call, job, onDone] { call->resolve(onDone(*job)); });
    job->start();
}

} // namespace

Call<std::optional<QString>> *read(const QString &service, const QString &key, QObject *parent)
{
    using Value = std::optional<QString>;
    auto *call = Call<Value>::create(parent);
    start(new QKeychain::ReadPasswordJob(service), key, call, [](const QKeychain::ReadPasswordJob &job) -> Result<Value> {
        if (job.error() == QKeychain::EntryNotFound)
            return Value();
        if (job.error() != QKeychain::NoError)
            return failure(job);
        return Value(job.textData());
    });
    return call;
}

Call<Done> *write(const QString &service, const QString &key, const QString &value, QObject *parent)
{
    auto *call = Call<Done>::create(parent);
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(value);
    start(job, key, call, [](const QKeychain::WritePasswordJob &done) -> Result<Done> {
        if (done.error() != QKeychain::NoError)
            return failure(done);
        return Done{};
    });
    return call;
}

Call<Done> *remove(const QString &service, const QString &key, QObject *parent)
{
    auto *call = Call<Done>::create(parent);
    start(new QKeychain::DeletePasswordJob(service), key, call, [](const QKeychain::DeletePasswordJob &job) -> Result<Done> {
        if (job.error() != QKeychain::NoError && job.error() != QKeychain::EntryNotFound)
            return failure(job);
        return Done{};
    });
    return call;
}

void dropSession()
{
    // QtKeychain loads libsecret at run time by this name and version, and has no word for this.
    QLibrary libsecret(QStringLiteral("secret-1"), 0);
    if (const QFunctionPointer disconnect = libsecret.resolve("secret_service_disconnect"))
        disconnect();
}

} // namespace novita::keychainjobs
