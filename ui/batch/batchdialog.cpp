// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchdialog.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/batchruns.h"
#include "core/workflows/createsearch.h"
#include "core/workflows/productranking.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/batch/batchmodel.h"
#include "ui/batch/batchsource.h"
#include "ui/batch/batchvalues.h"
#include "ui/batch/batchwords.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/productiongate.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/tableview.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSet>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr QSize kSize{1100, 680};
constexpr QSize kLeastSize{720, 520};
constexpr QSize kFrame{16, 40};
constexpr int kLeastRows = 5; ///< of the table that are seen with their header

} // namespace

BatchDialog::BatchDialog(const UiContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_source(new BatchSource(m_context, this))
    , m_values(new BatchValues(this))
    , m_rows(new BatchModel(context.stores, this))
    , m_view(new TableView(context.theme, this))
    , m_cost(makeWords("text", this))
    , m_problems(makeWords("bad", this))
    , m_leaveOut(new QCheckBox(this))
    , m_parallelLabel(makeWords("text2", this))
    , m_parallel(new QSpinBox(this))
    , m_note(makeWords("text3", this))
    , m_close(new QPushButton(this))
    , m_cancelRest(new QPushButton(this))
    , m_look(new QPushButton(this))
    , m_again(new QPushButton(this))
    , m_retry(new QPushButton(this))
    , m_resume(new QPushButton(this))
    , m_create(new QPushButton(this))
{
    buildLayout();
    connectSignals();
    retranslate();
    setModel({});
}

BatchDialog::~BatchDialog() = default;

void BatchDialog::buildLayout()
{
    setModal(false);
    setSizeGripEnabled(true);
    setMinimumSize(kLeastSize);
    // Larger text needs more room, as far as there is any.
    const double scale = static_cast<double>(m_context.theme.controlHeight()) / space::kControlHeight;
    resize((QSizeF(kSize) * scale).toSize().boundedTo(screen()->availableSize() - kFrame).expandedTo(kLeastSize));
    m_banner->setDismissible(true);
    m_view->setModel(m_rows);
    m_view->setSortingEnabled(false);
    m_view->setItemDelegateForColumn(BatchModel::State, new StatusDelegate(m_context.theme, m_view));
    m_view->setColumnIds({QStringLiteral("row"), QStringLiteral("name"), QStringLiteral("product"), QStringLiteral("billing"), QStringLiteral("price"),
                          QStringLiteral("state"), QStringLiteral("result")},
                         {38, 100, 128, 92, 64, 138, 200});
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_parallel->setRange(BatchCreate::kLeastParallel, BatchCreate::kMostParallel);
    m_parallel->setValue(m_context.settings.value(keys::kBulkParallel));
    m_parallelLabel->setWordWrap(false);
    m_parallelLabel->setBuddy(m_parallel);
    for (QPushButton *button : {m_create, m_resume})
        button->setProperty("primary", true);

    auto *cost = new QHBoxLayout;
    cost->setSpacing(space::kRelated);
    cost->addWidget(m_cost, 1);
    cost->addWidget(m_parallelLabel);
    cost->addWidget(m_parallel);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_close);
    buttons->addWidget(m_note, 1);
    for (QPushButton *button : {m_cancelRest, m_look, m_again, m_retry, m_resume, m_create}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    m_close->setAutoDefault(false);
    m_view->setMinimumHeight(m_context.theme.rowHeight(false) * (kLeastRows + 1));
    // What does not fit on a small screen with large text is scrolled to; the buttons always stay.
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGroup);
    column->addWidget(m_source);
    column->addWidget(m_values);
    column->addWidget(m_view, 1);
    column->addWidget(m_problems);
    column->addWidget(m_leaveOut);
    column->addLayout(cost);
    auto *scroll = makeScrolling(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_banner);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
}

