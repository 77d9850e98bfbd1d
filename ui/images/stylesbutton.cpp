// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylesbutton.h"

#include "core/gallery/promptlog.h"
#include "ui/format.h"
#include "ui/images/stylesdialog.h"

#include <QEvent>
#include <QHash>
#include <QMenu>

namespace novita {

StylesButton::StylesButton(const Theme &theme, Prompts &prompts, PromptLog &log, std::function<PromptPair()> own,
                           QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_prompts(prompts)
    , m_log(log)
    , m_own(std::move(own))
    , m_menu(new QMenu(this))
{
    setAutoDefault(false);
    setProperty("hasMenu", true);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &StylesButton::fillMenu);
    retranslate();
}

/// Not before: the button is made before the file is open.
void StylesButton::showEvent(QShowEvent *event)
{
    QPushButton::showEvent(event);
    read();
}

void StylesButton::read()
{
    m_reading.reset(m_log.styles())->onFinished(this, [this](const Result<QList<PromptStyle>> &styles) {
        if (styles)
            m_styles = *styles;
    });
}

void StylesButton::fillMenu()
{
    m_menu->clear();
    qDeleteAll(m_menu->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly));
    QHash<QString, QMenu *> menus{{QString(), m_menu}};
    QHash<QString, int> offered;
    for (const PromptStyle &style : std::as_const(m_styles)) {
        QMenu *&menu = menus[style.folder];
        if (!menu)
            menu = m_menu->addMenu(QString(style.folder).replace(u'&', QStringLiteral("&&")));
        if (++offered[style.folder] > kMostOffered)
            continue;
        QAction *action = menu->addAction(QString(style.name).replace(u'&', QStringLiteral("&&")), this,
                                          [this, style] { emit applied(promptstyles::applied(m_own(), {style})); });
        action->setToolTip(format::actionTip(style.prompt));
        menu->setToolTipsVisible(true);
    }
    if (!m_styles.isEmpty())
        m_menu->addSeparator();
    m_menu->addAction(tr("Keep the prompt as a style…"), this, &StylesButton::keepAsStyle);
    m_menu->addAction(tr("All styles…"), this, &StylesButton::openDialog);
    read(); // for the next time
}

StylesDialog *StylesButton::makeDialog()
{
    auto *dialog = new StylesDialog(m_theme, m_prompts, m_log, m_own(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &StylesDialog::applied, this, &StylesButton::applied);
    connect(dialog, &StylesDialog::stylesChanged, this, &StylesButton::read);
    dialog->open();
    return dialog;
}

void StylesButton::openDialog()
{
    makeDialog();
}

void StylesButton::keepAsStyle()
{
    makeDialog()->beginStyle(m_own());
}

void StylesButton::retranslate()
{
    setText(tr("Styles"));
    setAccessibleName(tr("Styles"));
    setToolTip(tr("Words that you use again and again, put around the prompt"));
}

void StylesButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
