// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/randomfraction.h"
#include "core/images/imageworkspace.h"
#include "core/images/modelcatalogue.h"
#include "ui/format.h"
#include "ui/images/createform.h"
#include "ui/images/createtab.h"
#include "ui/images/griddialog.h"
#include "ui/images/gridsheet.h"
#include "ui/images/pictureplace.h"
#include "ui/images/promptbox.h"
#include "ui/images/recipeform.h"
#include "ui/images/spending.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/ruledialog.h"

#include <QApplication>

#include <utility>

namespace novita {

void CreateTab::generate()
{
    const CreateObstacle obstacle = m_form->obstacle();
    if (obstacle.isThere())
        return m_form->show(obstacle);
    const EndpointSpec *spec = m_form->endpoint();
    if (m_addCall.isBusy() || !spec || isRepeat())
        return;
    const JobPlan plan = m_form->plan();
    const QList<NewImageJob> jobs = jobplan::make(*spec, m_form->order(), &randomFraction);
    ConfirmRequest question;
    question.title = tr("Generate %1?", "how many pictures").arg(format::number(static_cast<qint64>(plan.results)));
    question.text = tr("Jobs: %1.", "a number; their price follows").arg(format::number(jobs.size())) + QLatin1Char(' ') + priceSentence(plan);
    if (!plan.sentence.isEmpty())
        question.text += QLatin1Char(' ') + plan.sentence;
    ask(question, plan, jobs, false);
}

/// A double click, or a key that is held, asks for what it has got already.
bool CreateTab::isRepeat()
{
    const SteadyPoint now = m_context.clock.steadyNow();
    if (!m_pressed || m_pressed->recipe != m_form->recipe() || now - m_pressed->at >= Milliseconds(QApplication::doubleClickInterval()))
        return false;
    m_pressed->at = now;
    return true;
}

/// What is asked for is what is sent: while the question stands, a list of words may change, and with it what the prompts give.
void CreateTab::ask(ConfirmRequest question, const JobPlan &plan, const QList<NewImageJob> &jobs, bool isGrid)
{
    if (jobs.isEmpty())
        return;
    question.confirmLabel = tr("Generate");
    confirmSpending(m_context, this, std::move(question), isMuch(plan), [this, jobs, isGrid, profile = m_context.images.profile()] {
        // While the question stood open, anything may have changed.
        if (m_context.images.profile() != profile || m_addCall.isBusy())
            return;
        if (const CreateObstacle obstacle = m_form->obstacle(); obstacle.isThere())
            return m_form->show(obstacle);
        add(jobs, isGrid);
    });
}

void CreateTab::add(const QList<NewImageJob> &jobs, bool isGrid)
{
    m_banner->clear();
    m_place->followNewest();
    m_pressed = {m_form->recipe(), m_context.clock.steadyNow()};
    m_addCall.reset(m_context.images.queue().add(jobs))->onFinished(this, [this, isGrid, batch = jobs.constFirst().batch](const Result<QList<ImageJobId>> &added) {
        if (!added)
            return m_banner->setError(added.error(), tr("The jobs could not be queued"));
        m_form->remember();
        m_context.images.catalogue().noteUsed(m_form->recipe().values);
        if (isGrid)
            openSheet(batch);
    });
}

void CreateTab::openGrid()
{
    const EndpointSpec *spec = m_form->endpoint();
    if (!spec || m_form->obstacle().isThere())
        return m_form->show(m_form->obstacle());
    auto *dialog = new GridDialog({m_context.theme, *spec, m_form->order(), m_form->recipeForm()->context(), m_form->promptBox()->wildcards(), &randomFraction}, this);
    dialog->restore(m_gridChoice);
    connect(dialog, &GridDialog::startRequested, this, [this, dialog](const QList<NewImageJob> &jobs, const JobPlan &plan) {
        m_gridChoice = dialog->choice();
        ConfirmRequest question;
        question.title = tr("Generate a grid?");
        question.text = tr("%n job(s) will be sent.", nullptr, static_cast<int>(jobs.size())) + QLatin1Char(' ') + priceSentence(plan);
        ask(question, plan, jobs, true);
    });
    openForAccount(m_context, dialog);
}

void CreateTab::openSheet(const QString &batch)
{
    auto *sheet = new GridSheet({m_context.theme, m_context.prompts, m_context.settings, m_context.images}, batch, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    connect(sheet, &GridSheet::pictureActivated, m_place, &PicturePlace::hold);
    sheet->show();
}

} // namespace novita
