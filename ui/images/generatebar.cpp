// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/generatebar.h"

#include "ui/format.h"
#include "ui/images/spending.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/sentencelink.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

GenerateBar::GenerateBar(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_modeLabel(makeLabel("text2", this)), m_mode(new QComboBox(this)), m_why(new SentenceLink(this)), m_try(makeLink(this)), m_sentence(makeWords("text3", this)), m_generate(new QPushButton(this))
{
    m_generate->setProperty("primary", true);
    m_generate->setMinimumHeight(theme.controlHeight());
    m_mode->addItems({QString(), QString()});
    m_modeLabel->setBuddy(m_mode);
    auto *mode = new QHBoxLayout;
    mode->setSpacing(space::kRelated);
    mode->addWidget(m_modeLabel);
    mode->addWidget(m_mode, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(mode);
    layout->addWidget(m_sentence);
    layout->addWidget(m_why);
    layout->addWidget(m_try, 0, Qt::AlignLeft);
    layout->addWidget(m_generate);
    connect(m_generate, &QPushButton::clicked, this, &GenerateBar::generateRequested);
    connect(m_try, &QPushButton::clicked, this, &GenerateBar::tryRequested);
    connect(m_why, &QAbstractButton::clicked, this, &GenerateBar::obstacleActivated);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &GenerateBar::modeChanged);
    retranslate();
}

ExpansionMode GenerateBar::mode() const
{
    return m_mode->currentIndex() == 1 ? ExpansionMode::Combinations : ExpansionMode::Random;
}

void GenerateBar::setMode(ExpansionMode mode)
{
    m_mode->setCurrentIndex(mode == ExpansionMode::Combinations ? 1 : 0);
}

void GenerateBar::present(const JobPlan &plan, const QString &obstacle, bool dynamic, bool canBeTried)
{
    m_canBeTried = canBeTried;
    m_plan = plan;
    m_obstacle = obstacle;
    m_isDynamic = dynamic;
    retranslate();
}

void GenerateBar::retranslate()
{
    const QString price = priceWords(m_plan);
    const QString count = QLocale().toString(m_plan.results);
    const QString label = m_plan.results > 1 ? tr("Generate %1 · %2", "how many, at what price").arg(count, price) : tr("Generate · %1", "at what price").arg(price);
    m_generate->setText(label);
    m_generate->setAccessibleName(tr("Generate"));
    m_generate->setAccessibleDescription(m_obstacle.isEmpty() ? label : m_obstacle);
    m_generate->setEnabled(m_obstacle.isEmpty());
    m_generate->setToolTip(format::toolTip(m_obstacle.isEmpty() ? tr("Ctrl+Return. Jobs: %1").arg(QLocale().toString(m_plan.jobs)) : m_obstacle));
    m_why->setText(m_obstacle);
    m_why->setAccessibleName(m_obstacle);
    m_why->setAccessibleDescription(tr("What is missing"));
    m_why->setVisible(!m_obstacle.isEmpty());
    m_try->setText(tr("Try it all the same"));
    m_try->setAccessibleName(tr("Try it all the same"));
    m_try->setToolTip(format::toolTip(tr("Lets you send to this endpoint until the server says again that it is retired. A job that it refuses fails; one that it takes is charged.")));
    m_try->setVisible(m_canBeTried && !m_obstacle.isEmpty());
    m_modeLabel->setText(tr("Prompts"));
    m_mode->setAccessibleName(tr("Prompts"));
    m_mode->setItemText(0, tr("Random, one a picture"));
    m_mode->setItemText(1, tr("All combinations"));
    m_mode->setVisible(m_isDynamic);
    m_modeLabel->setVisible(m_isDynamic);
    QString sentence = m_plan.sentence;
    if (m_isDynamic && sentence.isEmpty())
        sentence = tr("Makes %Ln job(s).", nullptr, int(m_plan.jobs));
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void GenerateBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
