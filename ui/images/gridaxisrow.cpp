// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/gridaxisrow.h"

#include "ui/images/fieldeditor.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/inputnames.h"
#include "ui/widgets/makers.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostOffered = 60;
constexpr int kFieldColumns = 26; ///< characters

/// As gridaxis::parse() wants a value that is not plain.
QString quoted(const QString &value)
{
    const bool isPlain = !value.isEmpty() && value == value.trimmed() && !value.contains(u',') && !value.contains(u'"');
    return isPlain ? value : u'"' + QString(value).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString keyOf(const GridField &field)
{
    return field.path.isEmpty() ? QStringLiteral("*") : field.path;
}

} // namespace

GridAxisRow::GridAxisRow(const QList<GridField> &fields, bool mayBeNone, QWidget *parent)
    : QWidget(parent)
    , m_fields(fields)
    , m_mayBeNone(mayBeNone)
    , m_title(makeLabel("text2", this))
    , m_field(new QComboBox(this))
    , m_values(new QLineEdit(this))
    , m_menu(new QMenu(this))
    , m_offer(new ActionButton(QString(), m_menu, this))
    , m_hint(makeWords("text3", this))
{
    if (mayBeNone)
        m_field->addItem(QString(), QString());
    for (const GridField &field : m_fields)
        m_field->addItem(field.title, keyOf(field));
    m_field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_field->setMinimumContentsLength(kFieldColumns - 8);
    leaveWheelToForm(m_field);
    m_values->setMaxLength(static_cast<int>(gridaxis::kLongestText));
    m_title->setBuddy(m_field);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(space::kRelated);
    layout->setVerticalSpacing(space::kInside);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_field, 0, 1);
    layout->addWidget(m_values, 0, 2);
    layout->addWidget(m_offer, 0, 3);
    layout->addWidget(m_hint, 1, 1, 1, 3);
    layout->setColumnStretch(2, 1);
    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        m_values->clear();
        fieldChosen();
    });
    connect(m_values, &QLineEdit::textChanged, this, [this] {
        read();
        emit changed();
    });
    retranslate();
    fieldChosen();
}

void GridAxisRow::setTitle(const QString &title)
{
    m_name = title;
    retranslate();
}

const GridField *GridAxisRow::field() const
{
    const int at = m_field->currentIndex() - (m_mayBeNone ? 1 : 0);
    return at >= 0 && at < m_fields.size() ? &m_fields.at(at) : nullptr;
}

bool GridAxisRow::isLeftOut() const
{
    return !field();
}

QString GridAxisRow::path() const
{
    return m_field->currentData().toString();
}

QString GridAxisRow::text() const
{
    return m_values->text();
}

void GridAxisRow::choose(const QString &path, const QString &text)
{
    const int index = m_field->findData(path);
    if (index < 0)
        return;
    m_field->setCurrentIndex(index);
    m_values->setText(text);
}

void GridAxisRow::fieldChosen()
{
    m_values->setEnabled(field());
    fillValues();
    read();
    emit changed();
}

void GridAxisRow::fillValues()
{
    m_menu->clear();
    QStringList offered;
    if (const GridField *chosen = field())
        offered = chosen->kind == GridKind::Switch ? QStringList{QStringLiteral("on"), QStringLiteral("off")}
                                                   : chosen->choices.mid(0, kMostOffered);
    if (offered.size() > 1) {
        m_menu->addAction(tr("All of them"), this, [this, offered] {
            QStringList all;
            for (const QString &value : offered)
                all.append(quoted(value));
            m_values->setText(all.join(QStringLiteral(", ")));
        });
        m_menu->addSeparator();
    }
    for (const QString &value : std::as_const(offered))
        m_menu->addAction(QString(value).replace(u'&', QStringLiteral("&&")), this, [this, value] { addValue(value); });
    m_offer->setVisible(!offered.isEmpty());
}

void GridAxisRow::addValue(const QString &value)
{
    const QString before = m_values->text().trimmed();
    m_values->setText(before.isEmpty() || before.endsWith(u',') ? before + quoted(value)
                                                                : QStringLiteral("%1, %2").arg(before, quoted(value)));
}

void GridAxisRow::read()
{
    m_axis.reset();
    m_problem.clear();
    const GridField *chosen = field();
    if (chosen && !m_values->text().trimmed().isEmpty()) {
        const PromptReading<GridAxis> reading = gridaxis::parse(*chosen, m_values->text());
        if (reading.ok())
            m_axis = reading.value;
        else
            m_problem = reading.problems.constFirst().message;
    }
    markProblem(m_values, m_problem);
    setTone(m_hint, m_problem.isEmpty() ? "text3" : "bad");
    if (!m_problem.isEmpty()) {
        m_hint->setText(m_problem);
        return;
    }
    QString hint;
    switch (chosen ? chosen->kind : GridKind::Text) {
    case GridKind::Integer:
        hint = tr("Numbers with commas between them, or a range: 10-50 (+10), 20-40 [3]");
        break;
    case GridKind::Number:
        hint = tr("Numbers with commas between them, or a range: 0.2-0.8 [4], 5-9 (+0.5)");
        break;
    case GridKind::Choice:
        hint = tr("Some of its choices, with commas between them");
        break;
    case GridKind::Switch:
        hint = tr("on, off");
        break;
    case GridKind::Text:
        hint = tr("Texts with commas between them; one that holds a comma stands in \"quotes\"");
        break;
    case GridKind::PromptReplace:
        hint = tr("First what is in the prompt now, then what takes its place: red fox, blue fox");
        break;
    }
    m_hint->setText(chosen ? hint : tr("One row"));
}

void GridAxisRow::retranslate()
{
    m_title->setText(m_name);
    m_title->setMinimumWidth(m_title->fontMetrics().horizontalAdvance(QStringLiteral("MMMMMM")));
    nameInput(m_field, tr("%1: parameter", "an axis of a grid").arg(m_name));
    m_values->setAccessibleName(tr("%1: values", "an axis of a grid").arg(m_name));
    m_values->setPlaceholderText(tr("Values"));
    m_offer->setText(tr("Add"));
    m_offer->setAccessibleName(tr("%1: add a value", "an axis of a grid").arg(m_name));
    if (m_mayBeNone)
        m_field->setItemText(0, tr("None"));
    fillValues();
    read();
}

void GridAxisRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
