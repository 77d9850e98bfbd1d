// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerybar.h"

#include "core/base/clock.h"
#include "ui/format.h"
#include "ui/gallery/galleryview.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/wraplayout.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace novita {

namespace {

constexpr int kLeastSearch = 180; ///< pixels at 100 %
constexpr int kMostSearch = 360;
constexpr int kSliderWidth = 110;
constexpr int kStep = 16;
constexpr int kMostTags = 30; ///< in the menu: the rest can be typed

/// What stands in a row without being torn apart.
QWidget *pair(QWidget *first, QWidget *second, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(first);
    layout->addWidget(second);
    return box;
}

/// As PictureQuery::fromText() reads them: a blank within quotes ends no term.
QStringList termsOf(const QString &text)
{
    static const QRegularExpression kTerm(QStringLiteral("(?:[^\\s\"]|\"[^\"]*\"?)+"));
    QStringList out;
    for (auto found = kTerm.globalMatch(text); found.hasNext();)
        out.append(found.next().captured());
    return out;
}

} // namespace

GalleryBar::GalleryBar(Theme &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
    , m_search(new SearchField(theme, this))
    , m_menu(new QMenu(this))
    , m_formatMenu(new QMenu(m_menu))
    , m_tagMenu(new QMenu(m_menu))
    , m_filter(new ActionButton(QString(), m_menu, this))
    , m_orderLabel(makeLabel("text2", this))
    , m_order(new QComboBox(this))
    , m_trash(new QPushButton(this))
    , m_sideLabel(makeLabel("text2", this))
    , m_side(new QSlider(Qt::Horizontal, this))
{
    m_order->addItems({QString(), QString(), QString()});
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_orderLabel->setBuddy(m_order);
    m_trash->setCheckable(true);
    m_trash->setAutoDefault(false);
    m_side->setRange(GalleryView::kLeastSide, GalleryView::kMostSide);
    m_side->setSingleStep(kStep);
    m_side->setPageStep(2 * kStep);
    m_sideLabel->setBuddy(m_side);
    auto *layout = new WrapLayout(this);
    layout->addWidget(m_search);
    layout->setFlexible(m_search);
    layout->addWidget(m_filter);
    layout->addWidget(pair(m_orderLabel, m_order, this));
    layout->addWidget(m_trash);
    layout->addWidget(pair(m_sideLabel, m_side, this));
    const auto size = [this] {
        m_search->setMinimumWidth(m_theme.grown(kLeastSearch));
        m_search->setMaximumWidth(m_theme.grown(kMostSearch));
        m_side->setFixedSize(m_theme.grown(kSliderWidth), m_theme.controlHeight());
        m_trash->setIcon(m_theme.icon(QStringLiteral("user-trash")));
        m_filter->setIcon(m_theme.icon(QStringLiteral("view-filter")));
    };
    size();
    connect(&theme, &Theme::changed, this, size);
    connect(m_search, &SearchField::filterChanged, this, &GalleryBar::queryChanged);
    connect(m_search, &SearchField::leaveRequested, this, &GalleryBar::leaveRequested);
    connect(m_order, &QComboBox::currentIndexChanged, this, &GalleryBar::queryChanged);
    connect(m_trash, &QPushButton::toggled, this, &GalleryBar::queryChanged);
    connect(m_side, &QSlider::valueChanged, this, &GalleryBar::sideChosen);
    connect(m_menu, &QMenu::aboutToShow, this, &GalleryBar::fillMenu);
}

PictureQuery GalleryBar::query() const
{
    PictureQuery query = PictureQuery::fromText(m_search->text());
    query.order = static_cast<PictureQuery::Order>(std::max(0, m_order->currentIndex()));
    query.trashed = isTrash();
    return query;
}

bool GalleryBar::isTrash() const
{
    return m_trash->isChecked();
}

void GalleryBar::setTrash(bool trash)
{
    m_trash->setChecked(trash);
}

void GalleryBar::setOrder(PictureQuery::Order order)
{
    m_order->setCurrentIndex(static_cast<int>(order));
}

void GalleryBar::clearSearch()
{
    m_search->setFilter({});
}

void GalleryBar::setTags(const QList<PictureStore::Tag> &tags)
{
    m_tags = tags;
}

void GalleryBar::setTrashCount(int count)
{
    m_trashCount = count;
    m_trash->setText(count > 0 ? tr("Trash (%1)").arg(format::number(count)) : tr("Trash"));
}

void GalleryBar::addButton(QAction *action)
{
    layout()->addWidget(new ActionButton(action, this));
}

void GalleryBar::setSide(int side)
{
    const QSignalBlocker quiet(m_side);
    m_side->setValue(side);
}

/// Puts a term into the search, or takes it out.
void GalleryBar::toggle(const QString &term)
{
    QStringList terms = termsOf(m_search->text());
    if (terms.removeAll(term) == 0)
        terms.append(term);
    m_search->setFilter(terms.isEmpty() ? QString() : terms.join(QLatin1Char(' ')) + QLatin1Char(' '));
    m_search->setFocus();
}

void GalleryBar::addTerm(QMenu *menu, const QString &text, const QString &term)
{
    QAction *action = menu->addAction(text, this, [this, term] { toggle(term); });
    action->setCheckable(true);
    action->setChecked(termsOf(m_search->text()).contains(term));
    action->setToolTip(term);
}

void GalleryBar::fillMenu()
{
    m_menu->clear();
    addTerm(m_menu, tr("Starred"), QStringLiteral("is:starred"));
    addTerm(m_menu, tr("Pictures only"), QStringLiteral("is:image"));
    addTerm(m_menu, tr("Films only"), QStringLiteral("is:video"));
    m_menu->addSeparator();
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.now().time_since_epoch().count()).date();
    const auto after = [](const QDate &day) { return QStringLiteral("after:") + day.toString(Qt::ISODate); };
    addTerm(m_menu, tr("Made today"), after(today));
    addTerm(m_menu, tr("Made in the last 7 days"), after(today.addDays(-6)));
    addTerm(m_menu, tr("Made in the last 30 days"), after(today.addDays(-29)));
    m_menu->addSeparator();
    m_menu->addMenu(m_formatMenu);
    m_menu->addMenu(m_tagMenu);
    fillFormats();
    fillTags();
}

