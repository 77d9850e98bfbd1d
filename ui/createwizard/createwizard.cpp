// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/createwizard.h"

#include "core/settings/profilestore.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/createwizard/createfeedback.h"
#include "ui/createwizard/createquestions.h"
#include "ui/createwizard/createsubmission.h"
#include "ui/createwizard/imagestep.h"
#include "ui/createwizard/presetmenu.h"
#include "ui/createwizard/pricepanel.h"
#include "ui/createwizard/productstep.h"
#include "ui/createwizard/reviewstep.h"
#include "ui/createwizard/settingsstep.h"
#include "ui/createwizard/stepdeck.h"
#include "ui/createwizard/steplist.h"
#include "ui/createwizard/wizardpresets.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/format.h"
#include "ui/prompts.h"
#include "ui/theme.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>

#include <utility>

namespace novita {

namespace {

constexpr QSize kSize{1232, 720};
constexpr QSize kLeastSize{1000, 600};
constexpr QSize kFrame{16, 48}; // what a window manager puts around it, about

} // namespace

CreateWizard::CreateWizard(UiContext context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_state(new WizardState(context.stores, context.settings, this))
    , m_submission(new CreateSubmission([create = &context.create](const InstanceDraft &draft) { return create->create(draft); },
                                        [refresher = &context.refresher] { return refresher->refresh(DataKind::Instances); }, this))
    , m_list(new StepList(m_context, this))
    , m_title(new QLabel(this))
    , m_feedback(new CreateFeedback(*m_submission, m_context, this))
    , m_deck(new StepDeck(*m_state, *m_list, this))
    , m_price(new PricePanel(*m_state, m_context, this))
    , m_blocker(new QLabel(this))
    , m_cancel(new QPushButton(this))
    , m_back(new QPushButton(this))
    , m_next(new QPushButton(this))
    , m_several(new QPushButton(this))
    , m_create(new QPushButton(this))
    , m_presetMenu(new PresetMenu(m_context, *m_state, this))
    , m_presetButton(new QPushButton(this))
{
    buildSteps();
    buildLayout();
    connectSignals();
    m_presets->suggestName();
    retranslate();
    goTo(0);
    m_presets->readLists();
}

CreateWizard::~CreateWizard() = default;

void CreateWizard::buildSteps()
{
    auto *product = new ProductStep(*m_state, m_context, m_deck);
    auto *image = new ImageStep(*m_state, m_context, m_deck);
    auto *settings = new SettingsStep(*m_state, m_context, m_deck);
    auto *review = new ReviewStep(*m_state, m_context, *m_price, m_deck);
    for (WizardStep *step : std::initializer_list<WizardStep *>{product, image, settings, review})
        m_deck->addStep(step);
    m_presets = new WizardPresets(m_context, *m_state, *image, this);
    connect(product, &ProductStep::refreshRequested, this, [this] { m_context.refresher.refresh(DataKind::Products); });
    connect(product, &ProductStep::offerActivated, m_next, &QPushButton::click);
    connect(image, &ImageStep::refreshRequested, this, [this] { m_context.refresher.refresh(DataKind::Templates); });
    connect(review, &ReviewStep::fieldRequested, m_deck, &StepDeck::goToField);
}

void CreateWizard::buildLayout()
{
    setModal(false);
    setSizeGripEnabled(true);
    setMinimumSize(kLeastSize);
    const double scale = static_cast<double>(m_context.theme.controlHeight()) / space::kControlHeight;
    resize((QSizeF(kSize) * scale).toSize().boundedTo(screen()->availableSize() - kFrame).expandedTo(kLeastSize));
    m_title->setTextFormat(Qt::PlainText);
    m_blocker->setTextFormat(Qt::PlainText);
    m_blocker->setProperty("tone", QStringLiteral("warn"));
    m_next->setProperty("primary", true);
    m_create->setProperty("primary", true);
    for (QPushButton *button : {m_cancel, m_back, m_next, m_several, m_create})
        button->setAutoDefault(false);

    auto *middle = new QVBoxLayout;
    middle->setSpacing(space::kRelated);
    middle->addWidget(m_title);
    middle->addSpacing(space::kInside);
    middle->addWidget(m_feedback);
    middle->addWidget(m_deck, 1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kGroup);
    columns->addWidget(m_list);
    columns->addLayout(middle, 1);
    columns->addWidget(m_price);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    m_presetButton->setMenu(m_presetMenu);
    m_presetButton->setAutoDefault(false);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_presetButton);
    buttons->addStretch();
    buttons->addWidget(m_blocker);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    buttons->addWidget(m_several);
    buttons->addWidget(m_create);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addLayout(columns, 1);
    layout->addLayout(buttons);
}

void CreateWizard::connectSignals()
{
    connect(m_deck, &StepDeck::moved, this, &CreateWizard::updateStep);
    connect(m_cancel, &QPushButton::clicked, this, &CreateWizard::reject);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(currentStep() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(currentStep() + 1); });
    connect(m_create, &QPushButton::clicked, this, &CreateWizard::requestCreate);
    connect(m_presetMenu, &PresetMenu::chosen, this, &CreateWizard::usePreset);
    connect(m_presetMenu, &PresetMenu::reported, m_feedback, &CreateFeedback::showMessage);
    connect(m_several, &QPushButton::clicked, this, &CreateWizard::requestSeveral);
    connect(m_state, &WizardState::changed, this, &CreateWizard::updateButtons);
    connect(m_submission, &CreateSubmission::stateChanged, this, &CreateWizard::followSubmission);
    connect(&m_context.create, &CreateInstance::turnedUp, m_submission, &CreateSubmission::settle);
    connect(m_feedback, &CreateFeedback::retryRequested, this, &CreateWizard::requestCreate);
    connect(m_feedback, &CreateFeedback::createAgainRequested, this, &CreateWizard::confirmAgain);
    connect(m_feedback, &CreateFeedback::instanceRequested, this, &CreateWizard::finishCreated);
    connect(m_feedback, &CreateFeedback::openPageRequested, this, &CreateWizard::openPageRequested);
    connect(m_feedback, &CreateFeedback::otherProductRequested, this, [this] {
        m_context.refresher.refresh(DataKind::Products);
        goTo(0);
    });
    connect(&m_context.session, &SessionController::profileSwitched, this, &CreateWizard::profileSwitched);
    // Another key of the same profile is another account's, too; a switch of the profile says so itself right after.
    connect(&m_context.stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_wasReset = true;
        QMetaObject::invokeMethod(this, &CreateWizard::keyChanged, Qt::QueuedConnection);
    });
    connect(&m_context.profiles, &ProfileStore::activeChanged, this, &CreateWizard::updateButtons);
    connect(&m_context.profiles, &ProfileStore::profilesChanged, this, &CreateWizard::updateButtons);
    connect(&m_context.theme, &Theme::changed, this, [this] { m_title->setFont(m_context.theme.font(TextStyle::Title, true)); });
}

