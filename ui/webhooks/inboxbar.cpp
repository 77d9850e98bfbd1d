// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/inboxbar.h"

#include "ui/theme.h"
#include "ui/webhooks/deliverymodel.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/widgets/columnsbutton.h"
#include "ui/widgets/searchfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace novita {

namespace {

constexpr int kLeastFilter = 180;
constexpr int kMostFilter = 420;

} // namespace

InboxBar::InboxBar(Theme &theme, TableView *table, QWidget *parent)
    : QWidget(parent)
    , m_filter(new SearchField(theme, this))
    , m_resultLabel(new QLabel(this))
    , m_result(new QComboBox(this))
    , m_newest(new QPushButton(this))
    , m_follow(new QCheckBox(this))
    , m_columns(new ColumnsButton(table, this))
{
    m_filter->setMinimumWidth(kLeastFilter);
    m_filter->setMaximumWidth(kMostFilter);
    m_result->addItems(QStringList(static_cast<int>(kLastDeliveryResult) + 2, QString()));
    m_resultLabel->setBuddy(m_result);
    m_follow->setChecked(true);
    m_newest->setAutoDefault(false);
    m_newest->hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_filter, 2);
    layout->addWidget(m_resultLabel);
    layout->addWidget(m_result);
    layout->addStretch(1);
    layout->addWidget(m_newest);
    layout->addWidget(m_follow);
    layout->addWidget(m_columns);
    connect(m_filter, &SearchField::filterChanged, this, &InboxBar::filterChanged);
    connect(m_filter, &SearchField::leaveRequested, this, &InboxBar::leaveRequested);
    connect(m_result, &QComboBox::currentIndexChanged, this, &InboxBar::filterChanged);
    connect(m_follow, &QCheckBox::toggled, this, &InboxBar::followingChanged);
    connect(m_newest, &QPushButton::clicked, this, &InboxBar::newestRequested);
}

QString InboxBar::filterText() const
{
    return m_filter->text();
}

std::optional<DeliveryResult> InboxBar::result() const
{
    const int chosen = m_result->currentIndex() - 1;
    return chosen < 0 ? std::nullopt : std::optional(static_cast<DeliveryResult>(chosen));
}

void InboxBar::clearFilter()
{
    m_result->setCurrentIndex(0);
    m_filter->setFilter(QString());
    m_filter->setFocus();
}

void InboxBar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void InboxBar::stopFollowing()
{
    m_follow->setChecked(false);
}

void InboxBar::showWaiting(int count, bool isMore)
{
    m_newest->setVisible(count > 0);
    m_newest->setText(isMore ? tr("More than %Ln new", nullptr, count) : tr("%Ln new", nullptr, count));
}

QJsonObject InboxBar::saveState() const
{
    const std::optional<DeliveryResult> chosen = result();
    return {{QStringLiteral("filter"), m_filter->text()},
            {QStringLiteral("result"), chosen ? deliveryResultName(*chosen) : QString()},
            {QStringLiteral("follow"), m_follow->isChecked()}};
}

void InboxBar::restoreState(const QJsonObject &state)
{
    m_filter->setFilter(state.value(QStringLiteral("filter")).toString());
    if (const std::optional<DeliveryResult> result = deliveryResultFromName(state.value(QStringLiteral("result")).toString()))
        m_result->setCurrentIndex(static_cast<int>(*result) + 1);
    m_follow->setChecked(state.value(QStringLiteral("follow")).toBool(true));
}

void InboxBar::retranslate()
{
    m_filter->setAccessibleName(tr("Filter deliveries"));
    m_filter->setPlaceholderText(tr("Filter deliveries"));
    m_filter->setToolTip(tr("Words that occur in a delivery's line, or in one field: %1").arg(DeliveryModel::filterFields().join(QStringLiteral(":  ")) + QLatin1Char(':')));
    m_resultLabel->setText(tr("Result"));
    m_result->setAccessibleName(tr("Result"));
    m_result->setItemText(0, tr("All"));
    for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i)
        m_result->setItemText(i + 1, deliverywords::look(static_cast<DeliveryResult>(i)).word);
    m_follow->setText(tr("Follow newest"));
    m_follow->setToolTip(tr("New deliveries come in at the top at once"));
}

} // namespace novita
