// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/fakebackend.h"

#include <QPointer>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace novita {

/// The queue on a file of its own, between a backend and a keeper that a test answers for.
struct QueueBench
{
    QueueBench()
    {
        endpoint.id = QStringLiteral("txt2img");
        start();
    }

    /// As after a kill: nothing is asked of the one that runs.
    void start()
    {
        queue.reset();
        file.reopen();
        queue = std::make_unique<ImageQueue>(ImageQueue::Parts{
            file.database(), keeper, [this](const QString &id) { return id == endpoint.id ? &endpoint : nullptr; },
            clock, [] { return 0.5; }, [this] { return webhook ? Call<QUrl>::settledWith(*webhook) : nullptr; },
            Milliseconds(100),
            [this](Milliseconds wait, QObject *who, const std::function<void()> &then) {
                if (holdsWaits)
                    waits.append({wait, who, then});
                else
                    QTimer::singleShot(wait, who, then);
            }});
        queue->addBackend(backend);
        queue->open(kMine);
        QObject::connect(queue.get(), &ImageQueue::finished, queue.get(),
                         [this](const ImageJob &job) { finished.append(job); });
        settle();
    }
    /// Until what was asked of the file is done.
    void settle() { (void)await(PictureStore(file.database()).totals(kMine)); }

    static NewImageJob job(const QString &prompt, int expected = 1)
    {
        NewImageJob out;
        out.backend = QStringLiteral("fake");
        out.recipe = {QStringLiteral("txt2img"), {{QStringLiteral("prompt"), prompt}}};
        out.options.outputType = QStringLiteral("png");
        out.expected = expected;
        return out;
    }
    ImageJobId add(const QString &prompt, int expected = 1)
    {
        return await(queue->add({job(prompt, expected)})).value().first();
    }
    /// add(), until the backend has been asked for it.
    ImageJobId send(const QString &prompt, int expected = 1)
    {
        const qsizetype before = backend.submits.size();
        const ImageJobId id = add(prompt, expected);
        (void)QTest::qWaitFor([this, before] { return backend.submits.size() > before; });
        return id;
    }
    /// One that the backend makes at once: `pictures` links to fetch.
    ImageJobId make(int pictures)
    {
        const ImageJobId id = send(QStringLiteral("a"), pictures);
        if (!backend.submits.isEmpty())
            backend.submits.last()->resolve(FakeBackend::succeeded(kTask, pictures));
        return id;
    }
    /// The next question how a task stands, once it is asked.
    void answerLook(const Result<ImageWork> &work)
    {
        const auto isAsked = [this] {
            return !backend.looks.isEmpty() && backend.looks.last() && !backend.looks.last()->isSettled();
        };
        if (QTest::qWaitFor(isAsked))
            backend.looks.last()->resolve(work);
    }
    void answerLook(int pictures) { answerLook(FakeBackend::succeeded(kTask, pictures)); }
    ImageJobState state(const ImageJobId &id) const { return queue->job(id)->job.state; }
    int pictures() { return await(PictureStore(file.database()).totals(kMine)).value().pictures; }
    /// What waits, in order.
    QString waiting() const
    {
        QString out;
        const QList<ImageJobView> views = queue->jobs();
        for (const ImageJobView &view : views)
            out += view.job.state == ImageJobState::Waiting ? view.job.recipe.value(QLatin1String("prompt")).toString()
                                                            : QString();
        return out;
    }

    inline static const QString kTask = QStringLiteral("t1"); ///< of make()

    struct Wait
    {
        Milliseconds time;
        QPointer<QObject> who;
        std::function<void()> then;

        void end() const
        {
            if (who)
                then();
        }
    };

    bool holdsWaits = false; ///< from here on a test ends them
    QList<Wait> waits;
    FakeClock clock;
    ImagesFile file;
    FakeKeeper keeper;
    FakeBackend backend;
    EndpointSpec endpoint;
    QList<ImageJob> finished;
    std::optional<Result<QUrl>> webhook;
    std::unique_ptr<ImageQueue> queue;
};

} // namespace novita
