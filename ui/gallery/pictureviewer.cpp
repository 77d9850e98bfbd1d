// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/pictureviewer.h"

#include "core/base/displaytext.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/gallery/filmbar.h"
#include "ui/gallery/filmplayer.h"
#include "ui/gallery/zoombar.h"
#include "ui/gallery/zoomview.h"
#include "ui/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr qsizetype kMostNameChars = 120;

} // namespace

PictureViewer::PictureViewer(const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_stack(new QStackedWidget(this))
    , m_view(new ZoomView(parts.theme))
    , m_message(new EmptyState)
    , m_curtain(new QFrame(m_view))
    , m_curtainText(makeWords("", m_curtain))
    , m_reveal(new QPushButton(m_curtain))
    , m_filmBar(new FilmBar(parts.theme, this))
    , m_foot(new QWidget(this))
    , m_previous(new QPushButton(m_foot))
    , m_next(new QPushButton(m_foot))
    , m_state(new ElidedLabel(m_foot))
    , m_zoom(new ZoomBar(parts.theme, m_foot))
{
    build();
    connect(m_previous, &QPushButton::clicked, this, &PictureViewer::previousRequested);
    connect(m_next, &QPushButton::clicked, this, &PictureViewer::nextRequested);
    connect(m_view, &ZoomView::stepRequested, this, &PictureViewer::step);
    connect(m_view, &ZoomView::dragRequested, this, &PictureViewer::dragOut);
    connect(m_view, &ZoomView::stateChanged, this, &PictureViewer::present);
    connect(m_zoom, &ZoomBar::zoomOutRequested, m_view, &ZoomView::zoomOut);
    connect(m_zoom, &ZoomBar::fitRequested, m_view, &ZoomView::zoomToFit);
    connect(m_zoom, &ZoomBar::pixelsRequested, m_view, &ZoomView::zoomToPixels);
    connect(m_zoom, &ZoomBar::zoomInRequested, m_view, &ZoomView::zoomIn);
    connect(m_message, &EmptyState::activated, this, &PictureViewer::openOutside);
    connect(m_reveal, &QPushButton::clicked, this, [this] {
        m_revealed = true;
        load();
        m_view->setFocus();
    });
    connect(m_filmBar, &FilmBar::useFrameRequested, this, [this] {
        if (m_film && !m_film->frame().isNull())
            emit frameCaptured(m_film->frame());
    });
    connect(m_filmBar, &FilmBar::saveFrameRequested, this, &PictureViewer::saveFrame);
    connect(&m_parts.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kBlurFlagged.name && m_picture.flagged)
            load();
    });
    const auto applyTheme = [this] {
        m_previous->setIcon(m_parts.theme.icon(QStringLiteral("go-previous")));
        m_next->setIcon(m_parts.theme.icon(QStringLiteral("go-next")));
    };
    connect(&parts.theme, &Theme::changed, this, applyTheme);
    applyTheme();
    retranslate();
    clear();
}

PictureViewer::~PictureViewer()
{
    abandon();
}

void PictureViewer::build()
{
    m_curtain->setProperty("card", true);
    m_curtain->setMaximumWidth(kCurtainWidth);
    auto *curtain = new QVBoxLayout(m_curtain);
    curtain->setContentsMargins(space::kGroup, space::kGroup, space::kGroup, space::kGroup);
    curtain->setSpacing(space::kRelated);
    curtain->addWidget(m_curtainText);
    curtain->addWidget(m_reveal, 0, Qt::AlignHCenter);
    m_curtainText->setAlignment(Qt::AlignHCenter);
    m_reveal->setAutoDefault(false);
    auto *over = new QGridLayout(m_view);
    over->addWidget(m_curtain, 0, 0, Qt::AlignCenter);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_view);
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(space::kInside);
    foot->addWidget(m_previous);
    foot->addWidget(m_next);
    foot->addSpacing(space::kInside);
    foot->addWidget(m_state, 1);
    foot->addWidget(m_zoom);
    for (QPushButton *button : {m_previous, m_next}) {
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        button->hide();
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_filmBar);
    layout->addWidget(m_foot);
    setFocusProxy(m_view);
}