void CreateWizard::setDraft(const InstanceDraft &draft)
{
    m_state->setDraft(draft);
    if (draft.name.isEmpty())
        m_presets->suggestName();
}

/// A preset is a beginning, not an instance: it gets a name that is free.
void CreateWizard::usePreset(const InstanceDraft &draft)
{
    InstanceDraft fresh = draft;
    fresh.name = m_context.create.freeName(draft.name);
    m_state->setDraft(fresh);
    goTo(stepCount() - 1);
}

void CreateWizard::setProduct(const ProductId &id)
{
    m_presets->setProduct(id);
}

void CreateWizard::setTemplate(const TemplateId &id)
{
    m_presets->setTemplate(id);
}

const InstanceDraft &CreateWizard::draft() const
{
    return m_state->draft();
}

int CreateWizard::currentStep() const
{
    return m_deck->currentIndex();
}

int CreateWizard::stepCount() const
{
    return m_deck->count();
}

void CreateWizard::goTo(int step)
{
    m_deck->goTo(step);
}

QString CreateWizard::creating() const
{
    return m_submission->state() == CreateSubmission::State::Running ? m_submission->name() : QString();
}

QString CreateWizard::createdName() const
{
    return m_submission->state() == CreateSubmission::State::Done ? m_submission->name() : QString();
}

void CreateWizard::updateStep()
{
    m_title->setText(m_deck->title());
    updateButtons();
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
    const bool review = m_deck->isAtReview();
    const bool done = m_submission->state() == CreateSubmission::State::Done;
    const QString reason = blocker();
    m_back->setEnabled(currentStep() > 0);
    m_next->setVisible(!review);
    m_next->setDefault(!review);
    m_create->setVisible(review);
    m_several->setVisible(review && !done);
    m_several->setEnabled(reason.isEmpty());
    m_several->setToolTip(format::actionTip(reason));
    m_create->setEnabled(reason.isEmpty());
    m_create->setToolTip(format::actionTip(reason));
    m_create->setText(m_submission->state() == CreateSubmission::State::Running ? tr("Creating…") : tr("C&reate"));
    m_blocker->setText(reason);
    m_blocker->setVisible(!reason.isEmpty() && (review || m_submission->isBusy() || m_context.session.isReadOnly()));
    const bool closes = done || m_submission->isBusy();
    m_cancel->setText(closes ? tr("C&lose") : tr("&Cancel"));
    m_cancel->setAccessibleName(closes ? tr("Close") : tr("Cancel"));
    orderTabs();
}

