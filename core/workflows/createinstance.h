// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/requestpreview.h"
#include "core/cloud/types/activityevent.h"
#include "core/cloud/types/instancedraft.h"
#include "core/database/operationlog.h"
#include "core/workflows/createoutcome.h"

#include <QObject>

#include <memory>

namespace novita {

class ApiClient;
class CreateJournal;
class ProfileStore;
class Refresher;
struct Stores;

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

    /// Validation problems are ErrorKind::Validation with one line per problem in `detail`. A draft without a name gets one,
    /// and a name that is taken gets a number, so that the instance can be found again; the outcome says which.
    ///
    /// The same draft once more while it is under way joins the first: a double click creates one instance. After an
    /// Unknown, or a 5xx, the same draft (or one for the same place of a batch) first looks whether the instance has
    /// turned up. Canceling the call stops the listening only.
    ///
    /// `place`: the batch it is part of, for the journal. `by`: whose wish it is, for the activity.
    Call<CreateOutcome> *create(const InstanceDraft &wish, const BatchPlace &place = {}, EventSource by = EventSource::You);

    /// Reads the instances once more for the create at `place` whose outcome is unknown; nothing is sent. Adopted, or Unknown with
    /// a sentence on what was seen.
    Call<CreateOutcome> *lookAgain(const BatchPlace &place);
    /// A create of a batch that the journal has closed as unknown: it can be looked for again, and what create() is asked to make
    /// at its place looks for it first. Others are ignored.
    void recall(const Operation &closed);

    /// The request that create() sends for `wish` under the name it has now. Nothing is sent.
    RequestPreview preview(const InstanceDraft &wish) const;

    /// Where creates are written down before they are sent; outlives this. Null: nowhere.
    void setJournal(CreateJournal *journal);
    /// Looks for what an earlier run of the program has sent without learning its outcome: a search for each, nothing is sent.
    /// To be called once the profile of the journal is connected.
    void resume();

    /// A name that no known instance has: "trainer-a-2".
    QString freeName(const QString &wanted) const;

    /// The waits between the searches after a lost answer; about 30 s in all unless told otherwise.
    void setSearchWaits(const QList<Milliseconds> &waits);

signals:
    /// An instance is ours, newly made or adopted: to be watched.
    void made(const novita::CreateOutcome &outcome);
    /// A create that was sent made nothing.
    void failed(const novita::InstanceDraft &draft, const novita::Error &error);
    /// The instance of a create that had ended as Unknown is there after all. Also told of as made().
    void turnedUp(const novita::CreateOutcome &outcome);
    /// What became of a create that an earlier run of the program has sent.
    void resumed(const novita::OperationId &operation, const novita::BatchPlace &place, const novita::Result<novita::CreateOutcome> &result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
