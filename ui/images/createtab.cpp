// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/createtab.h"

#include "core/cloud/services/modelservice.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/format.h"
#include "ui/images/createform.h"
#include "ui/images/inputpictures.h"
#include "ui/images/jobstrip.h"
#include "ui/images/pictureplace.h"
#include "ui/productiongate.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"

#include <QRandomGenerator>
#include <QSplitter>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kFormWidth = 360;

double randomFraction()
{
    return QRandomGenerator::global()->generateDouble();
}

} // namespace

CreateTab::CreateTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_context(context)
    , m_pictures(new InputPictures(context.images.files(), this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_form(new CreateForm(context, *m_pictures))
    , m_place(new PicturePlace(context))
    , m_strip(new JobStrip({context.theme, context.prompts, context.images.queue(), context.clock}))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    buildLayout();
    connectForm();
    connect(m_strip, &JobStrip::queueRequested, this, &CreateTab::queueRequested);
    connect(m_place, &PicturePlace::exampleRequested, m_form, &CreateForm::setPrompt);
    connect(&context.images, &ImageWorkspace::profileChanged, this, &CreateTab::openProfile);
    openProfile();
}

CreateTab::~CreateTab()
{
    // Before the pictures that it shows.
    delete m_form;
}

void CreateTab::buildLayout()
{
    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(space::kRelated, 0, 0, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_place, 1);
    column->addWidget(m_strip);
    m_splitter->addWidget(m_form);
    m_splitter->addWidget(centre);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kFormWidth, 3 * kFormWidth});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_splitter, 1);
}

void CreateTab::connectForm()
{
    connect(m_form, &CreateForm::generateRequested, this, &CreateTab::generate);
    connect(m_form, &CreateForm::pageRequested, this, &Page::openPageRequested);
    connect(m_form, &CreateForm::endpointChosen, this, &CreateTab::loadModels);
}

void CreateTab::openProfile()
{
    m_banner->clear();
    m_modelsCall.reset();
    m_addCall.reset();
    m_hasModels = false;
    m_form->setModels({});
    m_form->openProfile(m_context.images.profile());
    m_place->openProfile();
    m_strip->openProfile(m_context.session.isReadOnly());
    loadModels();
}

void CreateTab::loadModels()
{
    const bool canAsk = m_isActive && !m_context.images.profile().isEmpty() && m_context.session.connection() != ConnectionState::NoKey;
    if (!canAsk || m_hasModels || m_modelsCall.isBusy() || !m_form->wantsModels())
        return;
    ImageModelQuery query;
    query.type = ImageModelType::Checkpoint;
    m_modelsCall.reset(m_context.images.models().page(query))->onFinished(this, [this](const Result<ImageModelPage> &page) {
        m_hasModels = page.ok();
        if (page)
            m_form->setModels(page->models);
    });
}

void CreateTab::activate()
{
    m_isActive = true;
    loadModels();
}

// ---- generating

void CreateTab::generate()
{
    const CreateObstacle obstacle = m_form->obstacle();
    if (obstacle.isThere())
        return m_form->show(obstacle);
    if (m_addCall.isBusy())
        return;
    const JobPlan plan = m_form->plan();
    ConfirmRequest question;
    question.title = tr("Generate %1?", "how many pictures").arg(format::number(static_cast<qint64>(plan.results)));
    question.text = plan.price ? tr("This costs about %1.").arg(format::money(plan.price)) : tr("What this costs is not known.");
    question.confirmLabel = tr("Generate");
    question.destructive = false;
    confirmInProduction(m_context, this, question, [this] { send(); });
}

void CreateTab::send()
{
    // While the question stood open, anything may have changed.
    const EndpointSpec *spec = m_form->endpoint();
    if (m_form->obstacle().isThere() || m_addCall.isBusy() || !spec)
        return;
    m_banner->clear();
    m_place->followNewest();
    m_addCall.reset(m_context.images.queue().add(jobplan::make(*spec, m_form->order(), &randomFraction)))->onFinished(this, [this](const Result<QList<ImageJobId>> &added) {
            if (added)
            m_form->remember();
        else
            m_banner->setError(added.error(), tr("The jobs could not be queued"));
    });
}

// ---- page

QString CreateTab::countText() const
{
    return {};
}

void CreateTab::focusContent()
{
    m_form->focusPrompt();
}

QJsonObject CreateTab::saveState() const
{
    return {{QStringLiteral("splitter"), QString::fromLatin1(m_splitter->saveState().toBase64())}};
}

void CreateTab::restoreState(const QJsonObject &state)
{
    m_splitter->restoreState(QByteArray::fromBase64(state.value(QLatin1String("splitter")).toString().toLatin1()));
}

void CreateTab::retranslate() {}

} // namespace novita
