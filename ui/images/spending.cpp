// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/spending.h"

#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/estimate.h"
#include "core/images/imageworkspace.h"
#include "core/images/joboptions.h"
#include "ui/format.h"
#include "ui/images/backendpicker.h"
#include "ui/productiongate.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Spending)
};

constexpr quint64 kHandful = 10;        ///< jobs
constexpr quint64 kFewAtAnyPrice = 4;   ///< pictures
constexpr quint64 kManyForServer = 100; ///< jobs

JobPlan planOf(const EndpointTable &endpoints, const QList<ImageJob> &jobs)
{
    JobPlan whole{0, 0, Money(), {}, false};
    for (const ImageJob &job : jobs) {
        const EndpointSpec *spec = endpoints.find(job.endpoint);
        const GenerationEstimate each = spec ? estimate(*spec, {job.endpoint, job.recipe}, joboptions::fromJson(job.options)) : GenerationEstimate();
        ++whole.jobs;
        whole.results += static_cast<quint64>(std::max(each.results, 1));
        whole.price = whole.price && each.price ? std::optional(*whole.price + *each.price) : std::nullopt;
    }
    return whole;
}

bool mayBeChargedAlready(const ImageJob &job)
{
    return job.state == ImageJobState::Lost || job.state == ImageJobState::Abandoned;
}

/// They cost nothing: only a slip of the hand is to be caught.
void askForServer(const UiContext &context, QWidget *asker, const ConfirmRequest &question, const JobPlan &plan, std::function<void()> go)
{
    if (!isMuch(plan))
        return go();
    confirmSpending(context, asker, question, true, std::move(go));
}

} // namespace

bool isCharged(const ImageJob &job)
{
    return job.backend == BackendPicker::novitaId();
}

QString priceWords(const JobPlan &plan)
{
    if (plan.onServer)
        return Text::tr("on your server");
    return plan.price ? Text::tr("about %1", "a price").arg(format::money(plan.price)) : Text::tr("price unknown");
}

QString priceSentence(const JobPlan &plan)
{
    if (plan.onServer)
        return Text::tr("Your own server makes this: nothing is charged for it.");
    return plan.price ? Text::tr("This costs about %1.").arg(format::money(plan.price)) : Text::tr("What this costs is not known.");
}

bool isMuch(const JobPlan &plan)
{
    if (plan.onServer)
        return plan.jobs > kManyForServer;
    return plan.jobs > kHandful || (!plan.price && std::max(plan.jobs, plan.results) > kFewAtAnyPrice);
}

void confirmSpending(const UiContext &context, QWidget *asker, ConfirmRequest question, bool isCareful, std::function<void()> go)
{
    question.destructive = isCareful;
    confirmInProduction(context, asker, std::move(question), std::move(go), isCareful ? AskWhere::Everywhere : AskWhere::InProduction);
}

SpendGate spendGateOf(const UiContext &context)
{
    return [context](QWidget *asker, SpendAct act, const QList<ImageJob> &jobs, std::function<void()> go) {
        QList<ImageJob> charged = jobs;
        charged.removeIf([](const ImageJob &job) { return !isCharged(job); });
        const bool isRedo = act == SpendAct::Redo;
        JobPlan plan = planOf(context.images.endpoints(), charged);
        plan.onServer = charged.isEmpty();
        const auto doubtful = isRedo ? static_cast<int>(std::count_if(charged.cbegin(), charged.cend(), mayBeChargedAlready)) : 0;
        ConfirmRequest question;
        question.title = isRedo ? Text::tr("Generate these again?") : Text::tr("Send what waits?");
        question.text = Text::tr("Jobs: %1.", "a number; their price follows").arg(format::number(jobs.size())) + QLatin1Char(' ') + priceSentence(plan);
        JobPlan own;
        own.jobs = static_cast<quint64>(jobs.size() - charged.size());
        own.onServer = true;
        if (!plan.onServer && own.jobs > 0)
            question.text += QLatin1Char(' ') + Text::tr("Of them your own server makes, and charges nothing for: %1.", "a number").arg(format::number(static_cast<qint64>(own.jobs)));
        if (doubtful > 0)
            question.text += QLatin1Char(' ') + Text::tr("Some of them may have been made, and charged, already: %1. Look at your usage first.", "a number").arg(format::number(doubtful));
        question.confirmLabel = isRedo ? Text::tr("Generate") : Text::tr("Resume");
        if (charged.isEmpty())
            return askForServer(context, asker, question, own, std::move(go));
        confirmSpending(context, asker, question, isMuch(plan) || isMuch(own) || doubtful > 0 || (isRedo && charged.size() > 1), std::move(go));
    };
}

} // namespace novita
