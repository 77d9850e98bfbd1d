// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/createwizard.h"

#include "core/settings/profilestore.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/createwizard/createfeedback.h"
#include "ui/createwizard/createsubmission.h"
#include "ui/createwizard/imagestep.h"
#include "ui/createwizard/pricepanel.h"
#include "ui/createwizard/productstep.h"
#include "ui/createwizard/reviewstep.h"
#include "ui/createwizard/settingsstep.h"
#include "ui/createwizard/steplist.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/prompts.h"
#include "ui/theme.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

#include <algorithm>

namespace novita {

namespace {

constexpr QSize kSize{1232, 720};
constexpr QSize kLeastSize{1000, 600};

/// "ComfyUI (Flux)" → "comfyui-flux": letters, digits and single hyphens, as the name rules want them.
QString slug(const QString &text)
{
    constexpr int kMostChars = 60;
    QString out;
    for (const QChar c : text.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (plain)
            out.append(c);
        else if (!out.isEmpty() && !out.endsWith(u'-'))
            out.append(u'-');
    }
    out.truncate(kMostChars);
    while (out.endsWith(u'-'))
        out.chop(1);
    return out;
}

} // namespace

CreateWizard::CreateWizard(UiContext context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_state(new WizardState(context.stores, context.settings, this))
    , m_submission(new CreateSubmission([create = &context.create](const InstanceDraft &draft) { return create->create(draft); },
                                        [refresher = &context.refresher] { return refresher->refresh(DataKind::Instances); },
                                        context.stores.instances, this))
    , m_list(new StepList(m_context, this))
    , m_title(new QLabel(this))
    , m_feedback(new CreateFeedback(*m_submission, m_context, this))
    , m_stack(new QStackedWidget(this))
    , m_price(new PricePanel(*m_state, m_context, this))
    , m_blocker(new QLabel(this))
    , m_cancel(new QPushButton(this))
    , m_back(new QPushButton(this))
    , m_next(new QPushButton(this))
    , m_create(new QPushButton(this))
{
    buildSteps();
    buildLayout();
    connectSignals();
    suggestName({});
    retranslate();
    goTo(0);
    readLists();
}

CreateWizard::~CreateWizard() = default;

void CreateWizard::buildSteps()
{
    auto *product = new ProductStep(*m_state, m_context, m_stack);
    m_image = new ImageStep(*m_state, m_context, m_stack);
    auto *settings = new SettingsStep(*m_state, m_context, m_stack);
    m_review = new ReviewStep(*m_state, m_context, *m_price, m_stack);
    m_steps = {product, m_image, settings, m_review};
    for (WizardStep *step : std::as_const(m_steps))
        m_stack->addWidget(step);
    connect(product, &ProductStep::refreshRequested, this, [this] { m_context.refresher.refresh(DataKind::Products); });
    connect(m_image, &ImageStep::refreshRequested, this, [this] { m_context.refresher.refresh(DataKind::Templates); });
    connect(m_image, &ImageStep::templateApplied, this, [this](const TemplateId &id) {
        if (const InstanceTemplate *source = m_context.stores.templates.find(id))
            suggestName(source->name);
    });
    connect(m_review, &ReviewStep::fieldRequested, this, &CreateWizard::goToField);
}

void CreateWizard::buildLayout()
{
    setModal(false);
    setSizeGripEnabled(true);
    setMinimumSize(kLeastSize);
    resize(kSize);
    m_title->setTextFormat(Qt::PlainText);
    m_blocker->setTextFormat(Qt::PlainText);
    m_blocker->setProperty("tone", QStringLiteral("warn"));
    m_next->setProperty("primary", true);
    m_create->setProperty("primary", true);
    for (QPushButton *button : {m_cancel, m_back, m_next, m_create})
        button->setAutoDefault(false);

    auto *middle = new QVBoxLayout;
    middle->setSpacing(space::kRelated);
    middle->addWidget(m_title);
    middle->addWidget(m_feedback);
    middle->addWidget(m_stack, 1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kGroup);
    columns->addWidget(m_list);
    columns->addLayout(middle, 1);
    columns->addWidget(m_price);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_blocker);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    buttons->addWidget(m_create);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addLayout(columns, 1);
    layout->addLayout(buttons);
}

void CreateWizard::connectSignals()
{
    connect(m_list, &QListWidget::currentRowChanged, this, &CreateWizard::goTo);
    connect(m_cancel, &QPushButton::clicked, this, &CreateWizard::reject);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(currentStep() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(currentStep() + 1); });
    connect(m_create, &QPushButton::clicked, this, &CreateWizard::requestCreate);
    connect(m_state, &WizardState::changed, this, [this] {
        updateMarks();
        updateButtons();
    });
    connect(m_submission, &CreateSubmission::stateChanged, this, &CreateWizard::followSubmission);
    connect(m_feedback, &CreateFeedback::retryRequested, this, &CreateWizard::requestCreate);
    connect(m_feedback, &CreateFeedback::createAgainRequested, this, &CreateWizard::confirmAgain);
    connect(m_feedback, &CreateFeedback::instanceRequested, this, &CreateWizard::finishCreated);
    connect(m_feedback, &CreateFeedback::openPageRequested, this, &CreateWizard::openPageRequested);
    connect(m_feedback, &CreateFeedback::otherProductRequested, this, [this] {
        m_context.refresher.refresh(DataKind::Products);
        goTo(0);
    });
    connect(&m_context.session, &SessionController::profileSwitched, this, &CreateWizard::profileSwitched);
    connect(&m_context.profiles, &ProfileStore::activeChanged, this, &CreateWizard::updateButtons);
    connect(&m_context.profiles, &ProfileStore::profilesChanged, this, &CreateWizard::updateButtons);
    connect(&m_context.stores.products, &EntityStoreBase::inserted, this, &CreateWizard::applyPending);
    connect(&m_context.stores.templates, &EntityStoreBase::inserted, this, &CreateWizard::applyPending);
    connect(&m_context.theme, &Theme::changed, this, [this] { m_title->setFont(m_context.theme.font(TextStyle::Title, true)); });
}

