// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/modellist.h"

#include "ui/chat/chatwords.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/listcontent.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr Milliseconds kTick{30000}; // only the age on the bar moves
constexpr QLatin1String kFilterKey("filter");
constexpr QLatin1String kColumnsKey("columns");

} // namespace

ModelList::ModelList(const UiContext &context, LanguageModels &models, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_models(models)
    , m_model(makeLanguageModelTable(models.store(), this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_filter(new SearchField(context.theme, this))
    , m_count(makeLabel("text3", this))
    , m_table(new TableView(context.theme))
    , m_copyId(new QAction(this))
    , m_content(new ListContent(context.theme, models.store(), *m_model, m_table, this))
{
    buildLayout();
    connectSignals();
    m_tick.setInterval(kTick);
    retranslate();
}

void ModelList::buildLayout()
{
    m_banner->setDismissible(false);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QList<ColumnSpec> columns;
    for (const TableColumn &column : m_model->columns())
        columns.append({column.id, column.width, !column.shownByDefault, column.leaves});
    m_table->setColumns(columns);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->followCompactRows(m_context.settings);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addLayout(bar);
    layout->addWidget(m_content, 1);
}

void ModelList::connectSignals()
{
    connect(m_filter, &SearchField::filterChanged, this, &ModelList::applyFilter);
    connect(m_filter, &SearchField::leaveRequested, this, &ModelList::focusRows);
    connect(m_content, &ListContent::clearFilterRequested, this, [this] { m_filter->setFilter({}); });
    connect(m_content, &ListContent::nothingActionRequested, this, [this] { m_models.read(true); });
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] { m_models.read(true); });
    connect(m_model, &EntityTableModel::updated, this, &ModelList::present);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ModelList::present);
    connect(&m_models, &LanguageModels::changed, this, &ModelList::present);
    connect(&m_models.store(), &EntityStoreBase::freshnessChanged, this, &ModelList::present);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelList::followCurrent);
    connect(m_copyId, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_model->idAt(m_table->currentIndex().row())); });
    connect(m_table, &TableView::rowActivated, this, &ModelList::activated);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) { m_table->popupMenu(position, {m_copyId}); });
    connect(&m_tick, &QTimer::timeout, this, &ModelList::presentBanner);
}

void ModelList::applyFilter()
{
    m_content->setTyped(m_filter->text());
    m_model->setFilter(m_filter->text());
    present();
}

void ModelList::present()
{
    m_content->refresh();
    const int shown = m_model->rowCount();
    const int all = m_model->totalCount();
    const QString count = shown == all ? tr("%Ln model(s)", nullptr, all) : tr("%1 of %2", "models shown, models").arg(format::number(shown), format::number(all));
    // Of one that is not live the bar says more, once it is known why.
    const bool isWaitedFor = m_models.source() == ModelListSource::Kept && m_models.reason() == ModelListReason::None;
    m_count->setText(isWaitedFor ? tr("%1, %2", "so many models, age of the list").arg(count, format::age(m_models.dated(), m_context.clock.now())) : count);
    if (!m_wanted.isEmpty() && m_model->rowOf(m_wanted) >= 0)
        setCurrent(m_wanted);
    m_copyId->setEnabled(m_table->currentIndex().isValid());
    m_table->viewport()->update(); // of all prices when one more has more decimals
    presentBanner();
}

void ModelList::presentBanner()
{
    const QString notice = chatwords::listNotice(m_models, m_context.clock.now());
    if (notice.isEmpty())
        m_banner->clear();
    else
        m_banner->showMessage(StateTone::Warn, notice, m_models.isReading() ? QString() : tr("Try again"));
}

void ModelList::setCurrent(const QString &id)
{
    m_wanted = id;
    const int row = m_model->rowOf(id);
    if (row < 0 || m_model->idAt(m_table->currentIndex().row()) == id)
        return;
    const QSignalBlocker blocker(m_table->selectionModel());
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(m_model->index(row, 0));
    m_copyId->setEnabled(true);
    m_table->viewport()->update();
}

void ModelList::followCurrent()
{
    const QString id = m_model->idAt(m_table->currentIndex().row());
    m_copyId->setEnabled(!id.isEmpty());
    if (id.isEmpty() || id == m_wanted)
        return;
    m_wanted = id;
    emit chosen(LanguageModelId(id));
}

void ModelList::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ModelList::focusRows()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

bool ModelList::isFilled() const
{
    return m_model->rowCount() > 0;
}

QJsonObject ModelList::saveState() const
{
    return {{kFilterKey, m_filter->text()}, {kColumnsKey, m_table->saveLayout()}};
}

void ModelList::restoreState(const QJsonObject &state)
{
    m_table->restoreLayout(state.value(kColumnsKey).toObject());
    m_filter->setFilter(state.value(kFilterKey).toString());
}

void ModelList::retranslate()
{
    ListWords words;
    words.tableName = tr("Language models table");
    words.filterName = tr("Filter language models");
    words.filterHint = tr("Filter, e.g. context:>32000 price:<0.5");
    words.filterHelp = tr("Words, or field:value with name, id or can. context:>32000 in tokens; in:<0.3, out:<1 and price:<0.5 (either) in USD per million tokens.");
    words.nothing = tr("No language models.");
    words.noMatch = tr("No model matches the filter.");
    m_content->setWords(words);
    m_table->setAccessibleName(words.tableName);
    m_filter->setAccessibleName(words.filterName);
    m_filter->setPlaceholderText(words.filterHint);
    m_filter->setToolTip(words.filterHelp);
    m_copyId->setText(tr("Copy model id"));
    m_copyId->setToolTip(tr("Copies the id that requests name the model by"));
    m_model->retranslate();
    present();
}

void ModelList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ModelList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    presentBanner();
    m_tick.start();
}

void ModelList::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

} // namespace novita
