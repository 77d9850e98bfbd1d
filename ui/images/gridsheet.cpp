// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/gridsheet.h"

#include "core/images/imageworkspace.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/background.h"
#include "ui/images/cellpictures.h"
#include "ui/images/gridpicture.h"
#include "ui/images/gridsheetmodel.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QStandardPaths>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

/// Pictures are smaller where there are many: a thousand of them fit into memory.
int sideFor(int cells)
{
    if (cells <= 30)
        return 240;
    return cells <= 150 ? 160 : 96;
}

/// The picture in the middle of its cell, or what there is to say.
class SheetDelegate final : public QStyledItemDelegate
{
public:
    SheetDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QRect box = option.rect.adjusted(3, 3, -3, -3);
        const auto image = index.data(Qt::DecorationRole).value<QImage>();
        painter->save();
        if (image.isNull()) {
            painter->fillRect(box, m_theme.color(Token::Window));
            painter->setPen(m_theme.color(Token::Text2));
            const QString words = index.data(Qt::DisplayRole).toString();
            painter->drawText(box.adjusted(4, 4, -4, -4), Qt::AlignCenter | Qt::TextWordWrap, words);
        } else {
            const QSize size = image.size().scaled(box.size(), Qt::KeepAspectRatio).boundedTo(image.size());
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->drawImage(QRect(box.center() - QPoint(size.width() / 2, size.height() / 2), size), image);
            paintCount(*painter, box, index.data(GridSheetModel::CountRole).toInt());
        }
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(m_theme.color(Token::Accent), 2));
            painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
        }
        painter->restore();
    }

private:
    void paintCount(QPainter &painter, const QRect &box, int count) const
    {
        if (count < 2)
            return;
        const QString text = QStringLiteral("+%1").arg(count - 1);
        const QRect chip(box.right() - painter.fontMetrics().horizontalAdvance(text) - 12,
                         box.bottom() - painter.fontMetrics().height() - 6,
                         painter.fontMetrics().horizontalAdvance(text) + 10, painter.fontMetrics().height() + 4);
        painter.fillRect(chip, m_theme.color(Token::Raised));
        painter.setPen(m_theme.color(Token::Text));
        painter.drawText(chip, Qt::AlignCenter, text);
    }

    const Theme &m_theme;
};

} // namespace

GridSheet::GridSheet(const Parts &parts, const QString &batch, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_side(sideFor(GridSheetModel::cellCount(parts.images.queue(), batch)))
    , m_model(new GridSheetModel({parts.images.queue(), parts.images.pictures(), parts.images.files(),
                                  parts.images.profile(), parts.settings.value(keys::kBlurFlagged)},
                                 batch, m_side, this))
    , m_state(makeLabel("text2", this))
    , m_columnTitle(new QLabel(this))
    , m_rowTitle(makeLabel("text2", this))
    , m_banner(new ErrorBanner(parts.theme, this))
    , m_view(new QTableView(this))
    , m_save(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    buildLayout();
    connect(m_model, &GridSheetModel::progressed, this, &GridSheet::present);
    connect(m_view, &QTableView::activated, this, &GridSheet::open);
    connect(m_save, &QPushButton::clicked, this, &GridSheet::save);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&parts.images, &ImageWorkspace::profileChanged, this, &QDialog::reject);
    retranslate();
}

GridSheet::~GridSheet() = default;

bool GridSheet::isGrid(const QString &batch, const QJsonObject &cell)
{
    return !batch.isEmpty() && GridPlace::fromJson(cell);
}

bool GridSheet::isEmpty() const
{
    return m_model->rowCount() == 0;
}

void GridSheet::buildLayout()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new SheetDelegate(m_parts.theme, m_view));
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setCornerButtonEnabled(false);
    for (QHeaderView *header : {m_view->horizontalHeader(), m_view->verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->setDefaultSectionSize(m_side + 8);
        header->setHighlightSections(false);
        header->setSectionsClickable(false);
    }
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignCenter);
    m_view->horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    m_view->verticalHeader()->setDefaultAlignment(Qt::AlignCenter);
    m_view->horizontalHeader()->setVisible(!m_model->title(Qt::Horizontal).isEmpty());
    m_view->verticalHeader()->setVisible(!m_model->title(Qt::Vertical).isEmpty());
    m_columnTitle->setTextFormat(Qt::PlainText);
    const auto fonts = [this] { m_columnTitle->setFont(m_parts.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_parts.theme, &Theme::changed, this, fonts);
    for (QPushButton *button : {m_save, m_close})
        button->setAutoDefault(false);
    m_banner->setDismissible(true);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kGroup);
    head->addWidget(m_columnTitle);
    head->addWidget(m_rowTitle);
    head->addStretch(1);
    head->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addWidget(m_view, 1);
    layout->addLayout(buttons);
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) -
                       QSize(2 * space::kPage, 2 * space::kPage);
    const QSize wanted(m_view->verticalHeader()->sizeHint().width() + m_view->horizontalHeader()->length() +
                           2 * space::kPage + 8,
                       m_view->horizontalHeader()->sizeHint().height() + m_view->verticalHeader()->length() + 140);
    resize(wanted.expandedTo({420, 320}).boundedTo(most));
}

