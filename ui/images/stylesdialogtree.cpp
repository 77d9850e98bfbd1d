// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylechoice.h"
#include "ui/images/styleeditor.h"
#include "ui/images/stylesdialog.h"
#include "ui/theme.h"
#include "ui/widgets/searchfield.h"

#include <QScopedValueRollback>
#include <QTreeWidget>

#include <algorithm>
#include <functional>

namespace novita {

namespace {

constexpr int kIndexRole = Qt::UserRole;
constexpr int kFolderRole = Qt::UserRole + 1;

} // namespace

QTreeWidgetItem *StylesDialog::folderItem(const QString &folder)
{
    if (folder.isEmpty())
        return m_tree->invisibleRootItem();
    const qsizetype slash = folder.lastIndexOf(u'/');
    QTreeWidgetItem *parent = folderItem(slash < 0 ? QString() : folder.left(slash));
    for (int i = 0; i < parent->childCount(); ++i) {
        if (parent->child(i)->data(0, kFolderRole).toString() == folder)
            return parent->child(i);
    }
    auto *item = new QTreeWidgetItem(parent, {folder.mid(slash + 1)});
    item->setSizeHint(0, {0, m_theme.rowHeight(true)});
    item->setData(0, kFolderRole, folder);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setExpanded(true);
    return item;
}

void StylesDialog::fillTree(const QString &folder, const QString &name)
{
    QTreeWidgetItem *wanted = nullptr;
    QStringList folders;
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->clear();
        for (qsizetype i = 0; i < m_styles.size(); ++i) {
            const PromptStyle &style = m_styles.at(i);
            if (!style.folder.isEmpty() && !folders.contains(style.folder))
                folders.append(style.folder);
            auto *item = new QTreeWidgetItem(folderItem(style.folder), {style.name});
            item->setSizeHint(0, {0, m_theme.rowHeight(true)});
            item->setData(0, kIndexRole, i);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            const bool isChosen = std::any_of(m_choice->styles().begin(), m_choice->styles().end(),
                                              [&style](const PromptStyle &one) { return isSame(one, style); });
            item->setCheckState(0, isChosen ? Qt::Checked : Qt::Unchecked);
            if (style.folder == folder && style.name == name)
                wanted = item;
        }
        m_tree->expandAll();
        m_editor->setFolders(folders);
    }
    followChoice();
    filter(m_search->text());
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->setCurrentItem(wanted);
    }
    if (wanted && !isModified())
        showCurrent();
    else // begun, or typed while it was read or written: that stays
        present();
}

void StylesDialog::filter(const QString &words)
{
    const QString part = words.trimmed();
    const std::function<bool(QTreeWidgetItem *)> show = [&](QTreeWidgetItem *item) {
        bool isAnyShown = false;
        for (int i = 0; i < item->childCount(); ++i)
            isAnyShown = show(item->child(i)) || isAnyShown;
        const QVariant index = item->data(0, kIndexRole);
        if (index.isValid()) {
            const PromptStyle &style = m_styles.at(index.toLongLong());
            for (const QString &text : {style.name, style.folder, style.prompt, style.negative})
                isAnyShown = isAnyShown || part.isEmpty() || text.contains(part, Qt::CaseInsensitive);
        }
        item->setHidden(!isAnyShown);
        return isAnyShown;
    };
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        show(m_tree->topLevelItem(i));
}

const PromptStyle *StylesDialog::current() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    const QVariant index = item ? item->data(0, kIndexRole) : QVariant();
    return index.isValid() && index.toLongLong() < m_styles.size() ? &m_styles.at(index.toLongLong()) : nullptr;
}

QString StylesDialog::currentFolder() const
{
    if (const PromptStyle *style = current())
        return style->folder;
    return m_tree->currentItem() ? m_tree->currentItem()->data(0, kFolderRole).toString() : QString();
}

void StylesDialog::showCurrent()
{
    if (m_isFilling)
        return;
    m_shown = current() ? *current() : PromptStyle();
    setEditor(m_shown);
    present();
}

/// Another row: the one of before stays until it is clear that nothing is lost.
void StylesDialog::moveTo(QTreeWidgetItem *now, QTreeWidgetItem *before)
{
    if (m_isFilling)
        return;
    if (!isModified())
        return showCurrent();
    const auto select = [this](QTreeWidgetItem *item) {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->setCurrentItem(item);
    };
    const QVariant index = now ? now->data(0, kIndexRole) : QVariant();
    const PromptStyle wanted = index.isValid() ? m_styles.value(index.toLongLong()) : PromptStyle();
    const QString folder = now ? now->data(0, kFolderRole).toString() : QString();
    select(before);
    // A click marks its row after this.
    QMetaObject::invokeMethod(m_tree, [this, select] { select(m_tree->currentItem()); }, Qt::QueuedConnection);
    leave([this, wanted, folder, select] {
        // Items may be other ones by now.
        QTreeWidgetItem *found = nullptr;
        for (QTreeWidgetItemIterator item(m_tree); *item && !found; ++item) {
            const QVariant at = (*item)->data(0, kIndexRole);
            const bool isWanted = at.isValid() ? isSame(m_styles.value(at.toLongLong()), wanted)
                                               : !folder.isEmpty() && (*item)->data(0, kFolderRole).toString() == folder;
            if (isWanted)
                found = *item;
        }
        select(found);
        showCurrent();
    });
}

void StylesDialog::chosenChanged(QTreeWidgetItem *item)
{
    const QVariant index = item->data(0, kIndexRole);
    if (m_isFilling || !index.isValid())
        return;
    const PromptStyle style = m_styles.at(index.toLongLong());
    QList<PromptStyle> chosen = m_choice->styles();
    chosen.removeIf([&style](const PromptStyle &one) { return isSame(one, style); });
    if (item->checkState(0) == Qt::Checked)
        chosen.append(style);
    m_choice->setStyles(chosen);
    present();
}

/// The check marks, and texts that were changed meanwhile, as the list of chosen ones has them; those that are gone
/// leave it.
void StylesDialog::followChoice()
{
    QList<PromptStyle> chosen;
    for (const PromptStyle &one : m_choice->styles()) {
        const auto now = std::find_if(m_styles.begin(), m_styles.end(),
                                      [&one](const PromptStyle &style) { return isSame(one, style); });
        if (now != m_styles.end())
            chosen.append(*now);
    }
    m_choice->setStyles(chosen);
    const QScopedValueRollback filling(m_isFilling, true);
    for (QTreeWidgetItemIterator item(m_tree); *item; ++item) {
        const QVariant index = (*item)->data(0, kIndexRole);
        if (!index.isValid())
            continue;
        const PromptStyle &style = m_styles.at(index.toLongLong());
        const bool isChosen =
            std::any_of(chosen.begin(), chosen.end(), [&style](const PromptStyle &one) { return isSame(one, style); });
        (*item)->setCheckState(0, isChosen ? Qt::Checked : Qt::Unchecked);
    }
    present();
}

} // namespace novita