/// Prices and stock are read anew each time: money is about to be spent on them. The rest is read once.
void CreateWizard::readLists()
{
    m_context.refresher.refresh(DataKind::Products);
    const Stores &stores = m_context.stores;
    const std::initializer_list<std::pair<DataKind, const EntityStoreBase *>> lists{{DataKind::Clusters, &stores.clusters},
                                                                                    {DataKind::Templates, &stores.templates},
                                                                                    {DataKind::RegistryAuths, &stores.registryAuths},
                                                                                    {DataKind::Storages, &stores.storages},
                                                                                    {DataKind::Networks, &stores.networks}};
    for (const auto &[kind, store] : lists) {
        if (!store->refreshedAt() || store->isStale())
            m_context.refresher.refresh(kind);
    }
}

void CreateWizard::setDraft(const InstanceDraft &draft)
{
    m_state->setDraft(draft);
    if (draft.name.isEmpty())
        suggestName({});
}

void CreateWizard::setProduct(const ProductId &id)
{
    m_pendingProduct = id;
    applyPending();
}

void CreateWizard::setTemplate(const TemplateId &id)
{
    m_pendingTemplate = id;
    applyPending();
}

void CreateWizard::applyPending()
{
    const bool untouched = !m_state->hasInput();
    if (!m_pendingProduct.isEmpty() && m_context.stores.products.contains(m_pendingProduct))
        m_state->pickProduct(std::exchange(m_pendingProduct, {}));
    if (!m_pendingTemplate.isEmpty() && m_image->useTemplate(m_pendingTemplate))
        m_pendingTemplate = {};
    if (untouched)
        m_state->markPristine();
}

