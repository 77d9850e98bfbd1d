// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/parameterpanel.h"

#include "ui/chat/answerformedit.h"
#include "ui/chat/parametertext.h"
#include "ui/chat/systemprompt.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSpinBox>

#include <array>
#include <cmath>

namespace novita {

namespace {

void setLines(QPlainTextEdit *edit, int lines)
{
    constexpr int kFrame = 18;
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * lines + kFrame);
}

int indexOf(const std::optional<bool> &choice)
{
    return !choice ? 0 : *choice ? 1 : 2;
}

std::optional<bool> choiceOf(const QComboBox &box)
{
    return box.currentIndex() <= 0 ? std::nullopt : std::optional(box.currentIndex() == 1);
}

} // namespace

ParameterPanel::ParameterPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
    , m_system(new SystemPrompt(theme, this))
    , m_maxTokens(new QSpinBox(this))
    , m_topK(new QSpinBox(this))
    , m_seed(new QLineEdit(this))
    , m_stop(new QPlainTextEdit(this))
    , m_bias(new QPlainTextEdit(this))
    , m_thinking(new QComboBox(this))
    , m_separate(new QComboBox(this))
    , m_form(new AnswerFormEdit(theme, this))
    , m_problems(makeWords("bad", this))
    , m_reset(makeLink(this))
{
    buildRows();
    const auto heights = [this] {
        setLines(m_stop, 3);
        setLines(m_bias, 3);
    };
    heights();
    connect(&theme, &Theme::changed, this, heights);
    connect(m_system, &SystemPrompt::changed, this, &ParameterPanel::systemChanged);
    for (QSpinBox *spin : {m_maxTokens, m_topK})
        connect(spin, &QSpinBox::valueChanged, this, &ParameterPanel::edited);
    for (QComboBox *box : {m_thinking, m_separate})
        connect(box, &QComboBox::currentIndexChanged, this, &ParameterPanel::edited);
    connect(m_seed, &QLineEdit::textChanged, this, &ParameterPanel::edited);
    for (QPlainTextEdit *edit : {m_stop, m_bias})
        connect(edit, &QPlainTextEdit::textChanged, this, &ParameterPanel::edited);
    connect(m_form, &AnswerFormEdit::changed, this, &ParameterPanel::edited);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        setParameters({});
        edited();
    });
    setParameters({});
    retranslate();
}

void ParameterPanel::buildRows()
{
    m_grid->setContentsMargins(space::kInside, 0, space::kInside, 0);
    m_grid->setHorizontalSpacing(space::kRelated);
    m_grid->setVerticalSpacing(space::kRelated);
    m_grid->setColumnStretch(0, 1);
    m_grid->addWidget(m_system, 0, 0, 1, 2);
    constexpr int kTokenStep = 256;
    m_maxTokens->setRange(1, kMostTokens);
    m_maxTokens->setSingleStep(kTokenStep);
    m_maxTokens->setGroupSeparatorShown(true);
    m_maxTokensLabel = addRow(m_maxTokens);
    addReal(&ChatParameters::temperature, 0, 2, 0.1);
    addReal(&ChatParameters::topP, 0, 1, 0.05);
    m_topK->setRange(0, ChatParameters::kMostTopK);
    m_topKLabel = addRow(m_topK);
    addReal(&ChatParameters::minP, 0, 1, 0.05);
    addReal(&ChatParameters::frequencyPenalty, -2, 2, 0.1);
    addReal(&ChatParameters::presencePenalty, -2, 2, 0.1);
    addReal(&ChatParameters::repetitionPenalty, 0, 2, 0.1);
    static const QRegularExpression digits(QStringLiteral("-?[0-9]{0,18}"));
    m_seed->setValidator(new QRegularExpressionValidator(digits, m_seed));
    m_seedLabel = addRow(m_seed);
    for (QComboBox *box : {m_thinking, m_separate}) {
        for (int i = 0; i < 3; ++i)
            box->addItem(QString());
    }
    m_thinkingLabel = addRow(m_thinking);
    m_separateLabel = addRow(m_separate);
    m_grid->addWidget(m_form, m_grid->rowCount(), 0, 1, 2);
    m_stopLabel = addRow(m_stop, true);
    m_biasLabel = addRow(m_bias, true);
    m_grid->addWidget(m_problems, m_grid->rowCount(), 0, 1, 2);
    m_grid->addWidget(m_reset, m_grid->rowCount(), 0, 1, 2, Qt::AlignLeft);
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    m_problems->hide();
}

QLabel *ParameterPanel::addRow(QWidget *input, bool wide)
{
    QLabel *label = makeLabel("text2", this);
    label->setBuddy(input);
    const int row = m_grid->rowCount();
    if (wide) {
        m_grid->addWidget(label, row, 0, 1, 2);
        m_grid->addWidget(input, row + 1, 0, 1, 2);
    } else {
        m_grid->addWidget(label, row, 0);
        m_grid->addWidget(input, row, 1);
    }
    return label;
}

/// One step below the least stands for "Default".
void ParameterPanel::addReal(std::optional<double> ChatParameters::*member, double least, double most, double step)
{
    auto *spin = new QDoubleSpinBox(this);
    spin->setDecimals(2);
    spin->setSingleStep(step);
    spin->setRange(least - step, most);
    connect(spin, &QDoubleSpinBox::valueChanged, this, &ParameterPanel::edited);
    m_reals.append({member, spin, addRow(spin)});
}