void BatchDialog::connectSignals()
{
    connect(m_source, &BatchSource::changed, this, &BatchDialog::showPlan);
    connect(m_source, &BatchSource::modelEditRequested, this, [this] { emit modelEditRequested(m_source->model()); });
    connect(m_source, &BatchSource::failed, this, [this](const QString &sentence) {
        if (sentence.isEmpty())
            m_banner->clear();
        else
            m_banner->showMessage(StateTone::Bad, sentence);
    });
    connect(m_leaveOut, &QCheckBox::toggled, this, &BatchDialog::showPlan);
    connect(m_view, &TableView::rowActivated, this, [this](int row) {
        if (const InstanceId id = m_rows->idAt(row); !id.isEmpty())
            emit openInstanceRequested(id.toString());
    });
    connect(m_close, &QPushButton::clicked, this, &BatchDialog::reject);
    connect(m_create, &QPushButton::clicked, this, &BatchDialog::requestCreate);
    connect(m_resume, &QPushButton::clicked, this, &BatchDialog::resume);
    connect(m_cancelRest, &QPushButton::clicked, this, [this] { m_context.batches.cancel(m_batch); });
    connect(m_retry, &QPushButton::clicked, this, &BatchDialog::retry);
    connect(m_look, &QPushButton::clicked, this, [this] { m_context.batches.lookAgain(m_batch, unsettledRows()); });
    connect(m_again, &QPushButton::clicked, this, &BatchDialog::createAgain);
    connect(&m_context.batches, &BatchRuns::changed, this, [this](const OperationId &id) {
        if (id == m_batch)
            showProgress();
        else
            updateButtons();
    });
    connect(&m_context.session, &SessionController::profileSwitched, this, [this] {
        m_leaving = true;
        reject();
    });
    connect(&m_context.stores.products, &EntityStoreBase::freshnessChanged, this, [this] {
        if (m_batch.isEmpty())
            setModel(m_model);
    });
}

BatchCreate *BatchDialog::batch() const
{
    return m_context.batches.find(m_batch);
}

void BatchDialog::setModel(const InstanceDraft &model)
{
    m_model = model;
    adoptBestProduct();
}

/// A table need not say what to run on: then it is what the wizard would choose.
void BatchDialog::adoptBestProduct()
{
    InstanceDraft model = m_model;
    if (model.productId.isEmpty()) {
        ProductQuery query;
        query.kind = model.kind;
        query.mode = model.kind == ProductKind::Cpu ? BillingMode::OnDemand : model.billing;
        query.gpuCount = model.gpuNum;
        query.regionOrder = preferredRegions(m_context.settings.value(keys::kDefaultRegion), m_context.settings.value(keys::kRegionOrder));
        const QList<RankedProduct> ranking = rankProducts(m_context.stores.products.all(), m_context.stores.clusters.all(), query);
        if (!ranking.isEmpty() && ranking.first().isOffered()) {
            model.productId = ranking.first().id;
            model.clusterId = ranking.first().clusterId;
        }
    }
    m_source->setModel(model);
}

// What shall be made

void BatchDialog::showPlan()
{
    if (!m_batch.isEmpty())
        return;
    const Result<BatchTable> read = m_source->rows();
    m_tableProblem = read ? QString() : read.error().message;
    m_table = read.valueOr({});
    nameRows();
    QStringList problems;
    qsizetype bad = 0;
    for (const BatchTableRow &row : std::as_const(m_table.rows)) {
        problems.append(row.problems.join(QLatin1Char(' ')));
        bad += row.problems.isEmpty() ? 0 : 1;
    }
    m_rows->setPlan(m_table.drafts(), problems);
    m_leaveOut->setVisible(bad > 0 && bad < m_table.rows.size());
    m_leaveOut->setText(tr("Leave out %n row(s) with problems", nullptr, static_cast<int>(bad)));
    if (!m_tableProblem.isEmpty()) {
        m_problems->setText(m_tableProblem);
    } else {
        constexpr int kShown = 3;
        QStringList named = m_table.problems();
        const qsizetype more = named.size() - kShown;
        named = named.mid(0, kShown);
        if (more > 0)
            named.append(tr("%n more problem(s) in the table above.", nullptr, static_cast<int>(more)));
        m_problems->setText(named.join(QLatin1Char('\n')));
    }
    m_problems->setVisible(!m_problems->text().isEmpty());
    showCost(planned());
    updateButtons();
}

/// What is confirmed is what is sent: a name that is taken gets its number here, not on the way.
void BatchDialog::nameRows()
{
    QSet<QString> taken;
    const QList<Instance> there = m_context.stores.instances.all();
    for (const Instance &instance : there)
        taken.insert(instance.name);
    for (BatchTableRow &row : m_table.rows) {
        if (row.draft.name.isEmpty())
            continue;
        row.draft.name = freeNameAmong(row.draft.name, taken);
        taken.insert(row.draft.name);
    }
}

