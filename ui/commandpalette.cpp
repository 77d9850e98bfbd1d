// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commandpalette.h"

#include "ui/fuzzymatch.h"
#include "ui/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kWidth = 560;
constexpr int kVisibleRows = 10;
constexpr int kEntryRole = Qt::UserRole;

/// Name at the left, kind and shortcut at the right in text-3.
class EntryDelegate final : public QStyledItemDelegate
{
public:
    EntryDelegate(const Theme &theme, const QList<PaletteEntry> &entries, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_entries(entries)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {kWidth, m_theme.rowHeight(false)}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const PaletteEntry &entry = m_entries.at(index.data(kEntryRole).toInt());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.color(Token::AccentSoft));
            painter->drawRoundedRect(option.rect, 4, 4);
        }
        QRect place = option.rect.adjusted(10, 0, -10, 0);
        entry.icon.paint(painter, QRect(place.left(), place.center().y() - 7, 16, 16));
        place.setLeft(place.left() + 26);
        const QString aside = entry.shortcut.isEmpty() ? entry.kind : entry.kind + QStringLiteral("   ") + entry.shortcut;
        const QFontMetrics metrics(option.font);
        painter->setPen(m_theme.color(Token::Text2));
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignRight, aside);
        place.setRight(place.right() - metrics.horizontalAdvance(aside) - 16);
        painter->setPen(m_theme.color(Token::Text));
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(entry.text, Qt::ElideMiddle, place.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
    const QList<PaletteEntry> &m_entries;
};

} // namespace

CommandPalette::CommandPalette(Theme &theme, QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_theme(theme)
    , m_input(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated, space::kRelated, space::kRelated, space::kRelated);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_input);
    layout->addWidget(m_list);
    m_input->installEventFilter(this);
    m_list->setItemDelegate(new EntryDelegate(theme, m_entries, this));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    retranslate();
}

void CommandPalette::openWith(QList<PaletteEntry> entries)
{
    m_list->clear();
    m_entries = std::move(entries);
    m_input->clear();
    showMatches(QString());
    const QWidget *window = parentWidget();
    const int width = qMin(kWidth, window->width() - 2 * space::kPage);
    const int height = m_theme.controlHeight() + m_theme.rowHeight(false) * kVisibleRows + 5 * space::kRelated;
    resize(width, qMin(height, window->height() - 2 * space::kPage));
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, qMin(80, window->height() / 8))));
    open();
    m_input->setFocus();
}

void CommandPalette::showMatches(const QString &pattern)
{
    std::vector<std::pair<int, int>> scored;
    for (int i = 0; i < m_entries.size(); ++i) {
        const PaletteEntry &entry = m_entries.at(i);
        const int score = qMax(fuzzyScore(pattern, entry.text), fuzzyScore(pattern, entry.kind + QLatin1Char(' ') + entry.text) - 1);
        if (score > 0)
            scored.emplace_back(-score, i);
    }
    std::sort(scored.begin(), scored.end());
    if (scored.size() > kMaxMatches)
        scored.resize(kMaxMatches);
    m_list->clear();
    for (const auto &[score, entry] : scored) {
        auto *item = new QListWidgetItem(m_entries.at(entry).text, m_list);
        item->setData(kEntryRole, entry);
        item->setData(Qt::AccessibleTextRole, m_entries.at(entry).text + QStringLiteral(", ") + m_entries.at(entry).kind);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const std::function<void()> run = m_entries.at(item->data(kEntryRole).toInt()).run;
    accept();
    if (run)
        run();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_input || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const int rows = m_list->count();
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (rows > 0)
            m_list->setCurrentRow((m_list->currentRow() + (key->key() == Qt::Key_Down ? 1 : rows - 1)) % rows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

void CommandPalette::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    // Without an edge it would run into the page below, in the dark above all.
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Raised));
    painter.setPen(m_theme.color(Token::LineStrong));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CommandPalette::retranslate()
{
    setWindowTitle(tr("Command palette"));
    m_input->setPlaceholderText(tr("Type a command, a page, an instance or a template"));
    m_input->setAccessibleName(tr("Command"));
    m_list->setAccessibleName(tr("Matching commands"));
}

} // namespace novita
