// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tagfield.h"

#include "core/base/taglist.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStringListModel>
#include <QStyledItemDelegate>

namespace novita {

namespace {

constexpr int kMaxText = 2000;
constexpr int kOffered = 10;

/// Completes what stands after the last comma.
class LastTagCompleter final : public QCompleter
{
public:
    LastTagCompleter(QAbstractItemModel *model, QLineEdit *field) : QCompleter(model, field), m_field(field) {}

    QStringList splitPath(const QString &path) const override { return {path.section(u',', -1).trimmed()}; }

    QString pathFromIndex(const QModelIndex &index) const override
    {
        const QString typed = m_field->text();
        const QString before = typed.left(typed.lastIndexOf(u',') + 1);
        return before.isEmpty() ? index.data().toString() : before + u' ' + index.data().toString();
    }

private:
    const QLineEdit *m_field;
};

} // namespace

TagField::TagField(QWidget *parent)
    : QLineEdit(parent), m_suggestions(new QStringListModel(this))
{
    setMaxLength(kMaxText);
    auto *completer = new LastTagCompleter(m_suggestions, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(kOffered);
    completer->popup()->setProperty("offers", true);
    completer->popup()->setItemDelegate(new QStyledItemDelegate(completer->popup())); // the completer's own knows no style sheet
    setCompleter(completer);
}

void TagField::setSuggestions(const QStringList &tags)
{
    m_suggestions->setStringList(tags);
}

void TagField::setTags(const QStringList &tags)
{
    setText(tags.join(QStringLiteral(", ")));
}

Result<QStringList> TagField::tags() const
{
    return taglist::parsed(text());
}

} // namespace novita
