// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/inputimage.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/cloud/endpoints/requestbody.h"
#include "core/cloud/types/imagetask.h"

#include <QObject>

#include <optional>

namespace novita {

/// What is asked of a backend.
struct ImageRequest
{
    EndpointSpec endpoint;
    Recipe recipe;
    InputImages images;
    RequestOptions options;
};

/// One picture or video that a backend has made: its bytes, or where they are.
struct ImageResult
{
    QByteArray bytes;
    MediaLink link;                ///< when there are no bytes
    bool isVideo = false;
    std::optional<qint64> seed;    ///< of this one
    std::optional<TimePoint> submittedAt = {}; ///< when the server took its job, by the server's clock, where it tells
    std::optional<TimePoint> completedAt = {}; ///< when it was done, likewise
};

/// How a job stands with its backend.
struct ImageWork
{
    TaskStatus status = TaskStatus::Unknown;
    QString task;                  ///< to ask again with; empty where there is nothing to ask for
    std::optional<int> percent;    ///< never proof of the end
    std::optional<Seconds> eta;
    QList<ImageResult> results;    ///< of one that has succeeded
    QString text;                  ///< of image → prompt
    QString reason;                ///< why it failed

    bool isFinished() const { return status == TaskStatus::Succeeded || status == TaskStatus::Failed; }
};

/// Where pictures come from: Novita's tasks, or a Stable Diffusion WebUI server. Sends what it is given, once, and reports; knows no queue, no
/// database and no file. Thread: the one that made it.
class ImageBackend : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageBackend)

public:
    explicit ImageBackend(QObject *parent = nullptr) : QObject(parent) {}

    virtual QString id() const = 0;   ///< ImageJob::backend
    virtual QString name() const = 0; ///< for people
    /// Jobs that it may have at a time.
    virtual int capacity() const = 0;
    /// Its jobs go on, and can be asked for, when this program ends.
    virtual bool keepsTasks() const = 0;
    /// A job that runs can be stopped. If not, it goes on and is charged whoever waits for it.
    virtual bool canInterrupt() const = 0;
    /// Why it takes no jobs now, in a sentence; empty while it does.
    virtual QString trouble() const { return {}; }
    /// It has a login of its own: one that is refused is in trouble() and holds its jobs alone, until readinessChanged().
    virtual bool hasOwnLogin() const { return false; }
    /// Somebody wants it tried once more, whatever trouble() says.
    virtual void tryAgain() {}

    /// Sends the job. Delivered when the backend has it, or, where it answers only then, when it is done. Error::effectUnknown: it may have
    /// it, and must not be sent again. ErrorKind::Canceled: interrupt() has stopped it; Error::detail is what else a person should know of that.
    virtual Call<ImageWork> *submit(const ImageRequest &request) = 0;
    /// Of a call of submit(): nothing of its job has left this program. To cancel the call takes it back for good.
    virtual bool isUnsent([[maybe_unused]] const CallBase &submitting) const { return false; }
    /// `task` of an ImageWork of this backend. ErrorKind::NotFound: it does not know it any more.
    virtual Call<ImageWork> *look(const QString &task) = 0;
    virtual Call<Done> *interrupt() = 0; ///< what runs now; ErrorKind::Validation where it cannot

signals:
    /// Of the job that submit() waits for, where the backend tells.
    void progressed(int percent, std::optional<novita::Seconds> eta);
    /// What is doubtful about progressed() and interrupt() now, in a sentence: another job may be meant. Empty when that is over.
    void doubted(const QString &sentence);
    /// capacity() or trouble() is another.
    void readinessChanged();
    /// It has answered a question that was no job's, as it should: what is held back because it did not answer can go.
    void answered();
};

} // namespace novita
