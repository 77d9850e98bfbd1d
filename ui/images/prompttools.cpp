// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/prompttools.h"

#include "core/images/imageworkspace.h"
#include "ui/images/promptbox.h"
#include "ui/images/prompthistorydialog.h"
#include "ui/images/stylesbutton.h"
#include "ui/images/wildcardsdialog.h"
#include "ui/images/wildcardsource.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

#include <utility>

namespace novita {

PromptTools::PromptTools(const UiContext &context, PromptBox &box, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_box(box)
    , m_wildcards(new WildcardSource(context.images.wildcardsFolder(), this))
    , m_styles(new StylesButton(
          context.theme, context.prompts, context.images.prompts(),
          [&box] {
              return PromptPair{box.prompt(), box.negativePrompt()};
          },
          this))
    , m_history(new QPushButton(this))
    , m_lists(new QPushButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    for (QPushButton *button : {static_cast<QPushButton *>(m_styles), m_history, m_lists}) {
        button->setAutoDefault(false);
        button->setProperty("flat", true);
        layout->addWidget(button);
    }
    layout->addStretch(1);
    connect(m_styles, &StylesButton::applied, &box,
            [&box](const PromptPair &texts) { box.setTexts(texts.prompt, texts.negative); });
    connect(m_history, &QPushButton::clicked, this, &PromptTools::openHistory);
    connect(m_lists, &QPushButton::clicked, this, &PromptTools::openWildcards);
    connect(m_wildcards, &WildcardSource::changed, &box, [this] { m_box.setWildcards(m_wildcards->lists()); });
    retranslate();
}

void PromptTools::openHistory()
{
    auto *dialog = new PromptHistoryDialog({m_context.theme, m_context.prompts, m_context.settings,
                                            m_context.images.prompts(), m_context.images.profile()},
                                           window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PromptHistoryDialog::recalled, &m_box, [this](const QString &prompt, const QString &negative) {
        m_box.setTexts(prompt, negative);
        m_box.focusPrompt();
    });
    connect(&m_context.images, &ImageWorkspace::profileChanged, dialog, &QDialog::reject);
    dialog->open();
}

void PromptTools::openWildcards()
{
    auto *dialog = new WildcardsDialog(m_context.theme, m_context.prompts, *m_wildcards, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &WildcardsDialog::insertRequested, &m_box, &PromptBox::insertText);
    dialog->open();
}

void PromptTools::retranslate()
{
    m_history->setText(tr("History"));
    m_history->setAccessibleName(tr("Prompts used before"));
    m_history->setToolTip(tr("Prompts used before: search, star, take one up again"));
    m_lists->setText(tr("Wildcards"));
    m_lists->setAccessibleName(tr("Wildcard lists"));
    m_lists->setToolTip(tr("Lists that __name__ in the prompt stands for"));
}

/// Nobody who does not write prompts needs the lists.
void PromptTools::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_wasShown, true))
        m_wildcards->reload();
}

void PromptTools::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
