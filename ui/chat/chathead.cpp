// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chathead.h"

#include "core/base/displaytext.h"
#include "core/language/conversation.h"
#include "core/language/languagemodels.h"
#include "ui/chat/chatwords.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/makers.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr qsizetype kMostName = 120;

} // namespace

ChatHead::ChatHead(const Theme &theme, QMenu *menu, QWidget *parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(this))
    , m_facts(makeWords("text2", this))
    , m_parameters(new QAction(this))
    , m_more(new ActionButton(QString(), menu, this))
{
    m_parameters->setCheckable(true);
    const auto look = [this, &theme] {
        m_name->setFont(theme.font(TextStyle::Subtitle, true));
        m_facts->setFont(theme.font(TextStyle::Small));
    };
    look();
    connect(&theme, &Theme::changed, this, look);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_facts);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(names, 1);
    layout->addWidget(new ActionButton(m_parameters, this));
    layout->addWidget(m_more);
    retranslate();
}

void ChatHead::present(const Conversation &conversation, const LanguageModels &models)
{
    const LanguageModelId &id = conversation.model;
    const LanguageModel *model = id.isEmpty() ? nullptr : models.find(id.toString());
    m_name->setFullText(id.isEmpty() ? tr("No model chosen") : displayLine(model ? model->title : id.toString(), kMostName));
    const bool isGone = !id.isEmpty() && !model && models.source() == ModelListSource::Live;
    m_facts->setText(model ? chatwords::facts(*model) : isGone ? tr("not in the list (any more)") : QString());
    m_facts->setVisible(!m_facts->text().isEmpty());
    m_isChanged = conversation.parameters != ChatParameters() || !conversation.system.isEmpty();
    presentParameters();
}

void ChatHead::presentParameters()
{
    m_parameters->setText(m_isChanged ? tr("Parameters •", "some are changed") : tr("Parameters"));
}

void ChatHead::retranslate()
{
    m_parameters->setToolTip(tr("System prompt, length, temperature and the like"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More for the conversation"));
    presentParameters();
}

void ChatHead::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
