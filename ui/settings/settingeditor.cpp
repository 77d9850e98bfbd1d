// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingeditor.h"

#include "ui/settings/settingtexts.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace novita {

SettingEditor::SettingEditor(Settings &settings, const Theme &theme, const QString &keyName, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_keyName(keyName)
    , m_label(new QLabel(this))
    , m_row(new QHBoxLayout)
    , m_reset(new QPushButton(this))
    , m_hint(new QLabel(this))
    , m_problem(new QLabel(this))
{
    setObjectName(keyName);
    m_label->setTextFormat(Qt::PlainText);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setProperty("tone", QStringLiteral("text2"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->hide();
    m_reset->setProperty("link", true);
    m_reset->setAutoDefault(false);
    m_row->setSpacing(space::kRelated);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_label);
    layout->addLayout(m_row);
    layout->addWidget(m_problem);
    layout->addWidget(m_hint);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        resetValue();
        show(Done{});
        refresh();
    });
    connect(&settings, &Settings::changed, this, [this](const QString &name) {
        if (name == m_keyName)
            refresh();
    });
    connect(&theme, &Theme::changed, this, &SettingEditor::applyFonts);
}

void SettingEditor::setField(QWidget *field, QWidget *behind)
{
    m_field = field;
    m_label->setBuddy(field);
    m_row->addWidget(field);
    if (behind)
        m_row->addWidget(behind);
    m_row->addWidget(m_reset);
    m_row->addStretch(1);
    applyFonts();
    retranslate();
}

void SettingEditor::applyFonts()
{
    m_hint->setFont(m_theme.font(TextStyle::Small));
    m_label->setFont(m_theme.font(TextStyle::Body));
}

void SettingEditor::refresh()
{
    load();
    const SettingOrigin from = origin();
    setReadOnly(from == SettingOrigin::Environment);
    m_reset->setVisible(from == SettingOrigin::Stored);
    QStringList parts;
    const QString help = settingText(m_keyName).help;
    if (!help.isEmpty())
        parts.append(help);
    QStringList facts;
    if (!rangeText().isEmpty())
        facts.append(rangeText());
    switch (from) {
    case SettingOrigin::Default:
        facts.append(tr("default"));
        break;
    case SettingOrigin::Stored:
        facts.append(defaultText().isEmpty() ? tr("changed here") : tr("changed here, default %1").arg(defaultText()));
        break;
    case SettingOrigin::Environment:
        facts.append(tr("from the environment: %1").arg(environmentName()));
        break;
    }
    parts.append(facts.join(QStringLiteral(" · ")));
    m_hint->setText(parts.join(QLatin1Char('\n')));
}

void SettingEditor::show(const Result<Done> &result)
{
    m_problem->setVisible(!result);
    m_problem->setText(result ? QString() : result.error().message);
    if (m_field->property("invalid").toBool() != !result) {
        m_field->setProperty("invalid", !result);
        m_field->style()->unpolish(m_field);
        m_field->style()->polish(m_field);
    }
}

void SettingEditor::retranslate()
{
    const SettingText words = settingText(m_keyName);
    m_label->setText(words.label);
    m_field->setAccessibleName(words.label);
    m_reset->setText(tr("Reset"));
    m_reset->setAccessibleName(tr("Reset %1").arg(words.label));
    retranslateField(words.label);
    refresh();
}

} // namespace novita