/// Only while the name is still one of ours: what a person typed stays.
void CreateWizard::suggestName(const QString &wanted)
{
    const QString base = slug(wanted);
    const QString name = m_context.create.freeName(base.isEmpty() ? QStringLiteral("instance") : base);
    if (m_state->isNameOurs())
        m_state->prefill([&name](InstanceDraft &draft) { draft.name = name; });
}

const InstanceDraft &CreateWizard::draft() const
{
    return m_state->draft();
}

int CreateWizard::currentStep() const
{
    return m_stack->currentIndex();
}

void CreateWizard::goTo(int step)
{
    if (step < 0 || step >= stepCount())
        return;
    const int from = currentStep();
    m_stack->setCurrentIndex(step);
    const QSignalBlocker blocker(m_list);
    m_list->setCurrentRow(step);
    if (step != from)
        m_state->reveal(m_steps.at(from)->fields());
    if (m_steps.at(step) == m_review) {
        QSet<DraftField> all;
        for (const WizardStep *other : std::as_const(m_steps))
            all |= other->fields();
        m_state->reveal(all);
    }
    m_title->setText(m_steps.at(step)->title());
    updateMarks();
    updateButtons();
    // Walking the list of steps by keyboard must not throw the focus out of it.
    if (!m_list->hasFocus())
        m_steps.at(step)->enter();
}

void CreateWizard::goToField(DraftField field)
{
    for (int i = 0; i < stepCount(); ++i) {
        if (!m_steps.at(i)->fields().contains(field))
            continue;
        goTo(i);
        m_steps.at(i)->focusField(field);
        return;
    }
}

void CreateWizard::updateMarks()
{
    const QList<DraftProblem> shown = m_state->shownProblems();
    for (int i = 0; i < stepCount(); ++i) {
        const QSet<DraftField> fields = m_steps.at(i)->fields();
        const bool bad = std::any_of(shown.begin(), shown.end(), [&fields](const DraftProblem &problem) { return fields.contains(problem.field); });
        const bool passed = !fields.isEmpty() && m_state->isRevealed(fields);
        m_list->setMark(i, bad ? StepList::Mark::Problem : passed ? StepList::Mark::Done : StepList::Mark::None);
    }
}

/// Why `Create` cannot be pressed now; empty when it can.
QString CreateWizard::blocker() const
{
    if (m_context.session.isReadOnly())
        return tr("This profile is read-only.");
    switch (m_submission->state()) {
    case CreateSubmission::State::Running: return tr("Creating %1…").arg(m_submission->name());
    case CreateSubmission::State::Looking:
    case CreateSubmission::State::Unknown: return tr("The last create is not settled.");
    case CreateSubmission::State::Done: return tr("%1 was created.").arg(m_submission->name());
    case CreateSubmission::State::Idle:
    case CreateSubmission::State::Failed: break;
    }
    const qsizetype problems = m_state->problems().size();
    return problems == 0 ? QString() : tr("%n problem(s) to put right", nullptr, static_cast<int>(problems));
}

void CreateWizard::updateButtons()
{
    const bool review = m_steps.value(currentStep()) == m_review;
    const bool done = m_submission->state() == CreateSubmission::State::Done;
    const QString reason = blocker();
    m_back->setEnabled(currentStep() > 0);
    m_next->setVisible(!review);
    m_next->setDefault(!review);
    m_create->setVisible(review);
    m_create->setEnabled(reason.isEmpty());
    m_create->setToolTip(reason);
    m_create->setText(m_submission->state() == CreateSubmission::State::Running ? tr("Creating…") : tr("Create"));
    m_blocker->setText(reason);
    m_blocker->setVisible(!reason.isEmpty() && (review || m_submission->isBusy() || m_context.session.isReadOnly()));
    m_cancel->setText(done || m_submission->isBusy() ? tr("Close") : tr("Cancel"));
}