/// The rows without a problem: no others have a price, and none of them is ever sent.
QList<InstanceDraft> BatchDialog::planned() const
{
    QList<InstanceDraft> out;
    for (const BatchTableRow &row : m_table.rows) {
        if (row.problems.isEmpty())
            out.append(row.draft);
    }
    return out;
}

void BatchDialog::showCost(const QList<InstanceDraft> &drafts)
{
    m_cost->setText(drafts.isEmpty() ? QString() : batchwords::cost(static_cast<int>(drafts.size()), BatchCreate::cost(drafts, m_context.stores)));
}

QString BatchDialog::planBlocker() const
{
    if (m_context.session.isReadOnly())
        return tr("This profile is read-only.");
    if (m_context.batches.isSending())
        return tr("Another batch is being created.");
    if (!m_tableProblem.isEmpty() || m_table.rows.isEmpty())
        return tr("There are no rows to create.");
    const auto bad = std::count_if(m_table.rows.cbegin(), m_table.rows.cend(), [](const BatchTableRow &row) { return !row.problems.isEmpty(); });
    if (bad == m_table.rows.size())
        return tr("No row can be created as it is.");
    return bad == 0 || m_leaveOut->isChecked() ? QString() : tr("%n row(s) to put right or to leave out", nullptr, static_cast<int>(bad));
}

void BatchDialog::requestCreate()
{
    if (!planBlocker().isEmpty())
        return;
    askInProduction(planned(), [this] {
        if (planBlocker().isEmpty())
            create();
    });
}

void BatchDialog::askInProduction(const QList<InstanceDraft> &drafts, std::function<void()> go)
{
    const auto rows = static_cast<int>(drafts.size());
    confirmInProduction(m_context, this, batchwords::inProduction(rows, batchwords::cost(rows, BatchCreate::cost(drafts, m_context.stores))), std::move(go));
}

/// What is sent when the rows in one of `states` are.
QList<InstanceDraft> BatchDialog::draftsIn(const QList<BatchRow::State> &states) const
{
    QList<InstanceDraft> out;
    if (const BatchCreate *shown = batch()) {
        for (const BatchRow &row : shown->rows()) {
            if (states.contains(row.state))
                out.append(row.draft);
        }
    }
    return out;
}

void BatchDialog::create()
{
    if (const BatchCreate *begun = m_context.batches.begin(planned(), m_parallel->value()))
        showBatch(begun->operation());
}

// How it goes

void BatchDialog::showBatch(const OperationId &id)
{
    m_batch = id;
    BatchCreate *shown = batch();
    if (!shown)
        return;
    if (m_followed)
        m_followed->disconnect(this);
    m_followed = shown;
    connect(shown, &BatchCreate::rowChanged, this, [this, shown](int row) { m_rows->setRow(row, shown->rows().at(row)); });
    m_rows->setBatch(shown->rows());
    m_source->hide();
    m_problems->hide();
    m_leaveOut->hide();
    m_parallel->hide();
    m_parallelLabel->hide();
    m_view->setFocus(Qt::OtherFocusReason);
    showProgress();
}

void BatchDialog::showProgress()
{
    const BatchCreate *shown = batch();
    if (!shown)
        return;
    m_cost->setText(batchwords::progress(*shown));
    using State = BatchRow::State;
    m_values->setMissing(shown->missingValues(shown->isCutOff() ? QList{State::Waiting} : BatchCreate::retried() << State::Unknown));
    if (!shown->stopReason().isEmpty() && shown->count(BatchRow::State::Skipped) > 0)
        m_banner->showMessage(StateTone::Bad, tr("Stopped: %1").arg(shown->stopReason()));
    else if (shown->isCutOff())
        m_banner->showMessage(StateTone::Wait, tr("This batch was cut off. What was sent is accounted for below; what was not begun is sent only when you resume it."));
    else
        m_banner->clear();
    updateButtons();
}

void BatchDialog::resume()
{
    askInProduction(draftsIn({BatchRow::State::Waiting}), [this] {
        BatchCreate *shown = batch();
        if (!shown)
            return;
        shown->supply(m_values->values());
        m_rows->setBatch(shown->rows());
        m_context.batches.resume(m_batch);
    });
}

void BatchDialog::retry()
{
    askInProduction(draftsIn(BatchCreate::retried()), [this] {
        if (BatchCreate *shown = batch()) {
            shown->supply(m_values->values());
            m_context.batches.retryFailed(m_batch);
        }
    });
}

