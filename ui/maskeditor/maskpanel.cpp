// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskpanel.h"

#include "ui/maskeditor/maskview.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kFirstFeather = 8; ///< pixels

} // namespace

MaskPanel::MaskPanel(const Theme &theme, MaskView &view, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_view(view)
    , m_brush(addButton(this, "draw-brush"))
    , m_eraser(addButton(this, "draw-eraser"))
    , m_size(addSpin(&m_sizeLabel, int(kLeastBrush), int(kMostBrush)))
    , m_hardness(addSpin(&m_hardnessLabel, 0, 100))
    , m_undo(addButton(this, "edit-undo"))
    , m_redo(addButton(this, "edit-redo"))
    , m_invert(addButton(this, "invertimage"))
    , m_fill(addButton(this, "fill-color"))
    , m_clear(addButton(this, "edit-clear"))
    , m_feather(addSpin(&m_featherLabel, 1, kMostFeather))
    , m_applyFeather(addButton(this, nullptr))
    , m_import(addButton(this, "document-import"))
    , m_export(addButton(this, "document-export"))
    , m_soft(new QCheckBox(this))
    , m_alone(new QCheckBox(this))
{
    auto *tools = new QButtonGroup(this);
    for (QPushButton *tool : {m_brush, m_eraser}) {
        tool->setCheckable(true);
        tools->addButton(tool);
    }
    m_feather->setValue(kFirstFeather);
    m_soft->setChecked(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, space::kRelated, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(makePair(m_brush, m_eraser));
    column->addWidget(makeField(m_sizeLabel, m_size));
    column->addWidget(makeField(m_hardnessLabel, m_hardness));
    column->addWidget(makePair(m_undo, m_redo));
    column->addSpacing(space::kRelated);
    column->addWidget(m_invert);
    column->addWidget(makePair(m_fill, m_clear));
    column->addWidget(makeField(m_featherLabel, m_feather));
    column->addWidget(m_applyFeather);
    column->addWidget(m_soft);
    column->addSpacing(space::kRelated);
    column->addWidget(m_import);
    column->addWidget(m_export);
    column->addWidget(m_alone);
    column->addStretch();

    connect(m_brush, &QPushButton::clicked, &view, [&view] { view.setErasing(false); });
    connect(m_eraser, &QPushButton::clicked, &view, [&view] { view.setErasing(true); });
    connect(m_size, &QSpinBox::valueChanged, &view, [&view](int value) { view.setBrushSize(value); });
    connect(m_hardness, &QSpinBox::valueChanged, &view, [&view](int value) { view.setHardness(value / 100.0); });
    connect(m_undo, &QPushButton::clicked, &view, &MaskView::undo);
    connect(m_redo, &QPushButton::clicked, &view, &MaskView::redo);
    connect(m_invert, &QPushButton::clicked, &view, &MaskView::invertMask);
    connect(m_fill, &QPushButton::clicked, &view, &MaskView::fillMask);
    connect(m_clear, &QPushButton::clicked, &view, &MaskView::clearMask);
    connect(m_applyFeather, &QPushButton::clicked, this, [this] { emit featherRequested(m_feather->value()); });
    connect(m_import, &QPushButton::clicked, this, &MaskPanel::importRequested);
    connect(m_export, &QPushButton::clicked, this, &MaskPanel::exportRequested);
    connect(m_soft, &QCheckBox::toggled, this, &MaskPanel::edgesChanged);
    connect(m_alone, &QCheckBox::toggled, &view, &MaskView::setMaskAlone);
    connect(&view, &MaskView::brushChanged, this, &MaskPanel::follow);
    connect(&view, &MaskView::maskChanged, this, &MaskPanel::follow);
    connect(&theme, &Theme::changed, this, &MaskPanel::applyIcons);
    applyIcons();
    retranslate();
    follow();
}

QPushButton *MaskPanel::addButton(QWidget *parent, const char *icon)
{
    auto *button = new QPushButton(parent);
    button->setAutoDefault(false);
    if (icon)
        button->setProperty("iconName", QString::fromLatin1(icon));
    return button;
}

QSpinBox *MaskPanel::addSpin(QLabel **label, int least, int most)
{
    auto *spin = new QSpinBox(this);
    spin->setRange(least, most);
    spin->setKeyboardTracking(false);
    *label = makeLabel("text2", this);
    (*label)->setBuddy(spin);
    return spin;
}

QWidget *MaskPanel::makePair(QWidget *left, QWidget *right)
{
    auto *pair = new QWidget(this);
    auto *row = new QHBoxLayout(pair);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kRelated);
    row->addWidget(left, 1);
    row->addWidget(right, 1);
    return pair;
}

QWidget *MaskPanel::makeField(QLabel *label, QWidget *field)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kRelated);
    row->addWidget(label, 1);
    row->addWidget(field);
    return box;
}

