// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/turncard.h"

#include "core/base/displaytext.h"
#include "ui/chat/chatwords.h"
#include "ui/chat/codeblock.h"
#include "ui/chat/messagetext.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

TurnCard::TurnCard(const Theme &theme, int turn, const ChatTurn &content, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_turn(turn)
    , m_who(makeLabel("", this))
    , m_when(makeLabel("text3", this))
    , m_copy(makeLink(this))
    , m_edit(makeLink(this))
    , m_retry(makeLink(this))
    , m_reasoningLink(makeLink(this))
    , m_reasoningText(new MessageText(this))
    , m_body(new QVBoxLayout)
    , m_rest(makeWords("text3", this))
    , m_problem(makeWords("warn", this))
    , m_remedy(makeLink(this))
    , m_numbers(makeWords("text3", this))
{
    buildLayout();
    connect(m_copy, &QPushButton::clicked, this, [this] { emit copyRequested(m_turn); });
    connect(m_edit, &QPushButton::clicked, this, [this] { emit editRequested(m_turn); });
    connect(m_retry, &QPushButton::clicked, this, &TurnCard::retryRequested);
    connect(m_reasoningLink, &QPushButton::toggled, this, &TurnCard::showReasoning);
    connect(m_remedy, &QPushButton::clicked, this, [this] { emit remedyRequested(chatwords::shortfall(m_facts).remedy); });
    grow(content.text, content.reasoning);
    setFacts(content);
    retranslate();
}

void TurnCard::buildLayout()
{
    m_reasoningLink->setCheckable(true);
    m_reasoningText->setProperty("quiet", true);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_edit, m_retry, m_reasoningLink, m_reasoningText, m_rest, m_problem, m_remedy, m_numbers})
        widget->hide();
    const auto fonts = [this] {
        m_who->setFont(m_theme.font(TextStyle::Body, true));
        for (QLabel *small : {m_when, m_numbers})
            small->setFont(m_theme.font(TextStyle::Small));
    };
    fonts();
    connect(&m_theme, &Theme::changed, this, fonts);
    connect(&m_theme, &Theme::changed, this, &TurnCard::presentFold);
    presentFold();
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_who);
    head->addWidget(m_when);
    head->addStretch(1);
    for (QPushButton *button : {m_retry, m_edit, m_copy})
        head->addWidget(button);
    m_body->setSpacing(space::kRelated);
    auto *problem = new QHBoxLayout;
    problem->setSpacing(space::kRelated);
    problem->addWidget(m_problem, 1);
    problem->addWidget(m_remedy, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated + space::kInside, space::kRelated, space::kRelated + space::kInside, space::kRelated);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    layout->addWidget(m_reasoningLink, 0, Qt::AlignLeft);
    layout->addWidget(m_reasoningText);
    layout->addLayout(m_body);
    layout->addWidget(m_rest);
    layout->addLayout(problem);
    layout->addWidget(m_numbers);
}

void TurnCard::grow(const QString &text, const QString &reasoning)
{
    growReasoning(reasoning);
    growText(text);
    if (!reasoning.isEmpty() || (m_isEmpty && !text.isEmpty()))
        present();
    m_isEmpty = m_isEmpty && text.isEmpty();
}

void TurnCard::growText(const QString &text)
{
    const qsizetype room = kMostShown - m_shown;
    if (text.size() > room && !m_isCutOff) {
        m_isCutOff = true;
        present();
    }
    const QStringView taken = QStringView(text).left(std::max<qsizetype>(0, room));
    m_shown += taken.size();
    addPieces(m_segments.take(taken));
}

void TurnCard::addPieces(const QList<MessageSegments::Addition> &pieces)
{
    for (const MessageSegments::Addition &piece : pieces) {
        if (piece.begins && piece.isCode) {
            m_text = nullptr;
            m_code = new CodeBlock(m_theme, piece.language, this);
            m_body->addWidget(m_code);
        } else if (piece.begins) {
            m_code = nullptr;
            m_text = new MessageText(this);
            nameText(*m_text);
            m_body->addWidget(m_text);
        }
        if (m_code)
            m_code->append(piece.text);
        else if (m_text)
            m_text->append(piece.text);
    }
}

/// By its number: there are many, and a field for the next one.
void TurnCard::nameText(MessageText &text) const
{
    text.setAccessibleName((isAnswer() ? tr("Answer %1", "a number") : tr("Message %1", "a number")).arg(format::number(m_turn + 1)));
}

void TurnCard::growReasoning(const QString &text)
{
    if (text.isEmpty())
        return;
    m_reasoningChars += text.size();
    const QString taken = text.left(std::max<qsizetype>(0, kMostShown - m_reasoning.size()));
    m_reasoning += taken;
    if (m_reasoningLink->isChecked())
        m_reasoningText->append(taken);
}