void ParameterPanel::setParameters(const ChatParameters &parameters)
{
    if (parameters == this->parameters())
        return; // the cursor stays where it is
    const QSignalBlocker blocker(this);
    m_maxTokens->setValue(parameters.maxTokens);
    for (const Real &real : std::as_const(m_reals))
        real.spin->setValue((parameters.*real.member).value_or(real.spin->minimum()));
    m_topK->setValue(parameters.topK.value_or(0));
    m_seed->setText(parameters.seed ? QString::number(*parameters.seed) : QString());
    m_stop->setPlainText(parametertext::stopsText(parameters.stop));
    m_biases = parameters.logitBias;
    m_bias->setPlainText(parametertext::biasesText(parameters.logitBias));
    m_thinking->setCurrentIndex(indexOf(parameters.thinking));
    m_separate->setCurrentIndex(indexOf(parameters.separateReasoning));
    m_form->setForm(parameters.form);
    present();
}

ChatParameters ParameterPanel::parameters() const
{
    ChatParameters out;
    out.maxTokens = m_maxTokens->value();
    for (const Real &real : std::as_const(m_reals)) {
        const double least = real.spin->minimum() + real.spin->singleStep();
        constexpr double kHair = 1e-6;
        constexpr double kPerUnit = 100; // as many decimals as the field shows
        if (real.spin->value() > least - kHair)
            out.*real.member = std::round(real.spin->value() * kPerUnit) / kPerUnit;
    }
    if (m_topK->value() > 0)
        out.topK = m_topK->value();
    bool isNumber = false;
    if (const qint64 seed = m_seed->text().toLongLong(&isNumber); isNumber)
        out.seed = seed;
    out.stop = parametertext::stopsOf(m_stop->toPlainText());
    out.logitBias = m_biases;
    out.thinking = choiceOf(*m_thinking);
    out.separateReasoning = choiceOf(*m_separate);
    out.form = m_form->form();
    return out;
}

void ParameterPanel::setSystem(const QString &prompt)
{
    m_system->setText(prompt);
}

QString ParameterPanel::system() const
{
    return m_system->text();
}

QString ParameterPanel::problem() const
{
    return m_problems->isHidden() ? QString() : m_problems->text();
}

void ParameterPanel::edited()
{
    m_biases = parametertext::biasesOf(m_bias->toPlainText()).value_or(m_biases);
    present();
    emit parametersChanged();
}

void ParameterPanel::present()
{
    QStringList problems = parameters().problems();
    const bool isBiasRead = parametertext::biasesOf(m_bias->toPlainText()).has_value();
    if (!isBiasRead)
        problems.prepend(tr("A bias is one line with a token id, a colon and a number from -100 to 100. The lines as they are now are not sent."));
    setInvalid(m_bias, !isBiasRead);
    m_problems->setText(problems.join(QLatin1Char('\n')));
    m_problems->setVisible(!problems.isEmpty());
}

void ParameterPanel::retranslate()
{
    {
        const QSignalBlocker blocker(this);
        retranslateFields();
    }
    present();
}

void ParameterPanel::retranslateFields()
{
    const QString standard = tr("Default");
    const auto name = [](QLabel *label, QWidget *input, const QString &text, const QString &tip) {
        label->setText(text);
        input->setAccessibleName(text);
        input->setToolTip(tip);
    };
    const auto choices = [](QComboBox *box, const QStringList &texts) {
        for (int i = 0; i < texts.size(); ++i)
            box->setItemText(i, texts.at(i));
    };
    name(m_maxTokensLabel, m_maxTokens, tr("Max tokens"), tr("The longest answer, reasoning included. The service lowers it to fit the context."));
    const std::array<std::pair<QString, QString>, 6> reals{{
        {tr("Temperature"), tr("0 to 2. Higher is more varied.")},
        {tr("Top p"), tr("0 to 1. Chooses among the likeliest tokens that make up this share.")},
        {tr("Min p"), tr("0 to 1. Leaves out tokens less likely than this share of the likeliest.")},
        {tr("Frequency penalty"), tr("-2 to 2. Against words the more often they were said.")},
        {tr("Presence penalty"), tr("-2 to 2. Against words that were said at all.")},
        {tr("Repetition penalty"), tr("0 to 2. Above 1 against repetition.")},
    }};
    for (qsizetype i = 0; i < m_reals.size(); ++i) {
        const auto &[text, tip] = reals.at(static_cast<std::size_t>(i));
        name(m_reals.at(i).label, m_reals.at(i).spin, text, tip);
        m_reals.at(i).spin->setSpecialValueText(standard);
    }
    name(m_topKLabel, m_topK, tr("Top k"), tr("1 to 128. Chooses among so many of the likeliest tokens."));
    m_topK->setSpecialValueText(standard);
    name(m_seedLabel, m_seed, tr("Seed"), tr("The same seed and request give similar answers, where the model can."));
    m_seed->setPlaceholderText(standard);
    name(m_thinkingLabel, m_thinking, tr("Reasoning"), tr("For models that can answer with and without"));
    choices(m_thinking, {standard, tr("On"), tr("Off")});
    name(m_separateLabel, m_separate, tr("Separate reasoning"), tr("Whether the service keeps reasoning apart from the answer, for models that can. Between think tags it is told from the answer here."));
    choices(m_separate, {standard, tr("On"), tr("Off")});
    name(m_stopLabel, m_stop, tr("Stop at, one per line"), tr("The answer ends before any of these texts; at most four. \\n stands for a line feed, \\t for a tab."));
    name(m_biasLabel, m_bias, tr("Token bias, one per line"), tr("Token id: bias from -100 (never) to 100 (always). The ids are those of the model."));
    m_bias->setPlaceholderText(QStringLiteral("50256: -100"));
    m_reset->setText(tr("Reset parameters"));
    m_reset->setToolTip(tr("Everything but the system prompt as the service has it"));
}

void ParameterPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
