// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/confirmdialog.h"

#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kTextWidth = 440;
constexpr int kBulletsBeforeScrolling = 8;

QLabel *wrapped(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFixedWidth(kTextWidth);
    return label;
}

} // namespace

ConfirmDialog::ConfirmDialog(const ConfirmRequest &request, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(request.title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    auto *title = wrapped(request.title, this);
    QFont strong = title->font();
    strong.setWeight(QFont::DemiBold);
    strong.setPointSizeF(strong.pointSizeF() * 1.15);
    title->setFont(strong);
    layout->addWidget(title);
    if (!request.text.isEmpty())
        layout->addWidget(wrapped(request.text, this));
    addBullets(request.bullets, request.destructive && !request.keptBullets.isEmpty() ? tr("Lost") : QString());
    addBullets(request.keptBullets, tr("Kept"));
    if (!request.typeToConfirm.isEmpty())
        addTyping(request.typeToConfirm);
    layout->addSpacing(space::kRelated);
    addButtons(request);
    layout->setSizeConstraint(QLayout::SetFixedSize);
}

void ConfirmDialog::addBullets(const QStringList &bullets, const QString &heading)
{
    if (bullets.isEmpty())
        return;
    auto *outer = static_cast<QVBoxLayout *>(layout());
    if (!heading.isEmpty()) {
        auto *label = wrapped(heading, this);
        label->setProperty("tone", QStringLiteral("text2"));
        outer->addSpacing(space::kInside);
        outer->addWidget(label);
    }
    QStringList lines;
    for (const QString &bullet : bullets)
        lines.append(QStringLiteral("•  ") + bullet);
    auto *list = wrapped(lines.join(QLatin1Char('\n')), this);
    if (bullets.size() <= kBulletsBeforeScrolling) {
        outer->addWidget(list);
        return;
    }
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(heading.isEmpty() ? tr("List") : heading);
    scroll->setWidget(list);
    scroll->setFixedSize(kTextWidth + 16, fontMetrics().lineSpacing() * kBulletsBeforeScrolling);
    outer->addWidget(scroll);
}

void ConfirmDialog::addTyping(const QString &word)
{
    auto *outer = static_cast<QVBoxLayout *>(layout());
    auto *label = wrapped(tr("Type %1 to go on:").arg(word), this);
    m_word = new QLineEdit(this);
    m_word->setAccessibleName(tr("Confirmation word"));
    label->setBuddy(m_word);
    outer->addSpacing(space::kRelated);
    outer->addWidget(label);
    outer->addWidget(m_word);
    connect(m_word, &QLineEdit::textChanged, this, [this, word](const QString &text) { m_confirm->setEnabled(text.trimmed() == word); });
}

void ConfirmDialog::addButtons(const ConfirmRequest &request)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kRelated);
    row->addStretch();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_confirm = new QPushButton(request.confirmLabel.isEmpty() ? tr("OK") : request.confirmLabel, this);
    m_confirm->setObjectName(QStringLiteral("confirm"));
    m_confirm->setProperty(request.destructive ? "danger" : "primary", true);
    m_confirm->setEnabled(!m_word);
    for (QPushButton *button : {cancel, m_confirm}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QPushButton::clicked, this, &QDialog::accept);
    QPushButton *first = request.destructive ? cancel : m_confirm;
    first->setDefault(true);
    if (m_word)
        m_word->setFocus();
    else
        first->setFocus();
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

} // namespace novita
