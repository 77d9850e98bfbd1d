// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/imagejob.h"
#include "ui/images/jobplan.h"
#include "ui/prompts.h"

#include <functional>

class QWidget;

namespace novita {

struct UiContext;

/// It is on the bill of the profile; what one's own server makes is not.
bool isCharged(const ImageJob &job);
/// A profile that is read-only changes nothing of what its account is charged for.
inline bool mayChange(const ImageJob &job, bool readOnly)
{
    return !readOnly || !isCharged(job);
}

/// What a plan costs, to stand after a number: "about $0.02", "on your server", "price unknown".
QString priceWords(const JobPlan &plan);
/// The same as a sentence, for a question.
QString priceSentence(const JobPlan &plan);

/// So much by one gesture that it is asked first in any profile: many jobs, fewer where nobody knows the price, very many of one's own server.
bool isMuch(const JobPlan &plan);
/// Asks in a production profile, in any when `isCareful`: the keyboard is then on *Cancel*. See confirmInProduction().
void confirmSpending(const UiContext &context, QWidget *asker, ConfirmRequest question, bool isCareful, std::function<void()> go);

enum class SpendAct {
    Redo,   ///< jobs that have ended, once more
    Resume, ///< jobs that wait
};

/// Calls `go` at once, or after a question that was confirmed. Never when `asker` has died meanwhile.
using SpendGate = std::function<void(QWidget *asker, SpendAct act, const QList<ImageJob> &jobs, std::function<void()> go)>;
/// Asks in a production profile when some of the jobs are charged; in any before much, see isMuch(), and before several charged jobs, or one that may have
/// been charged already, are made again.
SpendGate spendGateOf(const UiContext &context);

} // namespace novita
