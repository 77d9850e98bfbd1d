// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ruledialog.h"

#include "core/workflows/stores.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kTextColumns = 62;
constexpr qsizetype kNamed = 4;

/// Of the widget that comes first in `lines`, shown or not.
int firstLineHeight(const QLayout &lines)
{
    QLayoutItem *first = lines.itemAt(0);
    if (!first)
        return 0;
    if (first->widget())
        return first->widget()->sizeHint().height();
    return first->layout() ? firstLineHeight(*first->layout()) : 0;
}

} // namespace

RuleDialog::RuleDialog(const QString &heading, const QString &verb, QWidget *parent)
    : QDialog(parent)
    , m_form(new QFormLayout)
    , m_sentences(new QVBoxLayout)
    , m_problem(makeWords("bad", this))
{
    QLabel *title = makeWords("text", this);
    title->setText(heading);
    QFont strong = title->font();
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    m_form->setHorizontalSpacing(space::kGroup);
    m_form->setVerticalSpacing(space::kRelated);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_sentences->setSpacing(space::kGroup);
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_save = new QPushButton(verb, this);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);
    m_cancel->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(title);
    layout->addLayout(m_form);
    layout->addLayout(m_sentences);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * kTextColumns);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, [this] {
        setProblem({});
        emit saveRequested();
    });
    setProblem({});
}

QString RuleDialog::headingOf(const QStringList &names)
{
    const qsizetype more = names.size() - kNamed;
    const QString first = names.mid(0, kNamed).join(QStringLiteral(", "));
    return more > 0 ? tr("%1 and %Ln more", "names", static_cast<int>(more)).arg(first) : first;
}

QLabel *RuleDialog::addSentence(const char *tone)
{
    QLabel *label = makeWords(tone, this);
    m_sentences->addWidget(label);
    return label;
}

void RuleDialog::showField(QWidget *field, bool on)
{
    field->setVisible(on);
    if (QWidget *label = m_form->labelForField(field))
        label->setVisible(on);
    grow();
}

void RuleDialog::alignLabel(QWidget *field, int height)
{
    auto *label = qobject_cast<QLabel *>(m_form->labelForField(field));
    if (!label)
        return;
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setContentsMargins(0, std::max(0, (height - label->fontMetrics().height()) / 2), 0, 0);
}

/// The keyboard begins with the first field; the buttons come after the last.
void RuleDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    const auto fieldAt = [this](int row) {
        QLayoutItem *item = m_form->itemAt(row, QFormLayout::FieldRole);
        return item ? item->widget() : nullptr;
    };
    QWidget *first = fieldAt(0);
    QWidget *last = fieldAt(m_form->rowCount() - 1);
    if (event->spontaneous())
        return;
    for (int row = 0; row < m_form->rowCount(); ++row) {
        QWidget *field = fieldAt(row);
        if (field && field->layout())
            alignLabel(field, firstLineHeight(*field->layout()));
        // By itself the form puts the label of a high field a little above its middle.
        else if (field && field->sizePolicy().verticalPolicy() == QSizePolicy::Fixed)
            alignLabel(field, field->sizeHint().height());
    }
    grow();
    if (!first || !last)
        return;
    setTabOrder(last, m_cancel);
    setTabOrder(m_cancel, m_save);
    first->setFocus(Qt::OtherFocusReason);
}

/// By itself a dialog that wraps words leaves a gap.
void RuleDialog::setVisible(bool visible)
{
    if (visible && !isVisible()) {
        adjustSize();
        makeRoom(this);
    }
    QDialog::setVisible(visible);
}

/// What is shown may take more lines than what stood there.
void RuleDialog::grow()
{
    if (isVisible())
        makeRoom(this);
}

void RuleDialog::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    grow();
}

void RuleDialog::setBusy(bool busy)
{
    m_save->setEnabled(!busy);
}

void openForAccount(const UiContext &context, QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Not reject(), which may ask about what was typed: it was typed for an account that is gone.
    QObject::connect(&context.stores.instances, &EntityStoreBase::wasReset, dialog, [dialog] { dialog->done(QDialog::Rejected); });
    dialog->open();
}

} // namespace novita