void CreateWizard::retranslate()
{
    setWindowTitle(tr("New instance"));
    setAccessibleName(tr("New instance"));
    m_list->setAccessibleName(tr("Steps"));
    QStringList titles;
    for (const WizardStep *step : std::as_const(m_steps))
        titles.append(step->title());
    m_list->setSteps(titles);
    m_title->setText(titles.value(currentStep()));
    m_title->setFont(m_context.theme.font(TextStyle::Title, true));
    m_back->setText(tr("Back"));
    m_next->setText(tr("Next"));
    m_create->setAccessibleName(tr("Create"));
    updateButtons();
}

void CreateWizard::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

// Sending, and what comes of it

void CreateWizard::requestCreate()
{
    if (!blocker().isEmpty())
        return;
    const std::optional<Profile> profile = m_context.profiles.active();
    if (!profile || !profile->production) {
        m_submission->submit(draft());
        return;
    }
    ConfirmRequest request;
    request.title = tr("Create %1 in production?").arg(draft().name);
    request.text = tr("%1 is a production profile. This costs %2.").arg(profile->name, m_price->summary());
    request.confirmLabel = tr("Create %1").arg(draft().name);
    request.destructive = false;
    m_context.prompts.confirm(this, request, [this](bool yes) {
        if (yes && blocker().isEmpty())
            m_submission->submit(draft());
    });
}

void CreateWizard::confirmAgain()
{
    ConfirmRequest request;
    request.title = tr("Create %1 again?").arg(draft().name);
    request.text = tr("If the first one was created after all, there will be two, and both cost money. The new one costs %1.").arg(m_price->summary());
    request.confirmLabel = tr("Create again");
    m_context.prompts.confirm(this, request, [this](bool yes) {
        if (yes && !m_context.session.isReadOnly() && m_state->problems().isEmpty())
            m_submission->submitAgain(draft());
        else if (yes)
            goTo(stepCount() - 1);
    });
}

void CreateWizard::followSubmission()
{
    using State = CreateSubmission::State;
    const State state = m_submission->state();
    updateButtons();
    // An adopted instance is told of before the dialog goes, unless nobody is there to read it.
    const bool told = state == State::Done && m_submission->outcome().kind != CreateOutcome::Kind::Created && isVisible();
    if (state == State::Done && !told)
        finishCreated();
    // Closed meanwhile, and there is something to decide.
    if (isHidden() && (state == State::Failed || state == State::Unknown))
        show();
}

void CreateWizard::finishCreated()
{
    if (std::exchange(m_leaving, true))
        return;
    emit created(m_submission->outcome().id);
    done(QDialog::Accepted);
}

void CreateWizard::profileSwitched()
{
    m_submission->forget();
    m_state->forgetCloudIds();
    m_pendingProduct = {};
    m_pendingTemplate = {};
    m_feedback->showWarning(tr("The profile has changed: choose the product, volumes and credentials anew. The rest is kept."));
    readLists();
    goTo(0);
}

void CreateWizard::reject()
{
    if (m_submission->state() == CreateSubmission::State::Done) {
        finishCreated();
        return;
    }
    if (m_submission->isBusy()) {
        hide();
        return;
    }
    const bool unsettled = m_submission->state() == CreateSubmission::State::Unknown;
    if (m_leaving || (!m_state->hasInput() && !unsettled)) {
        m_leaving = true;
        QDialog::reject();
        return;
    }
    ConfirmRequest request;
    request.title = tr("Close without creating?");
    request.text = unsettled ? tr("It is not known whether %1 exists; if it appears, it will be in the list of instances.").arg(m_submission->name())
                             : tr("What you have entered is lost.");
    request.confirmLabel = tr("Close");
    m_context.prompts.confirm(this, request, [this](bool yes) {
        if (yes) {
            m_leaving = true;
            QDialog::reject();
        }
    });
}

void CreateWizard::closeEvent(QCloseEvent *event)
{
    // QDialog would accept the close of a dialog that reject() has merely hidden, and its owner might delete it.
    if (m_submission->isBusy()) {
        event->ignore();
        hide();
        return;
    }
    QDialog::closeEvent(event);
}

} // namespace novita
