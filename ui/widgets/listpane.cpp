// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/listpane.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/models/entitytablemodel.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/columnsbutton.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/exportaction.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kLayoutRest{300};
constexpr int kMostFilterChars = 500;
constexpr int kDetailsWidth = 384;
constexpr int kDetailsHeight = 280;
constexpr int kLeastDetails = 200;
constexpr int kMostDetails = 1200;

/// Kinds of trouble that a later poll will not mend by itself: said at once, not after three misses.
bool needsThePerson(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::Tls
           || error.kind == ErrorKind::Protocol || error.kind == ErrorKind::Keychain;
}

} // namespace

ListPane::ListPane(const UiContext &context, EntityTableModel *model, const EntityStoreBase &store, const SettingKey<QString> &layoutKey,
                   QWidget *details, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_store(store)
    , m_layoutKey(layoutKey)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_filter(new SearchField(context.theme, this))
    , m_bar(new QHBoxLayout)
    , m_below(new QHBoxLayout)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_table(new TableView(context.theme))
    , m_columns(new ColumnsButton(m_table, this))
    , m_content(new ListContent(context.theme, store, *model, m_table))
    , m_export(new ExportAction(context, *m_table, this))
    , m_exportButton(new ActionButton(m_export->action(), this))
    , m_exportBanner(new ErrorBanner(context.theme, this))
    , m_details(details)
{
    buildTable();
    buildLayout();
    connectSignals();
    connectStore();
    updateContent();
    updateBanner();
}

void ListPane::buildTable()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QList<ColumnSpec> columns;
    for (const TableColumn &column : m_model->columns())
        columns.append({column.id, column.width, !column.shownByDefault, column.leaves});
    m_table->setColumns(columns);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->followCompactRows(m_context.settings);
    m_table->restoreLayout(QJsonDocument::fromJson(m_context.settings.value(m_layoutKey).toUtf8()).object());
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(kLayoutRest);
    m_followTimer.setSingleShot(true);
    m_followTimer.setInterval(0);
}

void ListPane::buildLayout()
{
    m_bar->setSpacing(space::kRelated);
    m_filter->setMinimumWidth(180);
    m_filter->setMaximumWidth(420);
    m_bar->addWidget(m_filter, 2);
    m_bar->addStretch(1);
    m_bar->addWidget(m_columns);
    m_bar->addWidget(m_exportButton);
    m_splitter->addWidget(m_content);
    m_splitter->addWidget(m_details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(space::kRelated);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({2000, kDetailsWidth});
    m_details->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_exportBanner);
    layout->addLayout(m_bar);
    m_below->setSpacing(space::kRelated);
    m_below->addStretch(1);
    layout->addLayout(m_below);
    layout->addWidget(m_splitter, 1);
    orderTabs();
}

