// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/actiondialog.h"

#include "core/settings/profilestore.h"
#include "core/workflows/actionrules.h"
#include "core/workflows/actiontexts.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/instanceforms/actionform.h"
#include "ui/instanceforms/actionwords.h"
#include "ui/instanceforms/copyasmenu.h"
#include "ui/productiongate.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>

#include <algorithm>
#include <optional>

namespace novita {

namespace {

constexpr int kWidth = 620;
constexpr int kLettersOfWidth = 84;
constexpr int kMostFormLines = 24;
constexpr int kLeastFormLines = 5;

/// As wide as its words need, within the screen.
int dialogWidth(const QWidget &widget)
{
    const int wanted = std::max(kWidth, widget.fontMetrics().averageCharWidth() * kLettersOfWidth);
    return std::min(wanted, std::max(kWidth, widget.screen()->availableSize().width() - 2 * space::kPage));
}

/// A form as high as its content, up to a bound: beyond it scrolls.
class FormArea final : public QScrollArea
{
public:
    explicit FormArea(QWidget *parent) : QScrollArea(parent)
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    /// Where the screen is too low for everything, the form scrolls; the notes below it cannot.
    QSize minimumSizeHint() const override { return {100, std::min(sizeHint().height(), fontMetrics().lineSpacing() * kLeastFormLines)}; }
    QSize sizeHint() const override
    {
        if (!widget())
            return QScrollArea::sizeHint();
        const int width = dialogWidth(*this) - 2 * space::kPage;
        const int wanted = widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
        return {width, std::clamp(wanted, 40, fontMetrics().lineSpacing() * kMostFormLines)};
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest) {
            updateGeometry();
            keepWhole();
        }
        return QScrollArea::eventFilter(watched, event);
    }
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        keepWhole();
    }

private:
    /// By itself an area squeezes what wraps before it scrolls.
    void keepWhole()
    {
        if (widget() && widget()->hasHeightForWidth())
            widget()->setMinimumHeight(widget()->heightForWidth(viewport()->width()));
    }
};

} // namespace

ActionDialog::ActionDialog(InstanceAction action, const QList<BulkRow> &plan, const UiContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_action(action)
    , m_plan(plan)
    , m_form(ActionForm::make(action, context, this))
    , m_title(makeWords("text", this))
    , m_intro(makeWords("text2", this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_scroll(new FormArea(this))
    , m_consequences(makeWords("text2", this))
    , m_blocker(makeWords("warn", this))
    , m_copyAs(new QPushButton(this))
    , m_cancel(new QPushButton(this))
    , m_send(new QPushButton(this))
{
    Q_ASSERT(m_form);
    for (const BulkRow &row : plan) {
        if (row.state != BulkRow::State::Waiting)
            continue;
        if (m_ids.isEmpty())
            m_name = row.name;
        m_ids.append(row.id);
    }
    buildLayout();
    connectSignals();
    readLists();
    if (m_form->needsDetail())
        readDetail();
    else
        loadForm();
    retranslate();
    m_form->focusFirst();
}

ActionDialog::~ActionDialog() = default;

void ActionDialog::buildLayout()
{
    setSizeGripEnabled(true);
    m_title->setFont(m_context.theme.font(TextStyle::Title, true));
    m_scroll->setWidget(m_form);
    m_send->setProperty(m_action == InstanceAction::Upgrade ? "danger" : "primary", true);
    for (QPushButton *button : {m_copyAs, m_cancel, m_send})
        button->setAutoDefault(false);
    // What resets an instance, or pays for months, is not a matter of one Return too many.
    const bool grave = m_action == InstanceAction::Upgrade || m_action == InstanceAction::Renew || m_action == InstanceAction::ToMonthly;
    m_send->setDefault(!grave);
    auto *menu = new QMenu(this);
    fillCopyAsMenu(menu, [this] { return std::optional(m_context.commands.preview(m_ids.first(), request())); });
    m_copyAs->setMenu(menu);
    m_copyAs->setProperty("hasMenu", true);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_copyAs);
    buttons->addWidget(m_blocker, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_send);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    layout->addWidget(m_banner);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_consequences);
    layout->addSpacing(space::kRelated);
    layout->addLayout(buttons);
    setMinimumWidth(dialogWidth(*this));
}

void ActionDialog::connectSignals()
{
    connect(m_form, &ActionForm::edited, this, &ActionDialog::update);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &ActionDialog::ask);
    m_banner->setRemedies({ErrorRemedy::Retry}); // nothing opens beside a dialog
    connect(m_banner, &ErrorBanner::remedyRequested, this, [this] {
        m_banner->clear();
        if (!m_loaded)
            readDetail();
    });
    const InstanceStore &store = m_context.stores.instances;
    connect(&store, &EntityStoreBase::changed, this, &ActionDialog::update);
    connect(&store, &EntityStoreBase::removed, this, &ActionDialog::update);
    connect(&store, &EntityStoreBase::wasReset, this, &QDialog::reject);
    connect(&m_context.commands, &InstanceCommands::paymentSettled, this, &ActionDialog::onPaymentSettled);
    connect(&m_context.theme, &Theme::changed, this, [this] { m_title->setFont(m_context.theme.font(TextStyle::Title, true)); });
}

