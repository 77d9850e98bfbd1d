// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/imagebackend.h"
#include "core/images/imagekeeper.h"

#include <QHash>
#include <QList>
#include <QPointer>

namespace novita {

/// A backend that a test answers for.
class FakeBackend final : public ImageBackend
{
    Q_OBJECT

public:
    QString id() const override { return key; }
    QString name() const override { return QStringLiteral("Fake"); }
    int capacity() const override { return most; }
    bool keepsTasks() const override { return true; }
    bool canInterrupt() const override { return interruptible; }

    Call<ImageWork> *submit(const ImageRequest &request) override
    {
        requests.append(request);
        submits.append(Call<ImageWork>::create(this));
        return submits.last();
    }
    bool isUnsent(const CallBase &submitting) const override { return holdsBack && !submitting.isSettled(); }
    Call<ImageWork> *look(const QString &task) override
    {
        looked.append(task);
        looks.append(Call<ImageWork>::create(this));
        return looks.last();
    }
    Call<Done> *interrupt() override
    {
        ++interrupts;
        return interruptHangs ? Call<Done>::create(this) : Call<Done>::settledWith(Done{}, this);
    }

    static ImageWork queued(const QString &task) { return {TaskStatus::Queued, task, {}, {}, {}, {}, {}}; }
    static ImageWork succeeded(const QString &task, int pictures)
    {
        ImageWork work{TaskStatus::Succeeded, task, {}, {}, {}, {}, {}};
        for (int i = 0; i < pictures; ++i)
            work.results.append({QByteArray(), {QUrl(QStringLiteral("https://store.example/%1.png").arg(i)), {}, QStringLiteral("png"), {}}, false, 100 + i});
        return work;
    }
    static Error lostReply()
    {
        Error error = Error::make(ErrorKind::Network, QStringLiteral("no complete answer"));
        error.effectUnknown = true;
        return error;
    }

    QString key = QStringLiteral("fake");
    int most = 2;
    bool interruptible = false;
    bool interruptHangs = false;
    bool holdsBack = false; ///< what it is asked for leaves the program later
    int interrupts = 0;
    QList<ImageRequest> requests;
    QList<QPointer<Call<ImageWork>>> submits;
    QList<QString> looked;
    QList<QPointer<Call<ImageWork>>> looks;
};

/// Keeps nothing, and says what a test wants it to.
class FakeKeeper final : public ImageKeeper
{
public:
    Call<Picture> *keep(const ImageJob &job, const ImageResult &result, int ordinal) override
    {
        asked.append(ordinal);
        if (hanging.contains(ordinal)) {
            hung.insert(ordinal, Call<Picture>::create());
            return hung.value(ordinal);
        }
        if (!failures.isEmpty())
            return Call<Picture>::settledWith(failures.takeFirst());
        Picture picture = made(job.id, ordinal);
        picture.seed = result.seed;
        picture.prompt = job.recipe.value(QLatin1String("prompt")).toString();
        return Call<Picture>::settledWith(picture);
    }
    Call<Done> *room(const ImageJob &, int) override
    {
        ++roomAsked;
        return Call<Done>::settledWith(noRoom ? Result<Done>(*noRoom) : Result<Done>(Done()));
    }
    Call<InputImages> *inputs(const ImageJob &job) override
    {
        InputImages images;
        for (auto input = job.inputs.begin(); input != job.inputs.end(); ++input)
            images.insert(input.key(), {input.value().toString().toUtf8(), QStringLiteral("png"), 8, 8, {}});
        return Call<InputImages>::settledWith(images);
    }

    Call<QList<Picture>> *keptBefore(const ImageJob &job) override
    {
        QList<Picture> pictures;
        for (const int ordinal : earlier) {
            Picture picture;
            picture.job = job.id;
            picture.ordinal = ordinal;
            picture.file = QStringLiteral("originals/2027-02/%1.png").arg(ordinal, 32, 16, QLatin1Char('0'));
            pictures.append(picture);
        }
        return Call<QList<Picture>>::settledWith(pictures);
    }

    /// What keep() comes to for one that hangs no longer.
    Picture made(const ImageJobId &job, int ordinal) const
    {
        Picture picture;
        picture.job = job;
        picture.ordinal = ordinal;
        picture.file = QStringLiteral("originals/2027-01/%1.png").arg(asked.size(), 32, 16, QLatin1Char('0'));
        return picture;
    }

    std::optional<Error> noRoom;
    int roomAsked = 0;
    QList<int> asked;
    QList<int> hanging; ///< those that a test answers for
    QHash<int, QPointer<Call<Picture>>> hung;
    QList<int> earlier; ///< those that a run before has put on the disk
    QList<Error> failures; ///< of the next ones
};

} // namespace novita