/// Most people never look: what nobody sees is not laid out.
void TurnCard::showReasoning(bool shown)
{
    m_reasoningText->setText(shown ? m_reasoning : QString());
    m_reasoningText->setVisible(shown);
    presentFold();
    if (shown)
        emit unfolded();
}

void TurnCard::presentFold()
{
    const bool isOpen = m_reasoningLink->isChecked();
    m_reasoningLink->setIcon(m_theme.icon(isOpen ? QStringLiteral("arrow-down") : QStringLiteral("arrow-right")));
    m_reasoningLink->setAccessibleDescription(isOpen ? tr("unfolded") : tr("folded"));
    m_reasoningLink->setToolTip(isOpen ? tr("Folds what the model thought before it answered") : tr("Unfolds what the model thought before it answered"));
}

void TurnCard::setFacts(const ChatTurn &content)
{
    if (content.end != ChatEnd::Running)
        addPieces(m_segments.end());
    m_facts = content;
    // Whether there are any is all that is asked of them from now on.
    m_facts.text.truncate(1);
    m_facts.reasoning.truncate(1);
    m_isEmpty = content.text.isEmpty();
    present();
}

void TurnCard::setLast(bool last, const QString &whyNot)
{
    m_isLast = last;
    m_retry->setEnabled(whyNot.isEmpty());
    m_retry->setToolTip(whyNot.isEmpty() ? tr("Asks the model again, in place of this answer. It is charged again.") : whyNot);
    present();
}

void TurnCard::setEditable(const QString &whyNot)
{
    m_edit->setEnabled(whyNot.isEmpty());
    m_edit->setToolTip(whyNot.isEmpty() ? tr("Changes this message and sends it again, in place of it and of what follows it") : whyNot);
}

void TurnCard::present()
{
    const bool running = m_facts.end == ChatEnd::Running && isAnswer();
    setProperty("card", !isAnswer());
    m_edit->setVisible(!isAnswer());
    m_retry->setVisible(isAnswer() && m_isLast && !running);
    m_copy->setVisible(!m_facts.text.isEmpty() || !m_isEmpty);
    m_who->setText(isAnswer() ? displayLine(m_facts.model.toString(), 80) : tr("You"));
    m_when->setText(m_facts.at == TimePoint{} ? QString() : format::timeToMinute(m_facts.at));
    m_when->setToolTip(format::toolTip(format::dateTime(m_facts.at)));
    m_reasoningLink->setVisible(m_reasoningChars > 0);
    m_reasoningLink->setText(running && m_isEmpty ? tr("Thinking… (%1 characters)").arg(format::number(m_reasoningChars))
                                                  : tr("Reasoning (%1 characters)").arg(format::number(m_reasoningChars)));
    m_rest->setVisible(m_isCutOff);
    const ErrorText missing = isAnswer() ? chatwords::shortfall(m_facts) : ErrorText();
    m_problem->setText(missing.sentence);
    m_problem->setToolTip(missing.details.isEmpty() ? QString() : format::toolTip(missing.details));
    m_problem->setVisible(!missing.sentence.isEmpty());
    setTone(m_problem, m_facts.error ? "bad" : "warn");
    // Asking again is the card's own button, which says that it costs.
    const bool hasRemedy = missing.remedy == ErrorRemedy::OpenProfiles || missing.remedy == ErrorRemedy::OpenNetworkSettings || missing.remedy == ErrorRemedy::TopUp;
    m_remedy->setText(missing.remedyLabel);
    m_remedy->setVisible(hasRemedy && !missing.remedyLabel.isEmpty());
    m_numbers->setVisible(isAnswer() && !running);
    if (isAnswer() && !running)
        m_numbers->setText(chatwords::answerFacts(m_facts));
}

void TurnCard::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(isAnswer() ? tr("Copy answer") : tr("Copy message"));
    m_edit->setText(tr("Edit"));
    m_edit->setAccessibleName(tr("Edit message"));
    m_retry->setText(tr("Try again"));
    m_retry->setAccessibleName(tr("Try the answer again"));
    for (int i = 0; i < m_body->count(); ++i) {
        if (auto *text = qobject_cast<MessageText *>(m_body->itemAt(i)->widget()))
            nameText(*text);
    }
    m_reasoningText->setAccessibleName(tr("Reasoning of answer %1", "a number").arg(format::number(m_turn + 1)));
    presentFold();
    m_rest->setText(tr("Only the first %1 characters are shown. Copy and export have all of it.").arg(format::number(kMostShown)));
    setAccessibleName(isAnswer() ? tr("Answer of %1").arg(displayLine(m_facts.model.toString(), 80)) : tr("Your message"));
    present();
}

void TurnCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
