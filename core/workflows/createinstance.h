// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/instancedraft.h"

#include <QObject>

#include <memory>

namespace novita {

class ApiClient;
class ProfileStore;
class Refresher;
struct Stores;

/// How a create ended.
struct CreateOutcome
{
    enum class Kind {
        Created, ///< the cloud gave an id
        Adopted, ///< the reply was lost; the instance was found by name and time and is ours
        Unknown, ///< the reply was lost and nothing was found: it may or may not exist; the person decides about a retry
    };
    Kind kind = Kind::Created;
    InstanceId id;        ///< empty for Unknown
    QString message;      ///< a sentence for Adopted and Unknown
};

/// draft → validate → create → watch. A create is sent at most once per call: when its reply is lost the list is searched
/// by name and creation time (several times over some seconds, as a new instance may appear late), and what was there
/// before the request never counts as a match.
class CreateInstance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateInstance)

public:
    CreateInstance(ApiClient &client, Stores &stores, Refresher &refresher, const ProfileStore &profiles, const Clock &clock,
                   QObject *parent = nullptr);
    ~CreateInstance() override;

    /// Validation problems are ErrorKind::Validation with one line per problem in `detail`. A draft without a name gets a
    /// unique one, so that it can be found again.
    Call<CreateOutcome> *create(const InstanceDraft &draft);

    /// A name that no known instance has: "trainer-a-2".
    QString freeName(const QString &wanted) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
