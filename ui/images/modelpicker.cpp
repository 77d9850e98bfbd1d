// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelpicker.h"

#include "core/images/modelpreviews.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/images/modelfacts.h"
#include "ui/images/modelfilters.h"
#include "ui/images/modelview.h"
#include "ui/images/modelwords.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/skeletonoverlay.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr QSize kSize{1000, 680};
constexpr int kFactsWidth = 272;
constexpr int kListWidth = 380;
constexpr int kFullHeight = 460; ///< below it the filters wait behind a button
constexpr Milliseconds kTick{60'000};

} // namespace

ModelPicker::ModelPicker(const Parts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_model(new ModelListModel(parts.catalogue, this))
    , m_search(new SearchField(parts.theme, this))
    , m_filters(new ModelFilters(this))
    , m_filterButton(new QPushButton(this))
    , m_gridButton(new QPushButton(this))
    , m_detailsButton(new QPushButton(this))
    , m_banner(new ErrorBanner(parts.theme, this))
    , m_stack(new QStackedWidget(this))
    , m_view(new ModelView(parts.theme, *m_model, parts.previews))
    , m_skeleton(new SkeletonOverlay(parts.theme, m_view))
    , m_empty(new EmptyState)
    , m_facts(new ModelFacts(parts.theme, parts.previews, this))
    , m_standing(makeWords("text2", this))
    , m_more(makeLink(this))
    , m_refresh(new QPushButton(this))
    , m_cancel(new QPushButton(this))
    , m_choose(new QPushButton(this))
{
    setObjectName(QStringLiteral("modelPicker"));
    buildLayout();
    connectSignals();
    retranslate();
    resize(kSize);
}

void ModelPicker::buildLayout()
{
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_view->installEventFilter(this);
    m_search->installEventFilter(this);
    m_search->setMaxLength(static_cast<int>(ModelCatalogue::kMostTextChars));
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_search, 1);
    for (QPushButton *button : {m_filterButton, m_detailsButton, m_gridButton}) {
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        head->addWidget(button);
    }
    m_banner->setDismissible(false);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(space::kGroup);
    middle->addWidget(m_stack, 1);
    middle->addWidget(m_facts);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::kRelated);
    foot->addWidget(m_standing, 1);
    foot->addWidget(m_more);
    for (QPushButton *button : {m_refresh, m_cancel, m_choose}) {
        button->setAutoDefault(false);
        foot->addWidget(button);
    }
    m_choose->setProperty("primary", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addWidget(m_filters);
    layout->addWidget(m_banner);
    layout->addLayout(middle, 1);
    layout->addLayout(foot);
    setMinimumSize(400, 320);
}

void ModelPicker::connectSignals()
{
    m_searchRest.setSingleShot(true);
    m_searchRest.setInterval(kSearchRest);
    m_tick.setInterval(kTick);
    connect(&m_searchRest, &QTimer::timeout, this, &ModelPicker::ask);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_parts.catalogue.want(m_model->question().query); // gets old while it is looked at
        present();
    });
    connect(m_search, &SearchField::filterChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            ask();
        else
            m_searchRest.start();
    });
    connect(m_filters, &ModelFilters::changed, this, &ModelPicker::ask);
    connect(m_filterButton, &QPushButton::toggled, this, &ModelPicker::arrange);
    connect(m_detailsButton, &QPushButton::toggled, this, &ModelPicker::arrange);
    connect(m_gridButton, &QPushButton::toggled, m_view, &ModelView::setGrid);
    connect(&m_parts.catalogue, &ModelCatalogue::changed, this, &ModelPicker::follow);
    connect(&m_parts.catalogue, &ModelCatalogue::listingChanged, this, [this](const ImageModelQuery &query) {
        if (isVisible() && query == m_model->question().query)
            present();
    });
    connect(&m_parts.previews, &ModelPreviews::arrived, this, [this](const QUrl &cover) {
        if (const ImageModel *model = m_model->at(m_view->currentRow()); isVisible() && model && model->cover == cover)
            presentFacts();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        presentFacts();
        presentButtons();
    });
    connect(m_view, &ModelView::rowActivated, this, &ModelPicker::choose);
    connect(m_view, &ModelView::starClicked, this, &ModelPicker::toggleFavourite);
    connect(m_view, &ModelView::scrolled, this, [this] {
        m_autoPages = 0;
        fillView();
    });
    connect(m_facts, &ModelFacts::favouriteToggled, this, [this] { toggleFavourite(m_view->currentRow()); });
    connect(m_empty, &EmptyState::activated, this, &ModelPicker::emptyAction);
    m_banner->setRemedies({ErrorRemedy::Retry}); // nothing opens beside a dialog
    connect(m_banner, &ErrorBanner::remedyRequested, this, &ModelPicker::refresh);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_autoPages = 0;
        fillView();
        present();
    });
    connect(m_refresh, &QPushButton::clicked, this, &ModelPicker::refresh);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_choose, &QPushButton::clicked, this, &ModelPicker::choose);
    connect(&m_parts.theme, &Theme::changed, this, [this] {
        arrange();
        retranslate();
    });
}