/// What the inputs offer to choose from; read when it is not there yet.
void ActionDialog::readLists()
{
    const bool images = m_action == InstanceAction::Upgrade || m_action == InstanceAction::SaveImage;
    if (images && !m_context.stores.registryAuths.refreshedAt())
        m_context.refresher.refresh(DataKind::RegistryAuths, false);
    if (m_action == InstanceAction::Upgrade && !m_context.stores.storages.refreshedAt())
        m_context.refresher.refresh(DataKind::Storages, false);
    const bool prices = m_action == InstanceAction::Renew || m_action == InstanceAction::ToMonthly;
    if (prices && !m_context.stores.products.refreshedAt())
        m_context.refresher.refresh(DataKind::Products, false);
}

void ActionDialog::readDetail()
{
    m_reading.reset(m_context.refresher.refreshInstance(m_ids.first(), true))->onFinished(this, [this](const Result<Done> &read) {
        if (read)
            loadForm();
        else
            m_banner->setError(read.error(), tr("The instance could not be read"), tr("Retry"));
        update();
    });
    update();
}

void ActionDialog::loadForm()
{
    QList<Instance> instances;
    for (const InstanceId &id : std::as_const(m_ids)) {
        if (const Instance *instance = m_context.stores.instances.find(id))
            instances.append(*instance);
    }
    m_loaded = !instances.isEmpty();
    if (m_loaded)
        m_form->load(instances);
    m_form->focusFirst();
}

InstanceRequest ActionDialog::request() const
{
    return m_form->request();
}

QString ActionDialog::blocker() const
{
    if (m_sending.isBusy())
        return tr("Waiting for the cloud…");
    if (!m_loaded)
        return m_reading.isBusy() ? tr("Reading the instance…") : tr("The instance has not been read.");
    if (isForOne()) {
        if (const ActionVerdict verdict = m_context.commands.verdict(m_ids.first(), m_action); !verdict.allowed)
            return verdict.reason;
    }
    const QList<DraftProblem> problems = m_context.commands.problems(m_ids.first(), request());
    return problems.isEmpty() ? QString() : problems.first().message;
}

void ActionDialog::update()
{
    const QString reason = blocker();
    m_form->setEnabled(m_loaded && !m_sending.isBusy());
    m_send->setEnabled(reason.isEmpty());
    m_send->setToolTip(format::actionTip(reason));
    m_copyAs->setEnabled(m_loaded);
    m_blocker->setText(reason);
    m_form->showProblems(m_loaded && m_form->isTouched() ? m_context.commands.problems(m_ids.first(), request()) : QList<DraftProblem>());
    QStringList lines = m_context.commands.lossOf(m_ids.first(), m_action).notes;
    lines += m_form->consequences();
    m_consequences->setText(lines.isEmpty() ? QString() : QStringLiteral("•  ") + lines.join(QStringLiteral("\n•  ")));
    m_intro->setText(introduction());
    m_intro->setVisible(!m_intro->text().isEmpty());
    m_consequences->setVisible(!m_consequences->text().isEmpty());
    if (isVisible())
        fit();
}

