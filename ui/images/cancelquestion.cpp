// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/cancelquestion.h"

#include "core/images/imagequeue.h"
#include "ui/images/queuewords.h"
#include "ui/prompts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>
#include <QWidget>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostNamed = 10;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CancelQuestion)
};

std::optional<ImageJob> goesOn(const ImageQueue &queue, const ImageJobId &id)
{
    const std::optional<ImageJobView> view = queue.job(id);
    const bool goes = view && isOpen(view->job.state) && !queue.canTakeBack(id) && !queue.canInterrupt(id);
    return goes ? std::optional(view->job) : std::nullopt;
}

} // namespace

bool onlyStopsWaiting(const ImageQueue &queue, const QList<ImageJobId> &ids)
{
    bool goesOnWithAny = false;
    for (const ImageJobId &id : ids) {
        const std::optional<ImageJobView> view = queue.job(id);
        if (!view || !isOpen(view->job.state))
            continue;
        if (!goesOn(queue, id))
            return false;
        goesOnWithAny = true;
    }
    return goesOnWithAny;
}

void cancelJobs(ImageQueue &queue, Prompts &prompts, QWidget *asker, const QList<ImageJobId> &ids)
{
    QStringList names;
    QList<ImageJobId> takenBack;
    for (const ImageJobId &id : ids) {
        const std::optional<ImageJobView> view = queue.job(id);
        if (const std::optional<ImageJob> job = goesOn(queue, id))
            names.append(queuewords::subject(*job));
        else if (view && isOpen(view->job.state))
            takenBack.append(id);
    }
    if (names.isEmpty())
        return queue.cancel(ids);
    ConfirmRequest request;
    request.title = !takenBack.isEmpty() ? Text::tr("Cancel jobs, some of them under way?") : Text::tr("Stop waiting for jobs that are under way?");
    request.text = Text::tr("The server has them, or is just being sent them: it goes on with them and charges them. Their pictures are not fetched unless you wait for them again.");
    if (!takenBack.isEmpty())
        request.text = Text::tr("Taken back without having been made: %1. The server goes on with those named below, and charges them; their pictures are not fetched unless you wait for them again.").arg(QLocale().toString(takenBack.size()));
    request.bullets = names.mid(0, kMostNamed);
    if (names.size() > kMostNamed)
        request.bullets.append(QStringLiteral("…"));
    request.confirmLabel = !takenBack.isEmpty() ? Text::tr("Cancel jobs") : Text::tr("Stop waiting");
    prompts.confirm(asker, request, [guard = QPointer(&queue), &prompts, asker = QPointer(asker), ids, takenBack](bool yes) {
        if (!yes || !guard)
            return;
        // While the question stood open some may have been sent: that they were not is no longer true.
        QList<ImageJobId> sent;
        for (const ImageJobId &id : takenBack) {
            if (goesOn(*guard, id))
                sent.append(id);
        }
        QList<ImageJobId> asTold = ids;
        asTold.removeIf([&sent](const ImageJobId &id) { return sent.contains(id); });
        guard->cancel(asTold);
        if (!sent.isEmpty())
            cancelJobs(*guard, prompts, asker, sent);
    });
}

} // namespace novita
