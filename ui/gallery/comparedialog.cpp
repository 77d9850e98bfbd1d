// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/comparedialog.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/gallery/comparepane.h"
#include "ui/gallery/parameterdiff.h"
#include "ui/gallery/wrappedtext.h"
#include "ui/gallery/zoombar.h"
#include "ui/gallery/zoomview.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr QSize kWanted(1120, 800);
constexpr int kLabelShare = 16;

QString letterOf(qsizetype index)
{
    return QString(QChar(static_cast<char16_t>(u'A' + index)));
}

QPushButton *makeChoice(QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setAutoDefault(false);
    return button;
}

} // namespace

CompareDialog::CompareDialog(const Parts &parts, const PictureFiles &files, const QList<Picture> &pictures,
                             QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_side(makeChoice(this))
    , m_slide(makeChoice(this))
    , m_zoom(new ZoomBar(parts.theme, this))
    , m_stack(new QStackedWidget)
    , m_grid(new QWidget)
    , m_over(new ZoomView(parts.theme))
    , m_hint(makeWords("text3", this))
    , m_tableTitle(makeLabel("text2", this))
    , m_all(new QCheckBox(this))
    , m_table(new WrappedText(parts.theme))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_close(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const bool blurs = parts.settings.value(keys::kBlurFlagged);
    for (const Picture &picture : pictures.first(std::min<qsizetype>(pictures.size(), kMostPictures))) {
        auto *pane =
            new ComparePane(parts.theme, files, picture, letterOf(m_panes.size()), picture.flagged && blurs, m_grid);
        m_panes.append(pane);
        connectPane(pane);
    }
    build();
    connect(m_side, &QPushButton::clicked, this, [this] { setSliding(false); });
    connect(m_slide, &QPushButton::clicked, this, [this] { setSliding(true); });
    connect(m_over, &ZoomView::placeChanged, this, [this] { placeAll(m_over); });
    connect(m_all, &QCheckBox::toggled, this, &CompareDialog::presentTable);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    const auto shown = [this] { return isSliding() || m_panes.isEmpty() ? m_over : m_panes.first()->view(); };
    connect(m_zoom, &ZoomBar::zoomOutRequested, this, [shown] { shown()->zoomOut(); });
    connect(m_zoom, &ZoomBar::fitRequested, this, [shown] { shown()->zoomToFit(); });
    connect(m_zoom, &ZoomBar::pixelsRequested, this, [shown] { shown()->zoomToPixels(); });
    connect(m_zoom, &ZoomBar::zoomInRequested, this, [shown] { shown()->zoomIn(); });
    retranslate();
    presentSlide();
    if (!m_panes.isEmpty())
        m_panes.first()->setFocus();
}

void CompareDialog::build()
{
    auto *grid = new QGridLayout(m_grid);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::kRelated);
    const int columns = m_panes.size() == 4 ? 2 : std::max(1, static_cast<int>(m_panes.size()));
    for (int i = 0; i < m_panes.size(); ++i)
        grid->addWidget(m_panes.at(i), i / columns, i % columns);
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_over);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_side);
    head->addWidget(m_slide);
    head->addWidget(m_hint, 1);
    head->addWidget(m_zoom);
    m_side->setChecked(true);
    auto *below = new QWidget;
    auto *title = new QHBoxLayout;
    title->addWidget(m_tableTitle, 1);
    title->addWidget(m_all);
    auto *lower = new QVBoxLayout(below);
    lower->setContentsMargins(0, space::kInside, 0, 0);
    lower->setSpacing(space::kInside);
    lower->addLayout(title);
    lower->addWidget(makeScrolling(m_table), 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(below);
    m_splitter->setStretchFactor(0, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    m_close->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addLayout(head);
    layout->addWidget(m_splitter, 1);
    layout->addLayout(buttons);
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) -
                       QSize(2 * space::kPage, 2 * space::kPage);
    resize(kWanted.boundedTo(most).expandedTo(minimumSizeHint()));
}

void CompareDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    // The pictures come first: the table gets what it wants up to a third.
    layout()->activate();
    const int wanted = m_table->minimumHeight() + m_all->sizeHint().height() + 3 * space::kInside;
    const int room = m_splitter->height();
    const int table = std::min(wanted, room / 3);
    m_splitter->setSizes({room - table, table});
}

void CompareDialog::presentTable()
{
    QList<Picture> pictures;
    QList<WrappedText::Cell> head{WrappedText::Cell{tr("Setting"), true}};
    QList<int> shares{kLabelShare};
    for (const ComparePane *pane : std::as_const(m_panes)) {
        head.append(WrappedText::Cell{letterOf(pictures.size()), true});
        pictures.append(pane->picture());
        shares.append((100 - kLabelShare) / static_cast<int>(m_panes.size()));
    }
    WrappedText::Rows rows;
    int differing = 0;
    const QList<parameterdiff::Row> all = parameterdiff::rows(pictures, m_parts.endpoints);
    for (const parameterdiff::Row &row : all) {
        differing += row.differs ? 1 : 0;
        if (!row.differs && !m_all->isChecked())
            continue;
        QList<WrappedText::Cell> cells{WrappedText::Cell{row.label, true}};
        for (qsizetype i = 0; i < row.values.size(); ++i)
            cells.append(WrappedText::Cell{row.values.at(i), false, row.marked.at(i)});
        rows.append(cells);
    }
    if (!rows.isEmpty())
        rows.prepend(head);
    m_table->setTable(rows, shares);
    m_tableTitle->setText(differing == 0 ? tr("Made from the same settings")
                                         : tr("%n setting(s) differ", nullptr, differing));
}

void CompareDialog::setShowsAll(bool all)
{
    m_all->setChecked(all);
}

void CompareDialog::keyPressEvent(QKeyEvent *event)
{
    // Return would press whatever button is near; nothing here is to be confirmed.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return;
    QDialog::keyPressEvent(event);
}

void CompareDialog::retranslate()
{
    setWindowTitle(tr("Compare %n picture(s)", nullptr, static_cast<int>(m_panes.size())));
    m_side->setText(tr("Side by side"));
    m_side->setAccessibleName(tr("Side by side"));
    m_slide->setText(tr("Slider"));
    m_slide->setAccessibleName(tr("One over the other, with a slider"));
    m_slide->setToolTip(tr("One over the other, with a line between them; for two pictures of one shape"));
    m_over->setAccessibleName(tr("Picture A at the left of the line, B at the right"));
    m_hint->setText(isSliding() ? tr("A is left of the line, B right of it. Shift and the arrow keys move the line.")
                                : tr("S stars the picture that has the focus, Delete moves it to the trash."));
    m_all->setText(tr("Show all settings"));
    m_table->setAccessibleName(tr("What the pictures were made from"));
    m_close->setText(tr("Close"));
    presentTable();
}

void CompareDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
