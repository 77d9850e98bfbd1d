// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingeditor.h"

#include "ui/settings/settingtexts.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
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
    connect(m_reset, &QPushButton::clicked, this, &SettingEditor::resetValue);
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
    const QString help = settingText(m_keyName).help;
    const QString about = facts().join(QStringLiteral(" · "));
    // A default alone is not worth a line: it ends the sentence.
    const bool alone = facts().size() == 1;
    const QString begin = alone && help.endsWith(QLatin1Char('.')) ? help.chopped(1) : help;
    m_hint->setText(help.isEmpty() || about.isEmpty() ? help + about : begin + (alone ? QStringLiteral(" · ") : QStringLiteral("\n")) + about);
    m_hint->setVisible(!m_hint->text().isEmpty());
}

/// "5 to 120 s · default 30 s · changed here"
QStringList SettingEditor::facts() const
{
    QStringList out;
    if (const QString range = rangeText(); !range.isEmpty())
        out.append(range);
    if (const QString standard = defaultText(); !standard.isEmpty())
        out.append(tr("default %1").arg(standard));
    if (origin() == SettingOrigin::Stored)
        out.append(tr("changed here"));
    else if (origin() == SettingOrigin::Environment)
        out.append(tr("set by %1 in the environment").arg(environmentName()));
    return out;
}

void SettingEditor::resetValue()
{
    forgetTyped();
    dropStored();
    show(Done{});
    refresh();
}

void SettingEditor::hideLabel()
{
    m_label->hide();
}

void SettingEditor::show(const Result<Done> &result)
{
    m_problem->setVisible(!result);
    m_problem->setText(result ? QString() : result.error().message);
    setInvalid(m_field, !result);
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
