// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/cancelquestion.h"

#include "core/images/imagequeue.h"
#include "ui/images/queuewords.h"
#include "ui/prompts.h"

#include <QCoreApplication>
#include <QPointer>

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
    const bool isUnderWay = view && isOpen(view->job.state) && view->job.state != ImageJobState::Waiting;
    return isUnderWay && !queue.canInterrupt(id) ? std::optional(view->job) : std::nullopt;
}

} // namespace

bool onlyStopsWaiting(const ImageQueue &queue, const QList<ImageJobId> &ids)
{
    return std::any_of(ids.begin(), ids.end(), [&queue](const ImageJobId &id) { return goesOn(queue, id).has_value(); });
}

void cancelJobs(ImageQueue &queue, Prompts &prompts, QWidget *asker, const QList<ImageJobId> &ids)
{
    QStringList names;
    for (const ImageJobId &id : ids) {
        if (const std::optional<ImageJob> job = goesOn(queue, id))
            names.append(queuewords::subject(*job));
    }
    if (names.isEmpty())
        return queue.cancel(ids);
    ConfirmRequest request;
    request.title = Text::tr("Stop waiting for jobs that are under way?");
    request.text = Text::tr("The server has them: it goes on with them and charges them. Their pictures are not fetched unless you wait for them again.");
    request.bullets = names.mid(0, kMostNamed);
    if (names.size() > kMostNamed)
        request.bullets.append(QStringLiteral("…"));
    request.confirmLabel = Text::tr("Stop waiting");
    prompts.confirm(asker, request, [guard = QPointer(&queue), ids](bool yes) {
        if (yes && guard)
            guard->cancel(ids);
    });
}

} // namespace novita
