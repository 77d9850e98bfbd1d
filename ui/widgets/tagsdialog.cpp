// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tagsdialog.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/tagfield.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace novita {

namespace {

constexpr int kTagRole = Qt::UserRole;
constexpr int kHasRole = Qt::UserRole + 1; ///< how many of the instances have it
constexpr int kMostLines = 8;

} // namespace

TagsDialog::TagsDialog(const QStringList &names, const QList<QStringList> &tags, const QStringList &known, const Words &words, QWidget *parent)
    : RuleDialog(headingOf(names), tr("Save tags"), parent)
    , m_count(tags.size())
    , m_list(new QListWidget(this))
    , m_entry(new TagField(this))
{
    setWindowTitle(tr("Tags"));
    QHash<QString, qsizetype> has; // by what is the same without regard to case
    QStringList all = known;
    for (const QStringList &one : tags) {
        all.append(one);
        for (const QString &tag : one)
            ++has[tag.toCaseFolded()];
    }
    const QStringList offered = taglist::sorted(all);
    for (const QString &tag : offered)
        append(tag, has.value(tag.toCaseFolded()));
    m_entry->setSuggestions(offered);
    m_entry->setPlaceholderText(words.example);
    m_entry->setAccessibleName(tr("New tags"));
    m_list->setAccessibleName(tr("Tags"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle); // at the end stands how many have it
    form()->addRow(tr("New tags"), buildEntry());
    form()->addRow(tr("Tags"), m_list);
    addSentence("text2")->setText(words.sentence);
    connect(m_list, &QListWidget::itemChanged, this, &TagsDialog::describe);
    fitList();
}

QWidget *TagsDialog::buildEntry()
{
    auto *row = new QWidget(this);
    auto *add = new QPushButton(tr("Add"), row);
    add->setAccessibleName(tr("Add tags"));
    add->setAutoDefault(false);
    connect(add, &QPushButton::clicked, this, &TagsDialog::addTyped);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_entry, 1);
    layout->addWidget(add);
    row->setFocusProxy(m_entry);
    row->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return row;
}

QListWidgetItem *TagsDialog::append(const QString &tag, qsizetype has)
{
    const QSignalBlocker quiet(m_list);
    auto *item = new QListWidgetItem(m_list);
    item->setData(kTagRole, tag);
    item->setData(kHasRole, has);
    const bool some = has > 0 && has < m_count;
    // What only some have can be put back to "as it is".
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | (some ? Qt::ItemIsUserTristate : Qt::NoItemFlags));
    item->setCheckState(some ? Qt::PartiallyChecked : has > 0 ? Qt::Checked : Qt::Unchecked);
    describe(item);
    return item;
}

QListWidgetItem *TagsDialog::find(const QString &tag) const
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (taglist::contains({tag}, m_list->item(row)->data(kTagRole).toString()))
            return m_list->item(row);
    }
    return nullptr;
}

void TagsDialog::describe(QListWidgetItem *item)
{
    const QSignalBlocker quiet(m_list);
    const QString tag = item->data(kTagRole).toString();
    item->setText(item->checkState() != Qt::PartiallyChecked
                      ? tag
                      : tr("%1 (on %2 of %3)", "tag, on how many of those that are selected").arg(tag, format::number(item->data(kHasRole).toInt()), format::number(static_cast<int>(m_count))));
    item->setToolTip(format::toolTip(item->text()));
}

void TagsDialog::addTyped()
{
    const Result<QStringList> typed = m_entry->tags();
    setProblem(typed ? QString() : typed.error().message);
    if (!typed)
        return;
    for (const QString &tag : *typed) {
        QListWidgetItem *item = find(tag);
        if (!item)
            item = append(tag, 0);
        item->setCheckState(Qt::Checked);
        m_list->setCurrentItem(item);
    }
    m_entry->clear();
    m_entry->setFocus();
    fitList();
}

/// As high as its rows, up to kMostLines of them.
void TagsDialog::fitList()
{
    m_list->ensurePolished(); // the style sheet has its own frame
    const int rows = std::clamp(m_list->count(), 1, kMostLines);
    const QMargins around = m_list->contentsMargins();
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + around.top() + around.bottom());
    alignLabel(m_list, m_list->sizeHintForRow(0) + 2 * around.top());
    showField(m_list, m_list->count() > 0);
}

Result<TagEdit> TagsDialog::edit() const
{
    const Result<QStringList> typed = m_entry->tags();
    if (!typed)
        return typed.error();
    TagEdit edit;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        const QString tag = item->data(kTagRole).toString();
        const auto has = item->data(kHasRole).toLongLong();
        if (item->checkState() == Qt::Checked && has < m_count)
            edit.add.append(tag);
        else if (item->checkState() == Qt::Unchecked && has > 0)
            edit.remove.append(tag);
    }
    for (const QString &tag : *typed) {
        const QListWidgetItem *item = find(tag); // its spelling is the one in use
        edit.add.append(item ? item->data(kTagRole).toString() : tag);
    }
    return edit;
}

} // namespace novita
