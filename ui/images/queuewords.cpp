// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/queuewords.h"

#include "core/base/displaytext.h"
#include "core/base/sentence.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/imagemode.h"
#include "core/images/joboptions.h"
#include "ui/format.h"

#include <QCoreApplication>

namespace novita::queuewords {

namespace {

struct QueueWords
{
    Q_DECLARE_TR_FUNCTIONS(QueueWords)
};

QString progress(const ImageJobView &view, TimePoint now)
{
    QStringList parts;
    if (view.percent)
        parts.append(QueueWords::tr("%1 %", "progress in percent").arg(*view.percent));
    if (view.expectedAt && *view.expectedAt > now)
        parts.append(QueueWords::tr("about %1 left", "a span of time").arg(format::duration(*view.expectedAt - now)));
    return parts.join(QStringLiteral(", "));
}

} // namespace

instancetext::StateView look(const ImageJobView &view, TimePoint now)
{
    const auto state = [](const QString &word, StateTone tone, const char *icon, const QString &note = {}, bool changing = false) {
        return instancetext::StateView{word, note, tone, QString::fromLatin1(icon), changing};
    };
    switch (view.job.state) {
    case ImageJobState::Waiting: return state(QueueWords::tr("Waiting"), StateTone::Idle, "clock");
    case ImageJobState::Submitting: return state(QueueWords::tr("Sending"), StateTone::Wait, "go-next", {}, true);
    case ImageJobState::Following: return state(QueueWords::tr("Under way"), StateTone::Wait, "system-run", progress(view, now), true);
    case ImageJobState::Downloading: return state(QueueWords::tr("Downloading"), StateTone::Wait, "download", {}, true);
    case ImageJobState::Done: return state(QueueWords::tr("Done"), StateTone::Good, "checkmark");
    case ImageJobState::Failed: return state(QueueWords::tr("Failed"), StateTone::Bad, "dialog-close");
    case ImageJobState::Canceled: return state(QueueWords::tr("Canceled"), StateTone::Idle, "media-playback-stop");
    case ImageJobState::Abandoned: return state(QueueWords::tr("Not waited for"), StateTone::Warn, "media-playback-stop");
    case ImageJobState::Lost: return state(QueueWords::tr("Unclear"), StateTone::Warn, "question");
    }
    return {};
}

QString explanation(const ImageJobView &view)
{
    const QString note = view.job.note.isEmpty() ? view.trouble : view.job.note;
    QString out = closedSentence(displayLine(note, 500));
    const auto add = [&out](const QString &sentence) { out += (out.isEmpty() ? QString() : QStringLiteral(" ")) + sentence; };
    if (view.job.state == ImageJobState::Lost)
        add(QueueWords::tr("Whether it was made, and charged, is not known. It is not sent again by itself: look at your usage before you redo it."));
    else if (view.job.state == ImageJobState::Abandoned)
        add(QueueWords::tr("The server goes on with it and charges it. Waiting for it again fetches its pictures as long as the server keeps them."));
    return out;
}

QString subject(const ImageJob &job)
{
    const QString prompt = displayLine(job.recipe.value(fields::kPrompt).toString(), 300);
    if (!prompt.isEmpty())
        return prompt;
    const std::optional<ImageMode> mode = joboptions::fromJson(job.options).mode;
    return mode ? imageModeLabel(*mode) : displayLine(job.endpoint);
}

} // namespace novita::queuewords
