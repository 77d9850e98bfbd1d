// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/catalogpane.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/errortext.h"
#include "ui/models/entitytablemodel.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableview.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kLayoutRest{300};
constexpr int kMostFilterChars = 500;

} // namespace

CatalogPane::CatalogPane(const UiContext &context, EntityTableModel *model, const EntityStoreBase &store, const SettingKey<QString> &layoutKey,
                         QWidget *details, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_store(store)
    , m_layoutKey(layoutKey)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_filter(new SearchField(context.theme, this))
    , m_columnsMenu(new QMenu(this))
    , m_columns(new ActionButton(QString(), m_columnsMenu, this))
    , m_bar(new QHBoxLayout)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_stack(new QStackedWidget)
    , m_table(new TableView(context.theme))
    , m_skeleton(new SkeletonOverlay(context.theme, m_table))
    , m_empty(new EmptyState)
    , m_details(details)
{
    buildLayout();
    connectSignals();
    updateContent();
    updateBanner();
}

void CatalogPane::buildLayout()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QStringList ids;
    QStringList hidden;
    QList<int> widths;
    for (const TableColumn &column : m_model->columns()) {
        ids.append(column.id);
        widths.append(column.width);
        if (!column.shownByDefault)
            hidden.append(column.id);
    }
    m_table->setColumnIds(ids, widths, hidden);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    m_table->restoreLayout(QJsonDocument::fromJson(m_context.settings.value(m_layoutKey).toUtf8()).object());
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(kLayoutRest);

    m_bar->setSpacing(space::kRelated);
    m_filter->setMinimumWidth(220);
    m_bar->addWidget(m_filter, 1);
    m_bar->addStretch();
    m_bar->addWidget(m_columns);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({1000, 320});
    m_details->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addLayout(m_bar);
    layout->addWidget(m_splitter, 1);
}

void CatalogPane::connectSignals()
{
    connect(m_filter, &SearchField::filterChanged, this, &CatalogPane::applyFilter);
    connect(m_model, &EntityTableModel::updated, this, [this] {
        if (!m_wantedId.isEmpty() && m_model->rowOf(m_wantedId) >= 0)
            setCurrentId(std::exchange(m_wantedId, {}));
        updateContent();
        followCurrent();
        emit updated();
    });
    connect(&m_store, &EntityStoreBase::freshnessChanged, this, [this] {
        updateBanner();
        updateContent();
        emit updated();
    });
    connect(&m_store, &EntityStoreBase::changed, this, [this](const QStringList &ids) {
        if (ids.contains(m_shownId))
            emit currentChanged(m_shownId);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CatalogPane::followCurrent);
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        m_detailsWanted = true;
        followCurrent();
        emit activated(m_model->idAt(row));
    });
    connect(m_table, &TableView::layoutChanged, &m_layoutTimer, qOverload<>(&QTimer::start));
    connect(&m_layoutTimer, &QTimer::timeout, this, &CatalogPane::saveLayout);
    connect(m_columnsMenu, &QMenu::aboutToShow, this, [this] { m_table->fillColumnMenu(m_columnsMenu); });
    connect(m_banner, &ErrorBanner::remedyRequested, this, &CatalogPane::applyRemedy);
    connect(m_empty, &EmptyState::activated, this, &CatalogPane::emptyPressed);
    connect(&m_context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kCompactRows.name)
            m_table->setCompact(m_context.settings.value(keys::kCompactRows));
    });
}

void CatalogPane::setWords(const CatalogWords &words)
{
    m_words = words;
    m_table->setAccessibleName(words.tableName);
    m_filter->setAccessibleName(words.filterName);
    m_filter->setPlaceholderText(words.filterHint);
    m_filter->setToolTip(words.filterHelp);
    m_columns->setText(tr("Columns"));
    m_columns->setAccessibleName(tr("Columns"));
    updateContent();
}

void CatalogPane::addToBar(QWidget *widget)
{
    // In front of the stretch and the columns button.
    m_bar->insertWidget(m_bar->count() - 2, widget);
}

void CatalogPane::setExtraFilter(const QString &terms)
{
    m_extraFilter = terms;
    applyFilter();
}

