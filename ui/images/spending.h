// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/imagejob.h"
#include "ui/images/jobplan.h"

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

enum class SpendAct {
    Redo,   ///< jobs that have ended, once more
    Resume, ///< jobs that wait
};

/// Calls `go` at once, or after a question that was confirmed. Never when `asker` has died meanwhile.
using SpendGate = std::function<void(QWidget *asker, SpendAct act, const QList<ImageJob> &jobs, std::function<void()> go)>;
/// Asks in a production profile, and only when some of the jobs are charged.
SpendGate spendGateOf(const UiContext &context);

} // namespace novita