void ActionDialog::fit()
{
    m_scroll->updateGeometry();
    makeRoom(this);
}

void ActionDialog::setVisible(bool visible)
{
    if (visible && !isVisible()) {
        resize(dialogWidth(*this), height());
        ensurePolished();
        fit();
    }
    QDialog::setVisible(visible);
}

QString ActionDialog::introduction() const
{
    const LossPreview loss = isForOne() ? m_context.commands.lossOf(m_ids.first(), m_action) : LossPreview();
    QStringList sentences;
    if (!loss.lost.isEmpty())
        sentences.append(tr("May be lost: %1.").arg(loss.lost.join(QStringLiteral(", "))));
    if (!loss.kept.isEmpty())
        sentences.append(tr("Stays: %1.").arg(loss.kept.join(QStringLiteral(", "))));
    const auto left = static_cast<int>(m_plan.size() - m_ids.size());
    if (left > 0)
        sentences.append(tr("%Ln selected instance(s) left out, as the action does not fit them.", nullptr, left));
    return sentences.join(QLatin1Char('\n'));
}

void ActionDialog::ask()
{
    if (!blocker().isEmpty())
        return;
    ConfirmRequest question;
    const auto count = static_cast<int>(m_ids.size());
    question.title = actionwords::question(m_action, count, m_name);
    question.confirmLabel = actionwords::verb(m_action, count);
    question.text = m_form->doubt();
    const bool inDoubt = !question.text.isEmpty();
    question.destructive = inDoubt || m_action == InstanceAction::Upgrade;
    const std::optional<Profile> profile = m_context.profiles.active();
    if (!inDoubt || (profile && profile->production)) {
        confirmInProduction(m_context, this, question, [this] { send(); });
        return;
    }
    m_context.prompts.confirm(this, question, [guard = QPointer(this)](bool yes) {
        if (yes && guard)
            guard->send();
    });
}

void ActionDialog::send()
{
    if (!blocker().isEmpty())
        return;
    m_banner->clear();
    if (!isForOne()) {
        const InstanceRequest wanted = request();
        accept();
        emit severalAccepted(m_plan, wanted);
        return;
    }
    m_sending.reset(m_context.commands.run(m_ids.first(), request()))->onFinished(this, [this](const Result<Done> &result) { sent(result); });
    update();
}

void ActionDialog::sent(const Result<Done> &result)
{
    if (result) {
        accept();
        return;
    }
    m_banner->setError(result.error(), actionwords::couldNot(m_action, m_name), tr("Dismiss"));
    if (result.error().effectUnknown && paysAtOnce(m_action))
        m_banner->showMessage(StateTone::Warn, actiontexts::inDoubt(m_action, m_name, tr("the answer was lost. The instance is being read until it tells; asked for again before that, it may be paid twice.")));
    else if (result.error().effectUnknown)
        m_banner->showMessage(StateTone::Warn, tr("The answer was lost: the request may have taken effect. Look at the instance before you send it again."));
    update();
}

/// What was lost here, or in another dialog, is known now or given up; the activity says which.
void ActionDialog::onPaymentSettled(const InstanceId &id)
{
    if (!isForOne() || id != m_ids.first() || !paysAtOnce(m_action))
        return;
    m_banner->showMessage(StateTone::Warn, tr("What was asked for before is not looked for any more: the activity says what became of it. Look at the instance and the bills before you ask again."));
    update();
}

void ActionDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ActionDialog::retranslate()
{
    const auto count = static_cast<int>(m_ids.size());
    const QString title = count == 1 ? tr("%1: %2", "an action and the instance it is for").arg(actionwords::plainLabel(m_action), m_name)
                                     : actionwords::resultsTitle(m_action, count);
    setWindowTitle(title);
    m_title->setText(title);
    m_scroll->setAccessibleName(title);
    m_copyAs->setText(tr("Copy as"));
    m_copyAs->setToolTip(tr("The request that would be sent, with the key as $NOVITA_API_KEY and without secret values"));
    m_cancel->setText(tr("Cancel"));
    m_send->setText(actionwords::verb(m_action, count));
    update();
}

} // namespace novita