MaskEdges MaskPanel::edges() const
{
    return m_soft->isChecked() ? MaskEdges::Soft : MaskEdges::Hard;
}

void MaskPanel::follow()
{
    const MaskBrush &brush = m_view.brush();
    const MaskCanvas &mask = m_view.mask();
    const QSignalBlocker noSize(m_size);
    const QSignalBlocker noHardness(m_hardness);
    (brush.erases ? m_eraser : m_brush)->setChecked(true);
    m_size->setValue(qRound(brush.size));
    m_hardness->setValue(qRound(brush.hardness * 100));
    m_undo->setEnabled(mask.canUndo());
    m_redo->setEnabled(mask.canRedo());
    m_clear->setEnabled(!mask.isEmpty());
    m_applyFeather->setEnabled(!mask.isEmpty());
    m_export->setEnabled(!mask.isEmpty());
}

void MaskPanel::applyIcons()
{
    for (QPushButton *button : findChildren<QPushButton *>()) {
        const QString name = button->property("iconName").toString();
        if (!name.isEmpty())
            button->setIcon(m_theme.icon(name));
    }
}

void MaskPanel::retranslate()
{
    const auto name = [](QAbstractButton *button, const QString &text, const QString &tip = {}) {
        button->setText(text);
        button->setAccessibleName(text);
        button->setToolTip(tip);
    };
    name(m_brush, tr("Brush"), tr("Paint what changes (X swaps brush and eraser)"));
    name(m_eraser, tr("Eraser"), tr("Take paint away (X swaps brush and eraser)"));
    name(m_undo, tr("Undo"), tr("Take the last change back (Ctrl+Z)"));
    name(m_redo, tr("Redo"), tr("Make it again (Ctrl+Shift+Z)"));
    name(m_invert, tr("Invert"), tr("Paint what is not painted, and the other way round"));
    name(m_fill, tr("Fill"), tr("Paint all of the picture"));
    name(m_clear, tr("Clear"), tr("Take all paint away"));
    name(m_applyFeather, tr("Feather edges"), tr("Soften the edges of the whole mask"));
    name(m_import, tr("Import mask…"), tr("Take the mask from a picture: white is painted. A file can also be dropped here."));
    name(m_export, tr("Export mask…"), tr("Save the mask as a PNG file, white on black"));
    name(m_soft, tr("Keep soft edges"), tr("Off: the mask is pure black and white when it is imported, exported and used"));
    name(m_alone, tr("Show the mask alone"), tr("The mask as it is sent, white on black"));
    m_sizeLabel->setText(tr("Size"));
    m_size->setSuffix(tr(" px"));
    m_size->setAccessibleName(tr("Brush size"));
    m_size->setToolTip(tr("Diameter of the brush in pixels of the picture ([ and ], or the wheel over the picture)"));
    m_hardnessLabel->setText(tr("Hardness"));
    m_hardness->setSuffix(tr(" %"));
    m_hardness->setAccessibleName(tr("Brush hardness"));
    m_hardness->setToolTip(tr("100 % paints with a firm edge, less fades outwards"));
    m_featherLabel->setText(tr("Feather"));
    m_feather->setSuffix(tr(" px"));
    m_feather->setAccessibleName(tr("Feather radius"));
    m_feather->setToolTip(tr("How far the edges of the mask are softened, in pixels of the picture"));
}

void MaskPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
