// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instanceconfirm.h"

#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/format.h"
#include "ui/instanceforms/actionwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kAlwaysAskFrom = 3;
constexpr qsizetype kTypeWordFrom = 10;
constexpr qsizetype kMostNames = 30;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InstanceConfirm)
};

bool mustAsk(InstanceAction action, qsizetype count, const ConfirmPolicy &policy)
{
    if (action == InstanceAction::Delete || action == InstanceAction::Migrate || count >= kAlwaysAskFrom || policy.production)
        return true;
    return action != InstanceAction::Start && policy.confirmStop;
}

QString opening(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Start: return Text::tr("Each of them is charged by the hour from then on.");
    default: return {};
    }
}

/// The sentences that hold for every one of several subjects once, in the order they come.
QStringList commonNotes(const QList<ConfirmSubject> &subjects)
{
    QStringList notes;
    for (const ConfirmSubject &subject : subjects) {
        for (const QString &note : subject.loss.notes) {
            if (!notes.contains(note))
                notes.append(note);
        }
    }
    constexpr qsizetype kMostNotes = 4;
    return notes.mid(0, kMostNotes);
}

QStringList leftOutNote(const QList<LeftOut> &leftOut)
{
    int count = 0;
    QStringList reasons;
    for (const LeftOut &one : leftOut) {
        count += one.count;
        reasons.append(leftOut.size() == 1 ? one.reason : Text::tr("%1 (%2)", "why, how many").arg(one.reason, format::number(one.count)));
    }
    if (count == 0)
        return {};
    return {Text::tr("%Ln selected instance(s) left out: %1", nullptr, count).arg(reasons.join(QStringLiteral("; ")))};
}

void listSubjects(const QList<ConfirmSubject> &subjects, ConfirmRequest *request)
{
    if (subjects.size() == 1) {
        request->bullets = subjects.first().loss.lost;
        request->keptBullets = subjects.first().loss.kept;
        return;
    }
    for (const ConfirmSubject &subject : subjects.mid(0, kMostNames)) {
        request->bullets.append(subject.loss.lost.isEmpty() ? subject.name
                                                            : Text::tr("%1: %2").arg(subject.name, subject.loss.lost.join(QStringLiteral(", "))));
        for (const QString &kept : subject.loss.kept) {
            if (!request->keptBullets.contains(kept))
                request->keptBullets.append(kept);
        }
    }
    if (subjects.size() > kMostNames)
        request->bullets.append(Text::tr("and %Ln more", nullptr, static_cast<int>(subjects.size() - kMostNames)));
}

} // namespace

std::optional<ConfirmRequest> confirmRequest(InstanceAction action, const QList<ConfirmSubject> &subjects, const ConfirmPolicy &policy, const QList<LeftOut> &leftOut)
{
    if (subjects.isEmpty() || !mustAsk(action, subjects.size(), policy))
        return std::nullopt;
    ConfirmRequest request;
    request.title = actionwords::question(action, static_cast<int>(subjects.size()), subjects.first().name);
    request.text = (QStringList{opening(action)} + commonNotes(subjects) + leftOutNote(leftOut)).join(u' ').trimmed();
    request.confirmLabel = actionwords::verb(action, static_cast<int>(subjects.size()));
    request.destructive = action != InstanceAction::Start;
    listSubjects(subjects, &request);
    if (action == InstanceAction::Delete && (policy.production || subjects.size() >= kTypeWordFrom))
        request.typeToConfirm = Text::tr("delete");
    return request;
}

std::optional<ConfirmRequest> confirmRequest(InstanceAction action, const QList<BulkRow> &plan, const UiContext &context)
{
    QList<ConfirmSubject> subjects;
    QList<LeftOut> leftOut;
    for (const BulkRow &row : plan) {
        if (row.state == BulkRow::State::Waiting) {
            subjects.append({row.name, context.commands.lossOf(row.id, action)});
            continue;
        }
        const auto same = std::find_if(leftOut.begin(), leftOut.end(), [&row](const LeftOut &one) { return one.reason == row.message; });
        if (same == leftOut.end())
            leftOut.append({row.message, 1});
        else
            ++same->count;
    }
    const std::optional<Profile> profile = context.profiles.active();
    return confirmRequest(action, subjects, {context.settings.value(keys::kConfirmStop), profile && profile->production}, leftOut);
}

} // namespace novita
