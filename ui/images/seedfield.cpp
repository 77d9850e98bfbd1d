// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/valuefields.h"
#include "ui/theme.h"
#include "ui/widgets/inputnames.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>

#include <algorithm>

namespace novita {

namespace {

/// What every server takes, where the endpoint names no limit.
constexpr double kMostDrawn = 4294967295.0;

} // namespace

SeedField::SeedField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent), m_services(services), m_number(new QLineEdit(this)), m_lock(new QPushButton(this)), m_dice(new QPushButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_number, 1);
    layout->addWidget(m_lock);
    layout->addWidget(m_dice);
    static const QRegularExpression digits(QStringLiteral("[0-9]{0,16}"));
    m_number->setValidator(new QRegularExpressionValidator(digits, m_number));
    m_lock->setCheckable(true);
    m_lock->setAutoDefault(false);
    m_dice->setAutoDefault(false);
    connect(&services.theme, &Theme::changed, this, &SeedField::present);
    connect(m_number, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_lock->setChecked(!text.isEmpty());
        present();
        emit changed();
    });
    connect(m_lock, &QPushButton::clicked, this, [this] {
        if (m_lock->isChecked() && m_number->text().isEmpty())
            return roll();
        present();
        emit changed();
    });
    connect(m_dice, &QPushButton::clicked, this, &SeedField::roll);
    present();
}

QWidget *SeedField::input()
{
    return m_number;
}

void SeedField::roll()
{
    const double least = std::max(0.0, spec().least.value_or(0));
    const double most = std::min(kMostDrawn, spec().most.value_or(kMostDrawn));
    m_number->setText(QString::number(static_cast<qint64>(least + m_services.random() * (most - least))));
    m_lock->setChecked(true);
    present();
    emit changed();
}

QJsonValue SeedField::value() const
{
    if (!m_lock->isChecked() || m_number->text().isEmpty())
        return -1;
    return m_number->text().toLongLong();
}

void SeedField::setValue(const QJsonValue &value)
{
    const double seed = value.toDouble(-1);
    m_lock->setChecked(seed >= 0);
    if (seed >= 0)
        m_number->setText(QString::number(static_cast<qint64>(seed)));
    present();
}

void SeedField::present()
{
    const bool isLocked = m_lock->isChecked();
    m_lock->setIcon(m_services.theme.icon(isLocked ? QStringLiteral("object-locked") : QStringLiteral("object-unlocked")));
    m_dice->setIcon(m_services.theme.icon(QStringLiteral("view-refresh")));
    m_lock->setToolTip(isLocked ? tr("The same seed each time") : tr("Another seed each time"));
    m_number->setPlaceholderText(tr("Random"));
    // What was locked before is there to be seen, and plainly not in force.
    QFont font = m_number->font();
    font.setStrikeOut(!isLocked && !m_number->text().isEmpty());
    m_number->setFont(font);
    m_number->setAccessibleDescription(m_lock->toolTip());
}

void SeedField::setNames(const QString &name)
{
    nameInput(m_number, name);
    m_lock->setAccessibleName(tr("Lock %1", "name of a field").arg(name));
    m_dice->setAccessibleName(tr("New %1", "name of a field").arg(name));
    m_dice->setToolTip(tr("Draw a number and keep it"));
    present();
}

} // namespace novita
