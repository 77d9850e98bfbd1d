// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelview.h"

#include "core/images/modelpreviews.h"
#include "ui/images/modellistmodel.h"
#include "ui/images/modelrowdelegate.h"
#include "ui/theme.h"

#include <QMouseEvent>
#include <QScrollBar>

namespace novita {

namespace {

constexpr Milliseconds kRest{80};

} // namespace

ModelView::ModelView(Theme &theme, ModelListModel &model, ModelPreviews &previews, QWidget *parent)
    : QListView(parent), m_model(model), m_previews(previews), m_delegate(new ModelRowDelegate(theme, model, previews, this))
{
    setObjectName(QStringLiteral("modelView"));
    setModel(&model);
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setGrid(false);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &ModelView::wantPreviews);
    const auto rest = [this] { m_rest.start(); };
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        m_rest.start();
        emit scrolled();
    });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, rest);
    for (const auto &signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, rest);
    connect(&model, &QAbstractItemModel::modelReset, this, rest);
    connect(&model, &QAbstractItemModel::dataChanged, this, rest);
    connect(&previews, &ModelPreviews::arrived, viewport(), qOverload<>(&QWidget::update));
    connect(m_delegate, &ModelRowDelegate::starClicked, this, &ModelView::starClicked);
    connect(&theme, &Theme::changed, this, [this] { setGrid(isGrid()); });
}

void ModelView::setGrid(bool grid)
{
    m_delegate->setGrid(grid);
    setViewMode(grid ? IconMode : ListMode);
    setMovement(Static); // the mode sets its own
    setResizeMode(Adjust);
    setGridSize(grid ? m_delegate->cellSize() : QSize());
    doItemsLayout();
    if (currentIndex().isValid())
        scrollTo(currentIndex());
    m_rest.start();
}

void ModelView::setCoversNsfw(bool covers)
{
    m_delegate->setCoversNsfw(covers);
}

bool ModelView::showsPreview(const ImageModel &model) const
{
    return m_delegate->showsPreview(model);
}

int ModelView::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void ModelView::selectRow(int row)
{
    setCurrentIndex(m_model.index(row));
    scrollTo(currentIndex());
}

bool ModelView::nearsEnd() const
{
    return verticalScrollBar()->maximum() - verticalScrollBar()->value() <= 2 * viewport()->height();
}

void ModelView::wantPreviews()
{
    if (!isVisible())
        return;
    QList<QUrl> covers;
    const auto add = [&](int row) {
        if (const ImageModel *model = m_model.at(row); model && showsPreview(*model))
            covers.append(model->cover);
    };
    // Between cards there is nothing.
    const QSize cell = m_delegate->cellSize();
    QModelIndex first;
    for (int y = 0; y < cell.height() && !first.isValid(); y += 4)
        first = indexAt(QPoint(cell.width() / 2, y));
    for (int row = first.isValid() ? first.row() : m_model.rowCount(); row < m_model.rowCount() && visualRect(m_model.index(row)).top() < viewport()->height(); ++row)
        add(row);
    add(currentRow());
    m_previews.want(covers);
}

void ModelView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    m_rest.start(); // it may be out of sight, and its details are shown
}

void ModelView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QListView::mouseDoubleClickEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && !m_delegate->starRect(visualRect(index)).contains(event->pos()))
        emit rowActivated(index.row());
}

void ModelView::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    m_rest.start();
}

void ModelView::hideEvent(QHideEvent *event)
{
    QListView::hideEvent(event);
    m_rest.stop();
}

} // namespace novita
