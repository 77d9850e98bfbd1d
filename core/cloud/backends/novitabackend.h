// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/imagebackend.h"
#include "core/cloud/services/imageservice.h"

#include <QHash>
#include <QPointer>

#include <functional>

namespace novita {

/// Novita's image and video endpoints: jobs become tasks, or are answered at once. A task goes on, and is charged, whatever becomes of this program; there is no
/// way to stop one.
class NovitaBackend final : public ImageBackend
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NovitaBackend)

public:
    static QString backendId() { return QStringLiteral("novita"); }
    static constexpr int kCapacity = 5; ///< well below the lowest limit of images a minute that is documented

    /// `client` must outlive it.
    explicit NovitaBackend(ApiClient &client, QObject *parent = nullptr);

    QString id() const override { return backendId(); }
    QString name() const override { return QStringLiteral("Novita"); }
    int capacity() const override { return kCapacity; }
    bool keepsTasks() const override { return true; }
    bool canInterrupt() const override { return false; }

    Call<ImageWork> *submit(const ImageRequest &request) override;
    bool isUnsent(const CallBase &submitting) const override;
    Call<ImageWork> *look(const QString &task) override;
    Call<Done> *interrupt() override;

private:
    template<typename T>
    Call<ImageWork> *follow(Call<T> *request, std::function<Result<ImageWork>(const Result<T> &)> map);

    const ApiClient &m_client;
    ImageService m_service;
    QHash<const QObject *, QPointer<CallBase>> m_requests; ///< of the calls of submit()
};

} // namespace novita
