// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/promptbox.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/cloud/endpoints/fieldrules.h"
#include "core/prompts/promptlength.h"
#include "ui/images/promptedit.h"
#include "ui/theme.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kPromptLines = 5;
constexpr int kNegativeLines = 2;
constexpr qsizetype kMostPreviewed = 8;
constexpr qsizetype kShownPreview = 240; ///< characters of each

} // namespace

PromptBox::PromptBox(const Theme &theme, PromptLog &log, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_log(log), m_clock(clock), m_previewButton(makeLink(this)), m_preview(makeWords("text2", this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    m_prompt.draft = QStringLiteral("prompt");
    m_negative.draft = QStringLiteral("negative_prompt");
    buildSide(m_prompt, kPromptLines);
    layout->addWidget(m_previewButton, 0, Qt::AlignLeft);
    layout->addWidget(m_preview);
    buildSide(m_negative, kNegativeLines);
    m_previewButton->setCheckable(true);
    m_previewButton->hide();
    m_preview->hide();
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, &PromptBox::draftDue);
    const auto icon = [this] { m_previewButton->setIcon(m_theme.icon(m_previewButton->isChecked() ? QStringLiteral("arrow-down") : QStringLiteral("arrow-right"))); };
    icon();
    connect(m_previewButton, &QPushButton::toggled, this, [this, icon] {
        icon();
        showExpansions();
    });
    connect(&theme, &Theme::changed, this, icon);
    connect(&theme, &Theme::changed, this, [this] {
        look(m_prompt);
        look(m_negative);
    });
    retranslate();
}

PromptBox::~PromptBox()
{
    saveDrafts();
}

void PromptBox::buildSide(Side &side, int lines)
{
    auto *own = static_cast<QVBoxLayout *>(layout());
    side.label = makeLabel("text2", this);
    side.counter = makeLabel("text3", this);
    side.edit = new PromptEdit(m_theme, this);
    side.edit->setLines(lines);
    side.edit->setMaximumHeight(side.edit->minimumHeight());
    side.problem = makeWords("bad", this);
    side.problem->hide();
    side.label->setBuddy(side.edit);
    auto *head = new QHBoxLayout;
    head->addWidget(side.label, 1);
    head->addWidget(side.counter);
    own->addLayout(head);
    own->addWidget(side.edit);
    own->addWidget(side.problem);
    connect(side.edit, &QPlainTextEdit::textChanged, this, [this, &side] { textChanged(side); });
    connect(side.edit, &PromptEdit::generateRequested, this, &PromptBox::generateRequested);
    connect(side.edit, &PromptEdit::recallRequested, this, &PromptBox::recall);
}

void PromptBox::textChanged(Side &side)
{
    look(side);
    // Not put off by the next key: what was typed first would wait for ever.
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
    emit changed();
}

void PromptBox::look(Side &side)
{
    const QString text = side.edit->toPlainText();
    const PromptReading<PromptExpansion> reading = PromptExpansion::of(text, m_wildcards);
    side.expansion = reading.value;
    side.problems = reading.problems;
    side.edit->markProblems(reading.problems);
    const QString sentence = reading.ok() ? QString() : reading.problems.constFirst().message;
    side.problem->setText(sentence);
    side.problem->setVisible(!sentence.isEmpty() && !side.edit->isHidden());
    markProblem(side.edit, sentence);
    const int most = side.field ? side.field->mostChars : 0;
    const quint64 length = reading.ok() ? side.expansion.longest() : static_cast<quint64>(promptlength::characters(text));
    const QLocale locale;
    side.counter->setText(most > 0 ? tr("%1 of %2", "characters used, characters allowed").arg(locale.toString(length), locale.toString(most)) : locale.toString(length));
    side.counter->setAccessibleName(tr("%1 length", "name of a field").arg(side.edit->accessibleName()));
    side.counter->setToolTip(tr("Characters of the longest prompt that comes of it. Tokens of Stable Diffusion, estimated: %1.").arg(locale.toString(qint64(promptlength::estimatedClipTokens(text)))));
    setTone(side.counter, most > 0 && length > static_cast<quint64>(most) ? "bad" : "text3");
    if (&side == &m_prompt)
        showExpansions();
}

void PromptBox::showExpansions()
{
    const quint64 count = m_prompt.expansion.combinations();
    const bool isDynamic = m_prompt.expansion.isDynamic() && !m_prompt.edit->isHidden();
    m_previewButton->setVisible(isDynamic);
    m_preview->setVisible(isDynamic && m_previewButton->isChecked());
    if (!isDynamic)
        return;
    m_previewButton->setText(tr("%1 combinations", "of a prompt").arg(QLocale().toString(count)));
    m_previewButton->setAccessibleName(tr("Preview of prompts"));
    if (!m_previewButton->isChecked())
        return;
    QStringList lines;
    const QList<ExpandedPrompt> first = m_prompt.expansion.firstCombinations(kMostPreviewed);
    for (const ExpandedPrompt &one : first)
        lines.append(QStringLiteral("%1. %2").arg(lines.size() + 1).arg(displayLine(one.text, kShownPreview)));
    if (count > static_cast<quint64>(first.size()))
        lines.append(QStringLiteral("…"));
    m_preview->setText(lines.join(QLatin1Char('\n')));
}

void PromptBox::showPreview(bool shown)
{
    m_previewButton->setChecked(shown);
}

void PromptBox::setFields(const std::optional<FieldSpec> &prompt, const std::optional<FieldSpec> &negative)
{
    m_prompt.field = prompt;
    m_negative.field = negative;
    for (Side *side : {&m_prompt, &m_negative}) {
        for (QWidget *widget : {static_cast<QWidget *>(side->label), static_cast<QWidget *>(side->counter), static_cast<QWidget *>(side->edit)})
            widget->setVisible(side->field.has_value());
    }
    retranslate();
}

void PromptBox::setWildcards(const WildcardLists &lists)
{
    m_wildcards = lists;
    for (Side *side : {&m_prompt, &m_negative}) {
        side->edit->setNames(PromptCompletion::Kind::Wildcard, lists.names());
        look(*side);
    }
    emit changed();
}

void PromptBox::setLoras(const QStringList &names)
{
    m_prompt.edit->setNames(PromptCompletion::Kind::Lora, names);
}

void PromptBox::setEmbeddings(const QStringList &names)
{
    m_prompt.edit->setNames(PromptCompletion::Kind::Embedding, names);
    m_negative.edit->setNames(PromptCompletion::Kind::Embedding, names);
}

QString PromptBox::prompt() const
{
    return m_prompt.edit->toPlainText();
}

QString PromptBox::negativePrompt() const
{
    return m_negative.edit->toPlainText();
}

void PromptBox::setTexts(const QString &prompt, const QString &negative)
{
    m_prompt.edit->replaceText(prompt);
    m_negative.edit->replaceText(negative);
}

void PromptBox::insertText(const QString &text)
{
    m_prompt.edit->insertPlainText(text);
    focusPrompt();
}

QString PromptBox::problem() const
{
    for (const Side *side : {&m_prompt, &m_negative}) {
        if (side->field && !side->problems.isEmpty())
            return side->problems.constFirst().message;
    }
    return {};
}

void PromptBox::focusPrompt()
{
    m_prompt.edit->setFocus(Qt::OtherFocusReason);
}

void PromptBox::retranslate()
{
    const QString prompt = m_prompt.field ? labelOf(*m_prompt.field) : tr("Prompt");
    const QString negative = m_negative.field ? labelOf(*m_negative.field) : tr("Negative prompt");
    m_prompt.label->setText(prompt);
    m_prompt.edit->setAccessibleName(prompt);
    m_prompt.edit->setPlaceholderText(tr("What the picture shows"));
    m_prompt.edit->setToolTip(tr("Ctrl+Up and Ctrl+Down weigh words, Alt+Up and Alt+Down bring back earlier prompts, Ctrl+Return generates"));
    m_negative.label->setText(negative);
    m_negative.edit->setAccessibleName(negative);
    look(m_prompt);
    look(m_negative);
}

void PromptBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