void CatalogPane::applyFilter()
{
    m_model->setFilter(QStringLiteral("%1 %2").arg(m_extraFilter, m_filter->text()).trimmed());
    updateContent();
}

QString CatalogPane::currentId() const
{
    return m_model->idAt(m_table->currentIndex().row());
}

void CatalogPane::setCurrentId(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (row < 0) {
        m_wantedId = id;
        return;
    }
    m_table->setCurrentIndex(m_model->index(row, 0));
}

void CatalogPane::followCurrent()
{
    const QString id = currentId();
    m_details->setVisible(m_detailsWanted && !id.isEmpty() && m_content == Content::Table);
    if (id == m_shownId)
        return;
    m_shownId = id;
    emit currentChanged(id);
}

void CatalogPane::updateContent()
{
    const bool reading = !m_store.refreshedAt() && !m_store.lastError();
    const int total = m_model->totalCount();
    if (m_model->rowCount() > 0 || (total == 0 && (reading || m_model->hasPending())))
        m_content = Content::Table;
    else if (total > 0)
        m_content = Content::NoMatch;
    else
        m_content = m_store.refreshedAt() ? Content::Nothing : Content::Unreadable;
    switch (m_content) {
    case Content::Table: break;
    case Content::Nothing: m_empty->setContent(m_words.nothing, tr("Read again")); break;
    case Content::NoMatch: m_empty->setContent(m_words.noMatch, tr("Clear filter")); break;
    case Content::Unreadable: {
        const ErrorText text = errorText(*m_store.lastError());
        m_empty->setContent(text.sentence, text.remedyLabel.isEmpty() ? tr("Try again") : text.remedyLabel);
        break;
    }
    }
    m_skeleton->setLoading(reading && total == 0);
    m_stack->setCurrentWidget(m_content == Content::Table ? static_cast<QWidget *>(m_table) : m_empty);
    if (m_content != Content::Table)
        m_details->hide();
}

/// Old rows stay readable; the bar says that they are old and why.
void CatalogPane::updateBanner()
{
    const bool say = m_store.lastError() && m_model->totalCount() > 0;
    m_banner->setError(say ? m_store.lastError() : std::nullopt);
}

void CatalogPane::emptyPressed()
{
    switch (m_content) {
    case Content::NoMatch:
        m_filter->setFilter(QString());
        emit filterCleared();
        m_filter->setFocus();
        break;
    case Content::Unreadable: applyRemedy(); break;
    case Content::Nothing:
    case Content::Table: emit refreshRequested(); break;
    }
}

void CatalogPane::applyRemedy()
{
    const std::optional<Error> &error = m_store.lastError();
    const ErrorRemedy remedy = error ? errorText(*error).remedy : ErrorRemedy::Retry;
    if (remedy == ErrorRemedy::OpenProfiles || remedy == ErrorRemedy::OpenNetworkSettings)
        emit settingsRequested();
    else
        emit refreshRequested();
}

void CatalogPane::saveLayout()
{
    const QByteArray layout = QJsonDocument(m_table->saveLayout()).toJson(QJsonDocument::Compact);
    // A layout that cannot be written is not worth a word: Settings::writeFailed tells of the disk.
    static_cast<void>(m_context.settings.setValue(m_layoutKey, QString::fromUtf8(layout)));
}

void CatalogPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible()) {
        const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
        m_detailsWanted = false;
        m_details->hide();
        if (hadFocus)
            m_table->setFocus();
        return;
    }
    QWidget::keyPressEvent(event);
}

QJsonObject CatalogPane::saveState() const
{
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("details"), m_detailsWanted},
            {QStringLiteral("detailsWidth"), m_details->isVisible() ? m_splitter->sizes().value(1) : 0},
            {QStringLiteral("current"), m_shownId}};
}

void CatalogPane::restoreState(const QJsonObject &state)
{
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString().left(kMostFilterChars));
    m_detailsWanted = state.value(QStringLiteral("details")).toBool(true);
    if (const int width = state.value(QStringLiteral("detailsWidth")).toInt(); width > 0)
        m_splitter->setSizes({2000, qBound(280, width, 1200)});
    if (const QString id = state.value(QStringLiteral("current")).toString(); !id.isEmpty())
        setCurrentId(id);
}

} // namespace novita
