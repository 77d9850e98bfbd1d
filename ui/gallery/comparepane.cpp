// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/comparepane.h"

#include "core/workflows/background.h"
#include "ui/gallery/zoomview.h"
#include "ui/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

ComparePane::ComparePane(const Theme &theme, const PictureFiles &files, const Picture &picture, const QString &letter,
                         bool blurred, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_files(files)
    , m_picture(picture)
    , m_letter(letter)
    , m_blurred(blurred)
    , m_view(new ZoomView(theme, this))
    , m_message(makeWords("text2", m_view))
    , m_caption(new ElidedLabel(this))
    , m_reveal(makeLink(this))
    , m_star(new QPushButton(this))
    , m_trash(new QPushButton(this))
{
    auto *over = new QGridLayout(m_view);
    over->addWidget(m_message, 0, 0, Qt::AlignCenter);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::kInside);
    foot->addWidget(m_caption, 1);
    foot->addWidget(m_reveal);
    for (QPushButton *button : {m_star, m_trash}) {
        button->setAutoDefault(false);
        button->setCheckable(true);
        button->setProperty("segment", true);
        foot->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_view, 1);
    layout->addLayout(foot);
    setFocusProxy(m_view);
    connect(m_star, &QPushButton::clicked, this, &ComparePane::starRequested);
    connect(m_trash, &QPushButton::clicked, this, &ComparePane::trashRequested);
    connect(m_reveal, &QPushButton::clicked, this, [this] {
        m_blurred = false;
        m_view->setFocus();
        load();
    });
    connect(m_view, &ZoomView::stateChanged, this, &ComparePane::present);
    connect(&theme, &Theme::changed, this, &ComparePane::present);
    retranslate();
    load();
}

ComparePane::~ComparePane()
{
    m_unwanted->store(true);
}

void ComparePane::load()
{
    if (m_unwanted)
        m_unwanted->store(true);
    m_unwanted = std::make_shared<std::atomic<bool>>(false);
    using Loaded = LoadedPicturePtr;
    const bool isFilm = m_picture.kind == MediaKind::Video;
    const auto work = [files = m_files, picture = m_picture, blurred = m_blurred, unwanted = m_unwanted, isFilm] {
        return isFilm ? pictureload::thumbnail(files, picture, blurred)
                      : pictureload::fitted(files, picture.file, kMostPixels, blurred, unwanted);
    };
    m_call.reset(inBackground<Loaded>(work, this))->onFinished(this, [this, isFilm](const Result<Loaded> &done) {
        if (!done)
            return;
        m_loaded = *done;
        if (m_loaded->problem)
            m_message->setText(m_loaded->problem->message);
        else if (m_loaded->levels.isNull())
            m_message->setText(isFilm ? tr("There is no picture of this film to compare.") : QString());
        else
            m_view->setPicture(m_loaded->levels, m_loaded->size);
        present();
        emit ready();
    });
}

void ComparePane::setStarred(bool starred)
{
    m_picture.starred = starred;
    present();
}

void ComparePane::setTrashed(bool trashed)
{
    m_picture.trashedAt = trashed ? std::optional(TimePoint{}) : std::nullopt;
    present();
}

void ComparePane::present()
{
    QStringList caption{m_letter};
    if (!m_view->stateText().isEmpty())
        caption.append(m_view->stateText());
    if (m_loaded && m_loaded->isReduced)
        caption.append(tr("shown smaller than it is"));
    if (isTrashed())
        caption.append(tr("in the trash"));
    m_caption->setFullText(caption.join(QStringLiteral(" · ")));
    m_reveal->setVisible(m_blurred);
    m_star->setChecked(m_picture.starred);
    m_star->setText(m_picture.starred ? QStringLiteral("★") : QStringLiteral("☆"));
    m_star->setAccessibleName(m_picture.starred ? tr("Take the star from picture %1").arg(m_letter)
                                                : tr("Star picture %1").arg(m_letter));
    m_trash->setChecked(isTrashed());
    m_trash->setIcon(m_theme.icon(QStringLiteral("user-trash")));
    m_trash->setAccessibleName(isTrashed() ? tr("Take picture %1 out of the trash").arg(m_letter)
                                           : tr("Move picture %1 to the trash").arg(m_letter));
}

void ComparePane::retranslate()
{
    m_view->setAccessibleName(tr("Picture %1").arg(m_letter));
    m_reveal->setText(tr("Show"));
    m_reveal->setAccessibleName(tr("Show the flagged picture %1").arg(m_letter));
    m_star->setToolTip(tr("Star (S)"));
    m_trash->setToolTip(tr("Move to the trash, or take out of it (Delete)"));
    present();
}

void ComparePane::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_S)
        emit starRequested(!m_picture.starred);
    else if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_Delete)
        emit trashRequested(!isTrashed());
    else
        QWidget::keyPressEvent(event);
}

void ComparePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
