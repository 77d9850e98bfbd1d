// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/imageworkspace.h"
#include "ui/images/backendpicker.h"
#include "ui/images/createform.h"
#include "ui/images/endpointpicker.h"
#include "ui/images/generatebar.h"
#include "ui/images/promptbox.h"
#include "ui/images/recipeform.h"
#include "ui/images/startoptions.h"

namespace novita {

JobOrder CreateForm::order() const
{
    return {m_backend->backend(), m_form->recipe(), m_box->expansion(), m_box->negativeExpansion(), m_bar->mode(), options()};
}

JobPlan CreateForm::plan() const
{
    const EndpointSpec *spec = endpoint();
    return spec ? jobplan::plan(*spec, order()) : JobPlan();
}

/// But for what is tried all the same.
CreateObstacle CreateForm::surrounding(const QString &backend, const EndpointSpec *endpoint) const
{
    const CreateObstacle found = surroundingObstacle(m_context, backend, endpoint);
    return found.canBeTried && isTried(endpoint->id) ? CreateObstacle() : found;
}

CreateObstacle CreateForm::obstacle() const
{
    const EndpointSpec *spec = endpoint();
    if (const CreateObstacle found = surrounding(m_backend->backend(), spec); found.isThere())
        return found;
    if (const QString problem = m_box->problem(); !problem.isEmpty())
        return {problem, {}, fields::kPrompt};
    // What a template says of its length says nothing of what comes of it.
    const FieldSpec *prompt = m_box->expansion().isDynamic() ? spec->field(fields::kPrompt) : nullptr;
    if (prompt && m_box->expansion().longest() > static_cast<quint64>(prompt->mostChars))
        return {tr("The longest prompt that comes of this has %1 characters; %2 are taken.").arg(m_box->expansion().longest()).arg(prompt->mostChars), {}, fields::kPrompt};
    for (const FieldProblem &problem : m_form->problems()) {
        if (!prompt || problem.field != fields::kPrompt)
            return {problem.sentence, {}, problem.field};
    }
    return {};
}

/// Until the server has said once more that it is retired.
bool CreateForm::isTried(const QString &endpoint) const
{
    const RetiredMarks &marks = m_context.images.retired();
    return m_tried.contains(endpoint) && (!marks.contains(endpoint) || marks.value(endpoint) == m_tried.value(endpoint));
}

void CreateForm::tryEndpoint()
{
    if (const EndpointSpec *spec = endpoint())
        m_tried.insert(spec->id, m_context.images.retired().value(spec->id));
    present();
}

void CreateForm::show(const CreateObstacle &obstacle)
{
    if (!obstacle.page.isEmpty())
        emit pageRequested(obstacle.page);
    else if (obstacle.field == fields::kPrompt)
        m_box->focusPrompt();
    else if (!obstacle.field.isEmpty())
        m_form->focusField(obstacle.field);
    else
        m_picker->setFocus();
}

RequestOptions CreateForm::options() const
{
    RequestOptions out;
    m_options->apply(out);
    out.mode = m_picker->mode();
    out.base = m_form->context().base;
    return out;
}

} // namespace novita
