// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/parameterpanel.h"

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

} // namespace

ParameterPanel::ParameterPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
    , m_systemLabel(makeLabel("text2", this))
    , m_system(new QPlainTextEdit(this))
    , m_maxTokens(new QSpinBox(this))
    , m_topK(new QSpinBox(this))
    , m_seed(new QLineEdit(this))
    , m_stop(new QPlainTextEdit(this))
    , m_stopNote(makeWords("bad", this))
    , m_thinking(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_reset(makeLink(this))
{
    m_grid->setContentsMargins(space::kInside, 0, space::kInside, 0);
    m_grid->setHorizontalSpacing(space::kRelated);
    m_grid->setVerticalSpacing(space::kRelated);
    m_grid->setColumnStretch(0, 1);
    m_systemLabel->setBuddy(m_system);
    m_grid->addWidget(m_systemLabel, 0, 0, 1, 2);
    m_grid->addWidget(m_system, 1, 0, 1, 2);
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
    for (int i = 0; i < 3; ++i)
        m_thinking->addItem(QString());
    m_thinkingLabel = addRow(m_thinking);
    for (int i = 0; i < 2; ++i)
        m_format->addItem(QString());
    m_formatLabel = addRow(m_format);
    m_stopLabel = addRow(m_stop, true);
    m_grid->addWidget(m_stopNote, m_grid->rowCount(), 0, 1, 2);
    m_grid->addWidget(m_reset, m_grid->rowCount(), 0, 1, 2, Qt::AlignLeft);
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    m_stopNote->hide();
    const auto heights = [this] {
        setLines(m_system, 5);
        setLines(m_stop, 3);
    };
    heights();
    connect(&theme, &Theme::changed, this, heights);
    connect(m_system, &QPlainTextEdit::textChanged, this, &ParameterPanel::systemChanged);
    for (QSpinBox *spin : {m_maxTokens, m_topK})
        connect(spin, &QSpinBox::valueChanged, this, &ParameterPanel::edited);
    for (QComboBox *box : {m_thinking, m_format})
        connect(box, &QComboBox::currentIndexChanged, this, &ParameterPanel::edited);
    connect(m_seed, &QLineEdit::textChanged, this, &ParameterPanel::edited);
    connect(m_stop, &QPlainTextEdit::textChanged, this, &ParameterPanel::edited);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        setParameters({});
        edited();
    });
    setParameters({});
    retranslate();
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
    m_stop->setPlainText(parameters.stop.join(QLatin1Char('\n')));
    m_thinking->setCurrentIndex(!parameters.thinking ? 0 : *parameters.thinking ? 1 : 2);
    m_format->setCurrentIndex(parameters.json ? 1 : 0);
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
    const QStringList stops = m_stop->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    out.stop = stops;
    if (m_thinking->currentIndex() > 0)
        out.thinking = m_thinking->currentIndex() == 1;
    out.json = m_format->currentIndex() == 1;
    return out;
}

void ParameterPanel::setSystem(const QString &prompt)
{
    if (prompt == system())
        return;
    const QSignalBlocker blocker(this);
    m_system->setPlainText(prompt);
}

QString ParameterPanel::system() const
{
    return m_system->toPlainText();
}

void ParameterPanel::edited()
{
    const QStringList problems = parameters().problems();
    m_stopNote->setText(problems.join(QLatin1Char('\n')));
    m_stopNote->setVisible(!problems.isEmpty());
    emit parametersChanged();
}

void ParameterPanel::retranslate()
{
    const QSignalBlocker blocker(this);
    const QString standard = tr("Default");
    const auto name = [](QLabel *label, QWidget *input, const QString &text, const QString &tip) {
        label->setText(text);
        input->setAccessibleName(text);
        input->setToolTip(tip);
    };
    name(m_systemLabel, m_system, tr("System prompt"), tr("What the model is told before the first message"));
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
    m_thinking->setItemText(0, standard);
    m_thinking->setItemText(1, tr("On"));
    m_thinking->setItemText(2, tr("Off"));
    name(m_formatLabel, m_format, tr("Answer"), tr("JSON: the message must ask for JSON as well, and not every model can"));
    m_format->setItemText(0, tr("Text"));
    m_format->setItemText(1, tr("JSON object"));
    name(m_stopLabel, m_stop, tr("Stop at, one per line"), tr("The answer ends before any of these texts; at most four"));
    m_reset->setText(tr("Reset parameters"));
}

void ParameterPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
