// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pageheader.h"

#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr int kSubtitleColumns = 16;

} // namespace

PageHeader::PageHeader(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_subtitle(new ElidedLabel(this))
    , m_extras(new QHBoxLayout)
    , m_buttons(new QHBoxLayout)
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_subtitle->setObjectName(QStringLiteral("pageSubtitle"));
    m_subtitle->setProperty("tone", QStringLiteral("text2"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated + space::kInside);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle, 1, Qt::AlignVCenter);
    layout->addLayout(m_extras);
    layout->addLayout(m_buttons);
    m_extras->setSpacing(space::kRelated);
    m_buttons->setSpacing(space::kRelated);
    applyFonts();
    connect(&theme, &Theme::changed, this, &PageHeader::applyFonts);
}

void PageHeader::applyFonts()
{
    m_title->setFont(m_theme.font(TextStyle::Title, true));
    m_subtitle->setFont(m_theme.font(TextStyle::Body));
    setMinimumHeight(m_theme.controlHeight());
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void PageHeader::setSubtitle(const QString &subtitle)
{
    m_subtitle->setFullText(subtitle);
}

void PageHeader::addWidget(QWidget *widget)
{
    m_extras->addWidget(widget);
}

ActionButton *PageHeader::addSecondary(QAction *action)
{
    auto *button = new ActionButton(action, this);
    m_buttons->insertWidget(static_cast<int>(m_secondary.size()), button);
    m_secondary.append(button);
    return button;
}

ActionButton *PageHeader::addMenuButton(const QString &text, QMenu *menu)
{
    auto *button = new ActionButton(text, menu, this);
    m_buttons->insertWidget(m_buttons->count() - (m_primary ? 1 : 0), button);
    if (!m_menuButton)
        m_menuButton = button;
    return button;
}

ActionButton *PageHeader::setPrimary(QAction *action)
{
    delete m_primary;
    m_primary = new ActionButton(action, this);
    m_primary->setPrimary(true);
    m_buttons->addWidget(m_primary);
    return m_primary;
}

QList<QAction *> PageHeader::folded() const
{
    return m_folded;
}

QList<ActionButton *> PageHeader::foldable() const
{
    QList<ActionButton *> out;
    for (ActionButton *button : m_secondary) {
        if (button->action()->isVisible())
            out.append(button);
    }
    return out;
}

/// What it takes with the first `kept` of the secondary buttons beside the others.
int PageHeader::widthWith(qsizetype kept) const
{
    const int gap = space::kRelated;
    const QList<ActionButton *> candidates = foldable();
    // Of the subtitle, so much that its middle can be missed; not its real length, which changes with each second of age.
    const int words = kept == 0 ? m_subtitle->minimumSizeHint().width() : m_subtitle->fontMetrics().averageCharWidth() * kSubtitleColumns;
    int width = m_title->sizeHint().width() + words + 2 * layout()->spacing();
    if (m_extras->count() > 0)
        width += m_extras->minimumSize().width() + layout()->spacing();
    for (qsizetype i = 0; i < kept; ++i)
        width += candidates.at(i)->sizeHint().width() + gap;
    for (int i = 0; i < m_buttons->count(); ++i) {
        const QWidget *button = m_buttons->itemAt(i)->widget();
        if (button != m_ownMenuButton && !button->isHidden() && std::find(m_secondary.begin(), m_secondary.end(), button) == m_secondary.end())
            width += button->sizeHint().width() + gap;
    }
    if (!m_menuButton && kept < candidates.size())
        width += (m_ownMenuButton ? m_ownMenuButton->sizeHint() : candidates.first()->sizeHint()).width() + gap;
    return width;
}

QSize PageHeader::minimumSizeHint() const
{
    return {widthWith(0), QWidget::minimumSizeHint().height()};
}

void PageHeader::fold()
{
    qsizetype kept = foldable().size();
    while (kept > 0 && widthWith(kept) > width())
        --kept;
    showFolded(kept);
}

ActionButton *PageHeader::foldMenuButton()
{
    if (m_menuButton)
        return m_menuButton;
    if (!m_ownMenuButton) {
        m_ownMenuButton = new ActionButton(tr("More"), new QMenu(this), this);
        m_ownMenuButton->menu()->setToolTipsVisible(true);
        m_buttons->insertWidget(static_cast<int>(m_secondary.size()), m_ownMenuButton);
    }
    m_ownMenuButton->setAccessibleName(tr("More"));
    return m_ownMenuButton;
}

void PageHeader::showFolded(qsizetype kept)
{
    const QList<ActionButton *> candidates = foldable();
    QList<QAction *> wanted;
    for (qsizetype i = kept; i < candidates.size(); ++i)
        wanted.append(candidates.at(i)->action());
    for (ActionButton *button : std::as_const(m_secondary))
        button->setFolded(wanted.contains(button->action()));
    if (wanted == m_folded)
        return;
    QMenu *menu = foldMenuButton()->menu();
    for (QAction *action : std::as_const(m_folded))
        menu->removeAction(action);
    delete std::exchange(m_foldLine, nullptr);
    m_folded = wanted;
    if (!wanted.isEmpty()) {
        QAction *const first = menu->actions().value(0);
        menu->insertActions(first, wanted);
        if (first)
            m_foldLine = menu->insertSeparator(first);
    }
    if (m_ownMenuButton)
        m_ownMenuButton->setVisible(!wanted.isEmpty());
}

bool PageHeader::event(QEvent *event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fold();
    if (event->type() == QEvent::LanguageChange && m_ownMenuButton) {
        m_ownMenuButton->setText(tr("More"));
        m_ownMenuButton->setAccessibleName(tr("More"));
    }
    return done;
}

void PageHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

} // namespace novita
