// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylechoice.h"

#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace novita {

StyleChoice::StyleChoice(QWidget *parent)
    : QWidget(parent)
    , m_title(makeLabel("text2", this))
    , m_list(new QListWidget(this))
    , m_previewTitle(makeLabel("text2", this))
    , m_preview(new QPlainTextEdit(this))
{
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->installEventFilter(this);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_title->setBuddy(m_list);
    m_previewTitle->setBuddy(m_preview);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 2);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_previewTitle);
    layout->addWidget(m_preview, 3);
    // Told when the move is over: rows are inserted before the old ones go.
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &StyleChoice::readOrder, Qt::QueuedConnection);
    connect(m_list->model(), &QAbstractItemModel::rowsRemoved, this, &StyleChoice::readOrder, Qt::QueuedConnection);
    retranslate();
}

void StyleChoice::setOwn(const PromptPair &own)
{
    m_own = own;
    present();
}

void StyleChoice::setStyles(const QList<PromptStyle> &styles)
{
    if (styles == m_styles)
        return;
    m_styles = styles;
    fill();
}

PromptPair StyleChoice::result() const
{
    return promptstyles::applied(m_own, m_styles);
}

void StyleChoice::fill()
{
    const int row = m_list->currentRow();
    m_list->clear();
    for (qsizetype i = 0; i < m_styles.size(); ++i) {
        auto *item = new QListWidgetItem(m_styles.at(i).name, m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(qMin(row, m_list->count() - 1));
    present();
}

void StyleChoice::readOrder()
{
    if (m_list->count() != m_styles.size())
        return;
    QList<PromptStyle> ordered;
    for (int row = 0; row < m_list->count(); ++row)
        ordered.append(m_styles.value(m_list->item(row)->data(Qt::UserRole).toLongLong()));
    if (ordered == m_styles)
        return;
    m_styles = ordered;
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setData(Qt::UserRole, row);
    present();
    emit edited();
}

void StyleChoice::move(int step)
{
    const int from = m_list->currentRow();
    const int to = from + step;
    if (from < 0 || to < 0 || to >= m_styles.size())
        return;
    m_styles.move(from, to);
    fill();
    m_list->setCurrentRow(to);
    emit edited();
}

bool StyleChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
        move(key->key() == Qt::Key_Up ? -1 : 1);
        return true;
    }
    if (key->key() == Qt::Key_Delete && m_list->currentRow() >= 0) {
        m_styles.removeAt(m_list->currentRow());
        fill();
        emit edited();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void StyleChoice::present()
{
    const PromptPair pair = result();
    QString text = pair.prompt;
    if (!pair.negative.isEmpty())
        text += QStringLiteral("\n\n") + tr("Negative: %1", "a prompt").arg(pair.negative);
    m_preview->setPlainText(text);
}

void StyleChoice::retranslate()
{
    m_title->setText(tr("Applied, one after the other"));
    m_list->setAccessibleName(tr("Styles that are applied"));
    m_list->setToolTip(tr("Drag to change the order, or Alt+Up and Alt+Down; Del takes one away"));
    m_previewTitle->setText(tr("Your prompt with them"));
    m_preview->setAccessibleName(tr("Prompt with the styles"));
    m_preview->setPlaceholderText(tr("Your prompt is empty."));
    present();
}

void StyleChoice::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