void ListPane::connectSignals()
{
    connect(m_filter, &SearchField::filterChanged, this, &ListPane::applyFilter);
    m_exportBanner->setDismissible(true);
    connect(m_export, &ExportAction::reported, m_exportBanner, [this](StateTone tone, const QString &sentence) { m_exportBanner->showMessage(tone, sentence); });
    connect(m_model, &EntityTableModel::updated, this, [this] {
        keepCurrent();
        updateContent();
        followCurrent();
        emit updated();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ListPane::followSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ListPane::followSelection);
    connect(&m_followTimer, &QTimer::timeout, this, &ListPane::followCurrent);
    connect(m_filter, &SearchField::leaveRequested, this, &ListPane::focusRows);
    connect(m_table, &TableView::rowActivated, this, [this](int row) {
        openDetails(true);
        emit activated(m_model->idAt(row));
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        m_table->popupMenu(position, m_menuActions, {m_export->action()});
    });
    connect(m_table, &TableView::layoutChanged, &m_layoutTimer, qOverload<>(&QTimer::start));
    connect(&m_layoutTimer, &QTimer::timeout, this, &ListPane::saveLayout);
    connect(m_banner, &ErrorBanner::remedyRequested, this, &ListPane::remedyRequested);
    connect(m_content, &ListContent::remedyRequested, this, &ListPane::remedyRequested);
    connect(m_content, &ListContent::nothingActionRequested, this, [this] {
        if (m_words.nothingAction.isEmpty())
            emit remedyRequested(ErrorRemedy::Retry);
        else
            emit nothingActionRequested();
    });
    connect(m_content, &ListContent::clearFilterRequested, this, [this] {
        m_filter->setFilter(QString());
        emit filterCleared();
        m_filter->setFocus();
    });
}

void ListPane::connectStore()
{
    connect(&m_store, &EntityStoreBase::freshnessChanged, this, [this] {
        updateBanner();
        updateContent();
        emit updated();
    });
    connect(&m_store, &EntityStoreBase::changed, this, [this](const QStringList &ids) {
        if (!m_shownId.isEmpty() && ids.contains(m_shownId))
            emit currentChanged(m_shownId);
    });
    connect(&m_store, &EntityStoreBase::wasReset, this, [this] {
        m_lastId.clear();
        m_lastRow = -1;
    });
}

QAction *ListPane::exportAction() const
{
    return m_export->action();
}

void ListPane::setWords(const ListWords &words)
{
    m_words = words;
    m_filter->setAccessibleName(words.filterName);
    m_filter->setPlaceholderText(words.filterHint);
    m_filter->setToolTip(words.filterHelp);
    m_export->retranslate(QString(m_layoutKey.name).section(QLatin1Char('/'), -1)); // "layout/instances"
    m_content->setWords(words);
    updateContent();
    updateBanner();
}

void ListPane::setForgivesMisses(bool forgives)
{
    m_forgivesMisses = forgives;
    updateBanner();
}

void ListPane::addToBar(QWidget *widget)
{
    // In front of the stretch and the buttons at the end.
    m_bar->insertWidget(m_bar->count() - 3, widget);
    m_barWidgets.append(widget);
    orderTabs();
}

/// As one reads: the bar from left to right, the table, the details.
void ListPane::orderTabs()
{
    QList<QWidget *> order{m_filter};
    order.append(m_barWidgets);
    order.append({m_columns, m_exportButton, m_table, m_details});
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

void ListPane::setExtraFilter(const QString &terms)
{
    m_extraFilter = terms;
    applyFilter();
}

void ListPane::applyFilter()
{
    m_content->setTyped(m_filter->text());
    m_model->setFilter(QStringLiteral("%1 %2").arg(m_extraFilter, m_filter->text()).trimmed());
    updateContent();
}

// ---- the current row and its details

void ListPane::focusRows()
{
    m_content->currentWidget()->setFocus(Qt::OtherFocusReason);
}

QString ListPane::currentId() const
{
    return m_model->idAt(m_table->currentIndex().row());
}

void ListPane::setCurrentId(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (row < 0) {
        m_wantedId = id;
        return;
    }
    m_wantedId.clear();
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(m_table->currentIndex());
}

bool ListPane::showId(const QString &id)
{
    m_model->flush();
    if (m_model->rowOf(id) < 0 && m_model->holds(id)) {
        m_filter->setFilter(QString());
        emit filterCleared();
    }
    m_detailsWanted = true;
    setCurrentId(id);
    followCurrent();
    return m_model->rowOf(id) >= 0;
}

/// A row that the filter hides is current again when it comes back. When the row under the keyboard is gone for good, the keyboard
/// goes on where it was, and does not jump to the top.
void ListPane::keepCurrent()
{
    if (!m_wantedId.isEmpty() && m_model->rowOf(m_wantedId) >= 0) {
        setCurrentId(QString(m_wantedId));
        return;
    }
    if (m_table->currentIndex().isValid() || m_lastRow < 0 || m_model->rowCount() == 0)
        return;
    if (m_model->rowOf(m_lastId) >= 0) {
        setCurrentId(QString(m_lastId));
    } else if (!m_model->holds(m_lastId)) {
        const int row = std::min(m_lastRow, m_model->rowCount() - 1);
        m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0), QItemSelectionModel::NoUpdate);
    }
}

/// A view moves the current row and the selection one after the other: what lies between is not shown.
void ListPane::followSelection()
{
    if (m_table->isCurrentSelected())
        followCurrent();
    else
        m_followTimer.start();
}

/// Details are of the row that the keyboard is on, and only while it is selected: actions and details mean the same one.
void ListPane::followCurrent()
{
    m_followTimer.stop();
    if (m_table->currentIndex().isValid()) {
        m_lastId = currentId();
        m_lastRow = m_table->currentIndex().row();
    }
    const QString id = m_table->isCurrentSelected() ? currentId() : QString();
    const bool other = id != m_shownId;
    m_shownId = id;
    if (other)
        emit currentChanged(id);
    const bool show = m_detailsWanted && !id.isEmpty() && m_content->showsTable();
    if (show == m_details->isVisibleTo(this))
        return;
    arrange();
    m_details->setVisible(show);
    if (!show && !isVisible())
        m_splitter->refresh(); // on a page that is not in view it would keep the room of what is hidden
}

