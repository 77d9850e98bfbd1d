// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/viewerbar.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "ui/gallery/recipewords.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/pageheader.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>

namespace novita {

namespace {

/// -1: nobody knows it.
qint64 seedOf(const Picture &picture)
{
    return recipewords::recipeOf(picture).values.value(fields::kSeed).toInteger(-1);
}

} // namespace

ViewerBar::ViewerBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_line(new PageHeader(theme, this))
    , m_moreMenu(new QMenu(this))
    , m_source(add("go-previous"))
    , m_restore(add("edit-undo"))
    , m_star(add("favorite"))
    , m_save(add("document-save"))
    , m_restoreButSeed(add("edit-undo"))
    , m_restorePrompt(add("edit-undo"))
    , m_restoreSeed(add("edit-undo"))
    , m_mask(add("draw-brush"))
    , m_trash(add("user-trash"))
{
    m_line->setTitle({});
    for (QAction *action : {m_source, m_restore, m_star, m_save})
        m_line->addSecondary(action);
    m_moreMenu->addActions({m_restoreButSeed, m_restorePrompt, m_restoreSeed});
    m_moreMenu->addSeparator();
    m_moreMenu->addActions({m_mask, m_trash});
    m_more = m_line->addMenuButton({}, m_moreMenu);
    m_star->setCheckable(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_line);
    connect(m_source, &QAction::triggered, this, &ViewerBar::useAsSourceRequested);
    connect(m_mask, &QAction::triggered, this, &ViewerBar::editMaskRequested);
    connect(m_restore, &QAction::triggered, this, [this] { emit restoreRequested(RestorePart::All); });
    connect(m_restoreButSeed, &QAction::triggered, this, [this] { emit restoreRequested(RestorePart::AllButSeed); });
    connect(m_restorePrompt, &QAction::triggered, this, [this] { emit restoreRequested(RestorePart::Prompt); });
    connect(m_restoreSeed, &QAction::triggered, this, [this] { emit restoreRequested(RestorePart::Seed); });
    connect(m_star, &QAction::triggered, this, &ViewerBar::starRequested);
    connect(m_save, &QAction::triggered, this, &ViewerBar::saveRequested);
    connect(m_trash, &QAction::triggered, this, &ViewerBar::trashRequested);
    retranslate();
}

QAction *ViewerBar::add(const char *icon)
{
    return new QAction(m_theme.icon(QString::fromLatin1(icon)), QString(), this);
}

QList<QAction *> ViewerBar::actions() const
{
    return {m_source, m_restore, m_restoreButSeed, m_restorePrompt, m_restoreSeed, m_mask, m_star, m_save, m_trash};
}

void ViewerBar::setPicture(const Picture *picture)
{
    m_picture = picture ? std::optional(*picture) : std::nullopt;
    present();
}

QString ViewerBar::facts() const
{
    const qint64 seed = m_picture ? seedOf(*m_picture) : -1;
    return seed >= 0 ? tr("seed %1").arg(seed) : QString();
}

void ViewerBar::present()
{
    const bool isImage = m_picture && m_picture->kind == MediaKind::Image;
    const bool hasRecipe = m_picture && (!m_picture->recipe.isEmpty() || !m_picture->prompt.isEmpty());
    for (QAction *action : {m_source, m_mask})
        action->setEnabled(isImage);
    for (QAction *action : {m_restore, m_restoreButSeed})
        action->setEnabled(hasRecipe);
    m_restorePrompt->setEnabled(m_picture && !m_picture->prompt.isEmpty());
    m_restoreSeed->setEnabled(m_picture && seedOf(*m_picture) >= 0);
    for (QAction *action : {m_star, m_save, m_trash})
        action->setEnabled(m_picture.has_value());
    const bool isStarred = m_picture && m_picture->starred;
    m_star->setChecked(isStarred);
    m_star->setText(isStarred ? tr("Starred") : tr("Star"));
    m_line->setSubtitle(facts());
}

void ViewerBar::retranslate()
{
    m_source->setText(tr("Use as source"));
    m_source->setToolTip(tr("Start from this picture"));
    m_restore->setText(tr("Reuse settings…"));
    m_restore->setToolTip(tr("Puts what this picture was made from into the form, after showing what changes"));
    m_restoreButSeed->setText(tr("Reuse all but the seed…"));
    m_restorePrompt->setText(tr("Reuse the prompt…"));
    m_restoreSeed->setText(tr("Reuse the seed…"));
    m_mask->setText(tr("Paint a mask…"));
    m_save->setText(tr("Save as…"));
    m_trash->setText(tr("Move to trash"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More for this picture"));
    present();
}

void ViewerBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
