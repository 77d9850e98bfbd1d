// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/regionorderdialog.h"

#include "core/base/displaytext.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/productranking.h"
#include "core/workflows/stores.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kCodeRole = Qt::UserRole;
constexpr int kTextColumns = 58;
constexpr int kLeastLines = 5;

} // namespace

RegionOrderDialog::RegionOrderDialog(Settings &settings, const Stores &stores, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_stores(stores)
    , m_words(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_up(new QPushButton(this))
    , m_down(new QPushButton(this))
    , m_default(new QPushButton(this))
    , m_problem(new QLabel(this))
    , m_cancel(new QPushButton(this))
    , m_save(new QPushButton(this))
{
    buildLayout();
    connectSignals();
    retranslate();
    fill(m_settings.value(keys::kRegionOrder));
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

void RegionOrderDialog::buildLayout()
{
    for (QLabel *label : {m_words, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_words->setProperty("tone", QStringLiteral("text2"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->hide();
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_list->setMinimumHeight(fontMetrics().lineSpacing() * kLeastLines);
    for (QPushButton *button : {m_up, m_down, m_default, m_cancel})
        button->setAutoDefault(false);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);

    auto *moves = new QVBoxLayout;
    moves->setSpacing(space::kRelated);
    moves->addWidget(m_up);
    moves->addWidget(m_down);
    moves->addStretch(1);
    moves->addWidget(m_default);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(space::kGroup);
    middle->addWidget(m_list, 1);
    middle->addLayout(moves);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_words);
    layout->addLayout(middle, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * kTextColumns);
}

void RegionOrderDialog::connectSignals()
{
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    for (const auto &[keys, by] : {std::pair(Qt::ALT | Qt::Key_Up, -1), std::pair(Qt::ALT | Qt::Key_Down, 1)})
        connect(new QShortcut(QKeySequence(keys), this), &QShortcut::activated, this, [this, step = by] { move(step); });
    connect(m_default, &QPushButton::clicked, this, [this] { fill(keys::kRegionOrder.fallback); });
    connect(m_list, &QListWidget::currentRowChanged, this, &RegionOrderDialog::updateButtons);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &RegionOrderDialog::updateButtons);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &RegionOrderDialog::save);
}

QStringList RegionOrderDialog::order() const
{
    QStringList out;
    for (int row = 0; row < m_list->count(); ++row)
        out.append(m_list->item(row)->data(kCodeRole).toString());
    return out;
}

void RegionOrderDialog::fill(const QStringList &order)
{
    QStringList names;
    for (const ClusterId &id : m_stores.clusters.ids())
        names.append(m_stores.clusters.find(id)->name);
    std::sort(names.begin(), names.end());
    const QListWidgetItem *before = m_list->currentItem();
    const QString current = before ? before->data(kCodeRole).toString() : QString();
    m_list->clear();
    const QStringList codes = preferredRegions({}, order + names);
    for (const QString &code : codes) {
        const auto named = std::find_if(names.begin(), names.end(), [&code](const QString &name) { return regionCode(name).compare(code, Qt::CaseInsensitive) == 0; });
        QString words = named == names.end() ? code : *named;
        if (named == names.end() && !names.isEmpty())
            words = tr("%1: not in the cloud's list").arg(code);
        auto *item = new QListWidgetItem(displayLine(words), m_list);
        item->setData(kCodeRole, code);
        if (code == current)
            m_list->setCurrentItem(item);
    }
    updateButtons();
}

void RegionOrderDialog::move(int by)
{
    const int from = m_list->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count())
        return;
    m_list->insertItem(to, m_list->takeItem(from));
    m_list->setCurrentRow(to);
}

void RegionOrderDialog::updateButtons()
{
    m_up->setEnabled(m_list->currentRow() > 0);
    m_down->setEnabled(m_list->currentRow() >= 0 && m_list->currentRow() < m_list->count() - 1);
}

void RegionOrderDialog::save()
{
    const Result<Done> saved = m_settings.setValue(keys::kRegionOrder, order());
    m_problem->setVisible(!saved);
    if (saved)
        accept();
    else
        m_problem->setText(saved.error().message);
}

void RegionOrderDialog::retranslate()
{
    const QString first = m_settings.value(keys::kDefaultRegion);
    QString words = tr("The lowest price wins. This order chooses between equal prices, and between the regions of one offer.");
    if (!first.isEmpty())
        words += QLatin1Char(' ') + tr("Your preferred region %1 stands before all of them.").arg(displayLine(first));
    setWindowTitle(tr("Region order"));
    m_words->setText(words);
    m_list->setAccessibleName(tr("Region order"));
    m_up->setText(tr("Move &up"));
    m_up->setAccessibleName(tr("Move up"));
    m_down->setText(tr("Move &down"));
    m_down->setAccessibleName(tr("Move down"));
    m_default->setText(tr("De&fault order"));
    m_default->setAccessibleName(tr("Default order"));
    m_cancel->setText(tr("&Cancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_save->setText(tr("&Save order"));
    m_save->setAccessibleName(tr("Save order"));
}

void RegionOrderDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