void ListPane::openDetails(bool open)
{
    const bool hadFocus = m_details->isAncestorOf(QWidget::focusWidget());
    m_detailsWanted = open;
    followCurrent();
    if (!open && hadFocus)
        m_table->setFocus();
}

/// Side by side as long as the columns that cannot leave have room beside the details.
void ListPane::arrange()
{
    const bool beside = width() >= m_table->leastWidth() + std::max(m_details->minimumSizeHint().width(), kDetailsWidth) + m_splitter->handleWidth();
    const Qt::Orientation wanted = beside ? Qt::Horizontal : Qt::Vertical;
    if (wanted == m_splitter->orientation())
        return;
    m_splitter->setOrientation(wanted);
    m_splitter->setSizes({2000, beside ? kDetailsWidth : kDetailsHeight});
}

/// What a page has put into the bar goes onto a line of its own where one line would squeeze it.
void ListPane::arrangeBar()
{
    int needed = m_filter->minimumWidth() + m_columns->sizeHint().width() + m_exportButton->sizeHint().width() + 3 * space::kRelated;
    for (const QWidget *widget : std::as_const(m_barWidgets))
        needed += widget->sizeHint().width() + space::kRelated;
    const bool below = needed > width();
    if (below == m_barBelow)
        return;
    m_barBelow = below;
    int place = below ? 0 : 1; // the filter comes first
    for (QWidget *widget : std::as_const(m_barWidgets)) {
        (below ? m_bar : m_below)->removeWidget(widget);
        (below ? m_below : m_bar)->insertWidget(place++, widget);
    }
}

bool ListPane::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) // something in the bar may be wider than it was
        arrangeBar();
    return QWidget::event(event);
}

void ListPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeBar();
    arrange();
}

void ListPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible()) {
        openDetails(false);
        event->accept();
        return;
    }
    QWidget::keyPressEvent(event);
}

// ---- what it says

void ListPane::updateContent()
{
    m_content->refresh();
    if (m_content->showsTable() != m_details->isVisibleTo(this))
        followCurrent();
}

/// Old rows stay readable; the bar says how old they are and why.
void ListPane::updateBanner()
{
    const std::optional<Error> &error = m_store.lastError();
    const bool say = error && m_model->totalCount() > 0 && (!m_forgivesMisses || m_store.isStale() || needsThePerson(*error));
    if (!say) {
        m_banner->clear();
        return;
    }
    const std::optional<TimePoint> &read = m_store.refreshedAt();
    m_banner->setError(error, read ? tr("What is shown was read %1 ago").arg(format::duration(m_context.clock.now() - *read))
                                   : tr("What is shown may be old"));
}

// ---- what is kept

void ListPane::saveLayout()
{
    const QByteArray layout = QJsonDocument(m_table->saveLayout()).toJson(QJsonDocument::Compact);
    // A layout that cannot be written is not worth a word: Settings::writeFailed tells of the disk.
    static_cast<void>(m_context.settings.setValue(m_layoutKey, QString::fromUtf8(layout)));
}

QJsonObject ListPane::saveState() const
{
    const bool beside = m_splitter->orientation() == Qt::Horizontal;
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("details"), m_detailsWanted},
            {QStringLiteral("detailsWidth"), beside && m_details->isVisible() ? m_splitter->sizes().value(1) : 0},
            {QStringLiteral("current"), m_shownId.isEmpty() ? m_wantedId : m_shownId}};
}

void ListPane::restoreState(const QJsonObject &state)
{
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString().left(kMostFilterChars));
    m_detailsWanted = state.value(QStringLiteral("details")).toBool(true);
    if (const int width = state.value(QStringLiteral("detailsWidth")).toInt(); width > 0)
        m_splitter->setSizes({2000, std::clamp(width, kLeastDetails, kMostDetails)});
    if (const QString id = state.value(QStringLiteral("current")).toString(); !id.isEmpty())
        setCurrentId(id);
    followCurrent();
}

} // namespace novita