void ModelPicker::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F5)
        refresh();
    else if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier)
        toggleFavourite(m_view->currentRow());
    else
        QDialog::keyPressEvent(event);
}

/// The arrows move and Enter chooses from the search field; what is typed above the rows is searched for.
bool ModelPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter) {
        // What was typed last has not been asked yet: the selected row is not its answer.
        if (m_search->text().simplified() != m_model->question().query.text)
            ask();
        else
            choose();
        return true;
    }
    // In a field it would delete to the right.
    if (key->key() == Qt::Key_D && key->modifiers() == Qt::ControlModifier) {
        toggleFavourite(m_view->currentRow());
        return true;
    }
    if (watched == m_search) {
        const bool moves = key->key() == Qt::Key_Down || key->key() == Qt::Key_Up || key->key() == Qt::Key_PageDown || key->key() == Qt::Key_PageUp;
        if (moves && m_stack->currentWidget() == m_view)
            QCoreApplication::sendEvent(m_view, event);
        return moves;
    }
    const bool types = !key->text().isEmpty() && key->text().at(0).isPrint() && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (watched == m_view && types) {
        m_search->setFocus();
        QCoreApplication::sendEvent(m_search, event);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

/// Where there is no room for both, the details stand in the place of the list, and the filters behind a button.
void ModelPicker::arrange()
{
    const Theme &theme = m_parts.theme;
    const int facts = theme.grown(kFactsWidth);
    const bool isNarrow = width() < facts + theme.grown(kListWidth) + 3 * space::kGroup;
    const bool isLow = height() < theme.grown(kFullHeight);
    m_facts->setMinimumWidth(isNarrow ? 0 : facts);
    m_facts->setMaximumWidth(isNarrow ? QWIDGETSIZE_MAX : facts);
    m_detailsButton->setVisible(isNarrow);
    m_facts->setVisible(!isNarrow || m_detailsButton->isChecked());
    m_stack->setVisible(!isNarrow || !m_detailsButton->isChecked());
    m_filterButton->setVisible(isLow);
    m_filters->setVisible(!isLow || m_filterButton->isChecked());
}

void ModelPicker::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    arrange();
}

void ModelPicker::hideEvent(QHideEvent *event)
{
    QDialog::hideEvent(event);
    m_searchRest.stop();
    m_tick.stop();
    m_parts.previews.want({});
    m_parts.catalogue.leave(m_model->question().query);
}

QJsonObject ModelPicker::saveState() const
{
    QJsonObject state = m_filters->saveState();
    state.insert(QLatin1String("grid"), m_gridButton->isChecked());
    return state;
}

void ModelPicker::restoreState(const QJsonObject &state)
{
    m_filters->restoreState(state);
    m_gridButton->setChecked(state.value(QLatin1String("grid")).toBool());
}

void ModelPicker::retranslate()
{
    const bool looksOnly = m_filter.type == ImageModelType::Unknown;
    setWindowTitle(looksOnly ? tr("Models") : tr("Choose a model: %1").arg(modelwords::type(m_filter.type)));
    m_search->setAccessibleName(tr("Search models"));
    m_search->setPlaceholderText(tr("Search by name, file name or tag"));
    m_view->setAccessibleName(tr("Models"));
    const auto mark = [this](QPushButton *button, const char *icon, const QString &name) {
        button->setIcon(m_parts.theme.icon(QLatin1String(icon)));
        button->setAccessibleName(name);
        button->setToolTip(name);
    };
    mark(m_filterButton, "view-filter", tr("Filters"));
    mark(m_detailsButton, "document-properties", tr("Details of the selected model"));
    mark(m_gridButton, "view-grid", tr("As a grid of pictures"));
    m_refresh->setText(tr("Read again"));
    m_refresh->setToolTip(tr("Asks the server for all that is shown (F5)"));
    m_more->setText(tr("Search further"));
    m_cancel->setText(tr("Cancel"));
    m_choose->setText(tr("Choose"));
    if (isVisible())
        present();
}

void ModelPicker::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
