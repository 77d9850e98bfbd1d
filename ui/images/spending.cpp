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

#include <utility>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Spending)
};

JobPlan planOf(const EndpointTable &endpoints, const QList<ImageJob> &jobs)
{
    JobPlan whole{0, 0, Money(), {}, false};
    for (const ImageJob &job : jobs) {
        if (!isCharged(job))
            continue;
        const EndpointSpec *spec = endpoints.find(job.endpoint);
        const std::optional<Money> price = spec ? estimate(*spec, {job.endpoint, job.recipe}, joboptions::fromJson(job.options)).price : std::nullopt;
        ++whole.jobs;
        whole.price = whole.price && price ? std::optional(*whole.price + *price) : std::nullopt;
    }
    return whole;
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

SpendGate spendGateOf(const UiContext &context)
{
    return [context](QWidget *asker, SpendAct act, const QList<ImageJob> &jobs, std::function<void()> go) {
        const JobPlan plan = planOf(context.images.endpoints(), jobs);
        if (plan.jobs == 0)
            return go();
        ConfirmRequest question;
        question.title = act == SpendAct::Redo ? Text::tr("Generate these again?") : Text::tr("Send what waits?");
        question.text = Text::tr("Jobs: %1.", "a number; their price follows").arg(format::number(static_cast<qint64>(plan.jobs))) + QLatin1Char(' ') + priceSentence(plan);
        question.confirmLabel = act == SpendAct::Redo ? Text::tr("Generate") : Text::tr("Resume");
        question.destructive = false;
        confirmInProduction(context, asker, question, std::move(go));
    };
}

} // namespace novita