void PictureViewer::show(const Picture &picture, const PictureFiles &files)
{
    const bool isSame = picture.id == m_picture.id && picture.file == m_picture.file &&
                        picture.flagged == m_picture.flagged && m_files && m_files->folder() == files.folder();
    if (picture.id != m_picture.id)
        m_revealed = false;
    m_picture = picture;
    m_files = files;
    if (!isSame)
        load();
    retranslate();
}

void PictureViewer::clear()
{
    abandon();
    m_picture = {};
    m_files.reset();
    m_revealed = false;
    m_blurred = false;
    m_curtain->hide();
    showMessage(m_placeholder.isEmpty() ? tr("Nothing to show yet.") : m_placeholder);
}

void PictureViewer::setPlaceholder(const QString &sentence)
{
    m_placeholder = sentence;
    if (m_picture.id == 0)
        clear();
}

void PictureViewer::setSteps(bool hasPrevious, bool hasNext)
{
    const bool hadFocus = m_previous->hasFocus() || m_next->hasFocus();
    m_previous->show();
    m_next->show();
    m_previous->setEnabled(hasPrevious);
    m_next->setEnabled(hasNext);
    // A button that is switched off under the finger passes the focus on to wherever; the picture is where keys go on.
    if (hadFocus && (!hasPrevious || !hasNext))
        m_view->setFocus();
}

QString PictureViewer::problem() const
{
    return m_picture.id != 0 && m_stack->currentWidget() == m_message ? m_message->sentence() : QString();
}

QSize PictureViewer::shownSize() const
{
    return m_whole && !m_blurred ? m_view->viewport().picture() : QSize();
}

void PictureViewer::showMessage(const QString &sentence, const QString &button)
{
    m_message->setContent(sentence, button);
    m_stack->setCurrentWidget(m_message);
    present();
}

void PictureViewer::present()
{
    const bool isView = m_stack->currentWidget() == m_view;
    // Where there is no room for all of it, the zoom is what changes.
    const QString state = isView && !m_blurred ? m_view->stateText() : QString();
    const bool fits = m_state->fontMetrics().horizontalAdvance(state) < m_state->width();
    m_state->setFullText(fits || state.isEmpty() ? state : m_view->zoomText());
    m_zoom->setEnabled(isView && m_view->hasPicture());
    m_foot->setVisible(m_picture.id != 0);
}

void PictureViewer::step(int step)
{
    if (step < 0 && m_previous->isEnabled() && !m_previous->isHidden())
        emit previousRequested();
    else if (step > 0 && m_next->isEnabled() && !m_next->isHidden())
        emit nextRequested();
}

void PictureViewer::retranslate()
{
    const auto name = [](QPushButton *button, const QString &label, const QString &tip) {
        button->setAccessibleName(label);
        button->setToolTip(tip);
    };
    name(m_previous, tr("Previous picture"), tr("Previous picture (Left, PageUp)"));
    name(m_next, tr("Next picture"), tr("Next picture (Right, PageDown)"));
    m_curtainText->setText(tr("The cloud's check has flagged this picture."));
    m_reveal->setText(tr("Show"));
    m_reveal->setAccessibleName(tr("Show the flagged picture"));
    const QString what = displayLine(m_picture.prompt, kMostNameChars);
    m_view->setAccessibleName(what.isEmpty() ? tr("Picture") : tr("Picture: %1").arg(what));
    if (m_picture.id == 0)
        showMessage(m_placeholder.isEmpty() ? tr("Nothing to show yet.") : m_placeholder);
    present();
}

void PictureViewer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void PictureViewer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    present();
}

void PictureViewer::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_film)
        m_film->pause();
}

} // namespace novita
