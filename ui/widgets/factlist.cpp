// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/factlist.h"

#include "ui/format.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace novita {

namespace {

constexpr int kLabelWidth = 104;

} // namespace

FactList::FactList(QWidget *parent)
    : QWidget(parent), m_grid(new QGridLayout(this))
{
    // Squeezed lines would overlap: what is above or below gives way instead. And not Fixed: that would hold the height to lines
    // that do not wrap.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::kGroup);
    m_grid->setVerticalSpacing(space::kInside);
    m_grid->setColumnMinimumWidth(0, kLabelWidth);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<std::pair<QString, QString>> &facts)
{
    while (m_rows.size() < facts.size()) {
        auto *label = new QLabel(this);
        auto *value = new QLabel(this);
        label->setProperty("tone", QStringLiteral("text2"));
        label->setTextFormat(Qt::PlainText);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int row = static_cast<int>(m_rows.size());
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
        m_grid->addWidget(value, row, 1, Qt::AlignTop);
        m_rows.append(std::pair(label, value));
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const bool used = i < facts.size();
        const auto &[label, value] = m_rows.at(i);
        label->setVisible(used);
        value->setVisible(used);
        if (used) {
            label->setText(facts.at(i).first);
            value->setText(facts.at(i).second.isEmpty() ? format::dash() : facts.at(i).second);
        }
    }
}

} // namespace novita