/// From the end of a step to the button that goes on. Steps are made after the buttons, and some of their inputs much later.
void CreateWizard::orderTabs()
{
    for (QWidget *button : std::initializer_list<QWidget *>{m_next, m_create, m_several, m_back, m_presetButton, m_cancel}) {
        QWidget *last = previousInFocusChain();
        while (last != this && (last == button || last->focusPolicy() == Qt::NoFocus))
            last = last->previousInFocusChain();
        if (last != this)
            setTabOrder(last, button);
    }
}

void CreateWizard::retranslate()
{
    setWindowTitle(tr("New instance"));
    setAccessibleName(tr("New instance"));
    m_list->setAccessibleName(tr("Steps"));
    m_deck->retranslate();
    m_title->setText(m_deck->title());
    m_title->setFont(m_context.theme.font(TextStyle::Title, true));
    m_back->setText(tr("&Back"));
    m_back->setAccessibleName(tr("Back"));
    m_next->setText(tr("&Next"));
    m_next->setAccessibleName(tr("Next"));
    m_create->setAccessibleName(tr("Create"));
    m_presetButton->setText(tr("&Presets"));
    m_presetButton->setAccessibleName(tr("Presets"));
    m_several->setText(tr("Create &several…"));
    m_several->setAccessibleName(tr("Create several…"));
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
    m_context.prompts.confirm(this, createquestions::inProduction(draft().name, profile->name, m_price->summary()), [this](bool yes) {
        if (yes && blocker().isEmpty())
            m_submission->submit(draft());
    });
}

void CreateWizard::requestSeveral()
{
    if (!blocker().isEmpty() || std::exchange(m_leaving, true))
        return;
    const InstanceDraft model = draft();
    done(QDialog::Rejected);
    emit severalRequested(model);
}

void CreateWizard::confirmAgain()
{
    m_context.prompts.confirm(this, createquestions::again(draft().name, m_price->summary()), [this](bool yes) {
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
    if (state == State::Running) {
        const std::optional<Profile> profile = m_context.profiles.active();
        m_profileName = profile ? profile->name : QString();
        return;
    }
    // An adopted instance is told of before the dialog goes, unless nobody is there to read it.
    const bool told = state == State::Done && m_submission->outcome().kind != CreateOutcome::Kind::Created && isVisible();
    if (state == State::Done && !told)
        finishCreated();
    // Closed meanwhile, and there is something to decide.
    if (isHidden() && (state == State::Failed || state == State::Unknown)) {
        emit newsChanged(StateTone::Idle, {});
        show();
    }
}

void CreateWizard::finishCreated()
{
    if (std::exchange(m_leaving, true))
        return;
    emit created(m_submission->outcome().id);
    done(QDialog::Accepted);
}

void CreateWizard::hideWhileCreating()
{
    hide();
    emit newsChanged(StateTone::Wait, tr("“%1” is being created. What comes of it will be said here.").arg(m_submission->name()));
}

void CreateWizard::keyChanged()
{
    if (!std::exchange(m_wasReset, false) || m_leaving)
        return;
    m_presets->forget();
    m_state->forgetCloudIds();
    m_feedback->showWarning(tr("The API key has changed: choose the product, volumes and credentials anew. The rest is kept."));
    m_presets->readLists();
    goTo(0);
}

void CreateWizard::profileSwitched()
{
    m_wasReset = false;
    using State = CreateSubmission::State;
    const State state = m_submission->state();
    const bool open = state == State::Running || state == State::Looking || state == State::Unknown;
    const QString lost = open ? tr("It is not known whether “%1” was created under “%2”: the profile was changed before the answer came. Look there before "
                                   "you create it again.").arg(m_submission->name(), m_profileName)
                              : QString();
    m_submission->forget();
    if (isHidden() && !m_leaving) {
        m_leaving = true;
        emit newsChanged(StateTone::Warn, lost);
        QDialog::reject();
        return;
    }
    m_presets->forget();
    m_state->forgetCloudIds();
    const QString changed = tr("The profile has changed: choose the product, volumes and credentials anew. The rest is kept.");
    m_feedback->showWarning(lost.isEmpty() ? changed : lost + QLatin1Char('\n') + changed);
    m_presets->readLists();
    goTo(0);
}

void CreateWizard::reject()
{
    if (m_submission->state() == CreateSubmission::State::Done) {
        finishCreated();
        return;
    }
    if (m_submission->isBusy()) {
        hideWhileCreating();
        return;
    }
    const bool unsettled = m_submission->state() == CreateSubmission::State::Unknown;
    if (m_leaving || (!m_state->hasInput() && !unsettled)) {
        m_leaving = true;
        QDialog::reject();
        return;
    }
    m_context.prompts.confirm(this, createquestions::discard(unsettled ? m_submission->name() : QString()), [this](bool yes) {
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
        hideWhileCreating();
        return;
    }
    QDialog::closeEvent(event);
}

} // namespace novita