/// Of unknown outcome: those that are selected, else all.
QList<int> BatchDialog::unsettledRows() const
{
    const BatchCreate *shown = batch();
    if (!shown)
        return {};
    const QList<int> all = shown->rowsIn(BatchRow::State::Unknown);
    QList<int> selected;
    for (const int row : all) {
        if (m_view->selectionModel()->isRowSelected(row))
            selected.append(row);
    }
    return selected.isEmpty() ? all : selected;
}

void BatchDialog::createAgain()
{
    const QList<int> rows = unsettledRows();
    const BatchCreate *shown = batch();
    if (!shown || rows.isEmpty())
        return;
    QList<InstanceDraft> drafts;
    for (const int row : rows)
        drafts.append(shown->rows().at(row).draft);
    const auto count = static_cast<int>(rows.size());
    m_context.prompts.confirm(this, batchwords::again(count, batchwords::cost(count, BatchCreate::cost(drafts, m_context.stores))), [this, rows, drafts](bool yes) {
        if (!yes)
            return;
        askInProduction(drafts, [this, rows] {
            BatchCreate *asked = batch();
            if (!asked || m_context.session.isReadOnly())
                return;
            asked->supply(m_values->values());
            m_context.batches.createAgain(m_batch, rows);
        });
    });
}

void BatchDialog::updateButtons()
{
    const BatchCreate *shown = batch();
    const bool planning = m_batch.isEmpty();
    const int waiting = shown ? shown->count(BatchRow::State::Waiting) : 0;
    const int unsent = shown ? shown->count(BatchCreate::retried()) : 0;
    const bool sending = shown && m_context.batches.isSending();
    const QString blocker = planning ? planBlocker() : QString();
    m_create->setVisible(planning);
    m_create->setEnabled(blocker.isEmpty());
    m_create->setText(tr("Create %n instance(s)", nullptr, static_cast<int>(planned().size())));
    m_note->setText(blocker);
    m_cancelRest->setVisible(waiting > 0);
    m_retry->setVisible(!planning && !sending && waiting == 0 && unsent > 0);
    m_retry->setEnabled(!m_context.session.isReadOnly());
    const bool doubt = shown && !sending && shown->count(BatchRow::State::Unknown) > 0;
    m_look->setVisible(doubt);
    m_again->setVisible(doubt && waiting == 0);
    m_again->setEnabled(!m_context.session.isReadOnly());
    m_resume->setVisible(shown && shown->isCutOff() && !sending);
    m_resume->setEnabled(!m_context.session.isReadOnly());
    m_resume->setText(tr("Resume: create %n instance(s)", nullptr, waiting));
}

void BatchDialog::reject()
{
    const bool typed = m_batch.isEmpty() && m_source->hasInput();
    if (m_leaving || !typed) {
        QDialog::reject();
        return;
    }
    m_context.prompts.confirm(this, batchwords::discard(), [this](bool yes) {
        if (yes) {
            m_leaving = true;
            QDialog::reject();
        }
    });
}

void BatchDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void BatchDialog::retranslate()
{
    setWindowTitle(tr("Create several"));
    setAccessibleName(tr("Create several"));
    m_view->setAccessibleName(tr("Batch rows"));
    m_rows->retranslate();
    m_source->retranslate();
    m_leaveOut->setAccessibleName(tr("Leave out rows with problems"));
    m_parallelLabel->setText(tr("At a time"));
    m_parallel->setAccessibleName(tr("Creates at a time"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_cancelRest->setText(tr("Cancel the rest"));
    m_cancelRest->setAccessibleName(tr("Cancel the rest"));
    m_retry->setText(tr("Retry failed"));
    m_retry->setAccessibleName(tr("Retry failed"));
    m_look->setText(tr("Look again"));
    m_look->setAccessibleName(tr("Look again"));
    m_look->setToolTip(tr("Reads the instances for the selected rows of unknown outcome, or for all of them"));
    m_again->setText(tr("Create again anyway"));
    m_again->setAccessibleName(tr("Create again anyway"));
    m_again->setToolTip(tr("Sends the selected rows of unknown outcome once more, or all of them"));
    m_resume->setAccessibleName(tr("Resume"));
    m_create->setAccessibleName(tr("Create all"));
    if (m_batch.isEmpty())
        showPlan();
    else
        showProgress();
}

} // namespace novita