/// The picture of the cell; of several, the person chooses.
void GridSheet::open(const QModelIndex &index)
{
    const QList<PictureEntry> &pictures = m_model->cell(index.row(), index.column()).pictures;
    if (pictures.isEmpty())
        return;
    if (pictures.size() == 1)
        return emit pictureActivated(pictures.constFirst().id);
    auto *several = new CellPictures(m_parts.theme, m_parts.images.files(), pictures, index.data(Qt::AccessibleTextRole).toString(),
                                     m_parts.settings.value(keys::kBlurFlagged), this);
    connect(several, &CellPictures::pictureActivated, this, &GridSheet::pictureActivated);
    several->showAt(m_view->viewport()->mapToGlobal(m_view->visualRect(index).bottomLeft()));
}

/// What is there now: cells that are not done yet say so.
GridPicture GridSheet::picture() const
{
    GridPicture out;
    out.columnTitle = m_model->title(Qt::Horizontal);
    out.rowTitle = m_model->title(Qt::Vertical);
    for (int column = 0; column < m_model->columnCount(); ++column)
        out.columnLabels.append(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        out.rowLabels.append(m_model->headerData(row, Qt::Vertical, Qt::DisplayRole).toString());
        for (int column = 0; column < m_model->columnCount(); ++column) {
            const GridSheetModel::Cell &cell = m_model->cell(row, column);
            const bool isShown = !cell.pictures.isEmpty() && !cell.isHidden;
            out.cells.append({isShown ? cell.pictures.constFirst().file : QString(),
                              isShown ? QString() : m_model->index(row, column).data().toString()});
            if (isShown)
                out.largest = out.largest.expandedTo(cell.pictures.constFirst().size);
        }
    }
    return out;
}

void GridSheet::save()
{
    const QString suggestion = QDir(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
                                   .filePath(tr("grid.png", "name of a file"));
    m_parts.prompts.saveFile(
        this, tr("Save the grid"), suggestion, tr("PNG pictures (*.png)"), [this](const QString &path) {
            if (path.isEmpty())
                return;
            m_banner->clear();
            m_save->setEnabled(false);
            const auto work = [picture = picture(), files = m_parts.images.files(), path] {
                return std::make_shared<Result<Done>>(gridpicture::save(picture, files, path));
            };
            m_saving.reset(inBackground<std::shared_ptr<Result<Done>>>(work, this))
                ->onFinished(this, [this, path](const Result<std::shared_ptr<Result<Done>>> &done) {
                    present();
                    if (!done)
                        return;
                    if (**done)
                        m_banner->showMessage(StateTone::Good, tr("Saved as %1").arg(QDir::toNativeSeparators(path)));
                    else
                        m_banner->setError((*done)->error());
                });
        });
}

void GridSheet::present()
{
    const int cells = m_model->rowCount() * m_model->columnCount();
    const int ended = m_model->endedCount();
    const int done = m_model->doneCount();
    const QLocale locale;
    QString state = tr("%1 of %2", "cells of a grid that are done").arg(locale.toString(done), locale.toString(cells));
    if (ended == cells && done < cells)
        state += QStringLiteral(" · ") + tr("not all came to a picture");
    m_state->setText(state);
    m_save->setEnabled(done > 0 && !m_saving.isBusy());
}

void GridSheet::retranslate()
{
    setWindowTitle(tr("Grid"));
    const QString columns = m_model->title(Qt::Horizontal);
    const QString rows = m_model->title(Qt::Vertical);
    m_columnTitle->setText(columns.isEmpty() ? rows : columns);
    m_rowTitle->setText(
        rows.isEmpty() || columns.isEmpty() ? QString() : tr("down: %1", "parameter of the rows of a grid").arg(rows));
    m_view->setAccessibleName(tr("Pictures of the grid"));
    m_save->setText(tr("Save as one picture…"));
    m_save->setAccessibleName(tr("Save as one picture"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    present();
}

void GridSheet::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
