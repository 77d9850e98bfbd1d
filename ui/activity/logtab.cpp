// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/logtab.h"

#include "ui/activity/logmodel.h"
#include "ui/activity/textfilter.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/plaintextview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace novita {

LogTab::LogTab(UiContext context, QWidget *parent)
    : ActivityTab(context, parent)
    , m_model(new LogModel(context.log, this))
    , m_levelLabel(new QLabel(this))
    , m_level(new QComboBox(this))
    , m_follow(new QCheckBox(this))
{
    m_levelLabel->setBuddy(m_level);
    m_level->addItems({QString(), QString(), QString(), QString()});
    m_follow->setChecked(true);
    m_tools->addWidget(m_levelLabel);
    m_tools->addWidget(m_level);
    m_tools->addWidget(m_follow);
    m_table->setItemDelegateForColumn(LogModel::Level, new StatusDelegate(context.theme, m_table));
    m_table->setSortingEnabled(false);
    setModel(m_model, LogModel::columnIds(), {120, 110, 110, 600});
    connect(m_level, &QComboBox::currentIndexChanged, this, [this](int weight) {
        m_proxy->setLeastWeight(weight);
        retranslate(); // what an empty table says depends on the level
    });
    connect(m_proxy, &QAbstractItemModel::rowsInserted, m_table, [this] {
        if (m_follow->isChecked())
            m_table->scrollToBottom();
    });
    connect(m_follow, &QCheckBox::toggled, m_table, [this](bool on) {
        if (on)
            m_table->scrollToBottom();
    });
}

QString LogTab::countText() const
{
    const int shown = m_proxy->rowCount();
    const int all = m_model->rowCount();
    return shown == all ? tr("%n line(s)", nullptr, all) : tr("%1 of %n line(s)", nullptr, all).arg(shown);
}

QString LogTab::detailsOf(int sourceRow) const
{
    QStringList parts;
    for (int column = 0; column < LogModel::ColumnCount; ++column)
        parts.append(m_model->index(sourceRow, column).data().toString());
    return parts.join(QLatin1Char('\n'));
}

void LogTab::retranslate()
{
    retranslateExport(QStringLiteral("log"));
    m_filter->setPlaceholderText(tr("Filter log"));
    m_filter->setAccessibleName(tr("Filter log"));
    m_table->setAccessibleName(tr("Log table"));
    m_details->setAccessibleName(tr("Log line"));
    m_levelLabel->setText(tr("Level"));
    m_level->setAccessibleName(tr("Level"));
    const QStringList levels{tr("All"), tr("Info and above"), tr("Warnings and errors"), tr("Errors only")};
    for (int i = 0; i < levels.size(); ++i)
        m_level->setItemText(i, levels.at(i));
    m_follow->setText(tr("Follow"));
    if (m_filter->text().isEmpty())
        m_empty->setContent(m_level->currentIndex() > 0 ? tr("The log holds no line of this level.") : tr("Nothing has been logged yet."));
    else
        m_empty->setContent(tr("No line matches this filter."), tr("Clear filter"));
}

} // namespace novita