void GalleryBar::fillFormats()
{
    m_formatMenu->clear();
    m_formatMenu->setTitle(tr("Format"));
    for (const QString &format : PictureQuery::knownFormats())
        addTerm(m_formatMenu, format.toUpper(), QStringLiteral("format:") + format);
    m_formatMenu->addSeparator();
    for (const QString &format : PictureQuery::knownFormats())
        addTerm(m_formatMenu, tr("Without %1", "a format").arg(format.toUpper()), QStringLiteral("-format:") + format);
}

void GalleryBar::fillTags()
{
    m_tagMenu->clear();
    m_tagMenu->setTitle(tr("Tag"));
    m_tagMenu->setEnabled(!m_tags.isEmpty());
    QList<PictureStore::Tag> shown = m_tags;
    std::stable_sort(shown.begin(), shown.end(), [](const auto &a, const auto &b) { return a.pictures > b.pictures; });
    for (const PictureStore::Tag &tag : shown.mid(0, kMostTags)) {
        const QString value =
            tag.tag.contains(QLatin1Char(' ')) ? QLatin1Char('"') + tag.tag + QLatin1Char('"') : tag.tag;
        addTerm(m_tagMenu,
                QStringLiteral("%1 (%2)").arg(QString(tag.tag).replace(QLatin1Char('&'), QLatin1String("&&")),
                                              format::number(tag.pictures)),
                QStringLiteral("tag:") + value);
    }
}

void GalleryBar::retranslate()
{
    m_search->setPlaceholderText(tr("Search prompts, models, tags"));
    m_search->setAccessibleName(tr("Search the gallery"));
    m_search->setToolTip(tr("Words of the prompt, the model or a tag, also tag:name, model:name, format:png, is:starred, "
                            "is:video, is:image, after:2026-01-31, before:2026-02-28, \"these words together\"; with a "
                            "minus in front what has none of it: -word, -format:mp4 (Ctrl+F)"));
    m_filter->setText(tr("Filter"));
    m_filter->setToolTip(tr("Add to the search"));
    m_orderLabel->setText(tr("Order"));
    m_order->setItemText(0, tr("Newest first"));
    m_order->setItemText(1, tr("Oldest first"));
    m_order->setItemText(2, tr("Starred first"));
    m_trash->setToolTip(tr("Show what is in the trash instead"));
    m_sideLabel->setText(tr("Size"));
    m_side->setAccessibleName(tr("Size of the thumbnails"));
    m_side->setToolTip(tr("Size of the thumbnails (Ctrl+wheel)"));
    setTrashCount(m_trashCount);
}

} // namespace novita
